package org.luoshi.server.matters;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.luoshi.server.accounts.User;
import org.luoshi.server.matters.types.Effect;
import org.luoshi.server.matters.types.Field;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.Move;
import org.luoshi.server.matters.types.Rung;
import org.luoshi.server.matters.types.Who;
import org.luoshi.server.units.UnitTree;
import org.luoshi.server.web.Words;
import org.springframework.stereotype.Component;

/** Forms as a type asks for them. What is known already is filled in and need not be typed again. */
@Component
public class Forms {
    private final Surroundings surroundings;
    private final Officials officials;
    private final Progresses progresses;

    Forms(Surroundings surroundings, Officials officials, Progresses progresses) {
        this.surroundings = surroundings;
        this.officials = officials;
        this.progresses = progresses;
    }

    /** A choice of an input. */
    public record Option(String value, String name, int depth, boolean chosen) {}

    /**
     * An input of a form.
     *
     * @param kind text, long, number, percent, money, date, unit, units, person, choice, flag, files, radio
     * @param fault what is wrong with what was typed; empty: nothing
     */
    public record Input(
            String key,
            String label,
            String kind,
            boolean needed,
            String value,
            String hint,
            String fault,
            List<Option> options) {}

    /** The inputs of a new matter. */
    List<Input> fresh(MatterType type, Map<String, String> typed, List<Fault> faults, Words words, LocalDate today) {
        List<Input> inputs = new ArrayList<>();
        for (Field field : type.fields().values()) {
            // What a move asks for later is not known yet; core fields and what the type needs from the start are.
            boolean late = !field.required()
                    && !field.isCore()
                    && type.moves().values().stream()
                            .anyMatch(move -> move.asks().containsKey(field.key()));
            if (!late) {
                inputs.add(field(field, field.required(), typed.getOrDefault(field.key(), ""), faults, words, today));
            }
        }
        return inputs;
    }

    /** The inputs of some fields with the values that are known of them. */
    List<Input> of(List<Field> fields, Map<String, String> values, List<Fault> faults, Words words, LocalDate today) {
        return fields.stream()
                .map(field ->
                        field(field, field.required(), values.getOrDefault(field.key(), ""), faults, words, today))
                .toList();
    }

    /**
     * The inputs of a move. What is personal is not filled in and left blank stays as it is; a field that the person may
     * not see is asked for only where the move needs it, blank as well.
     */
    List<Input> of(
            User user,
            Open open,
            Move move,
            Map<String, String> typed,
            List<Fault> faults,
            Words words,
            LocalDate today) {
        Set<Who> standing = surroundings.standing(user).to(open);
        List<Input> inputs = new ArrayList<>();
        if (move.does() == Effect.URGE) {
            inputs.add(rungs(open, typed, faults, words, today));
        }
        if (move.does() == Effect.VERIFY) {
            inputs.addAll(reports(open, typed, faults, words));
        }
        move.asks().forEach((key, needed) -> {
            if (key.equals("value") && !needed && open.value("target").isEmpty()) {
                return; // There is nothing to count towards.
            }
            Field field = open.type.field(key);
            if (field != null
                    && !field.isSeenBy(standing)
                    && !(needed && open.value(key).isBlank())) {
                return;
            }
            if (field != null) {
                boolean blank = move.does().asks().contains(key) || field.isHiddenFrom(standing);
                String known = blank ? "" : open.value(key);
                boolean must = needed
                        && !(field.isHiddenFrom(standing) && !open.value(key).isBlank());
                inputs.add(field(field, must, typed.getOrDefault(key, known), faults, words, today));
            } else {
                inputs.add(new Input(
                        key,
                        words.t("matters.input." + key),
                        key.equals("files")
                                ? "files"
                                : switch (key) {
                                    case "percent" -> "percent";
                                    case "value" -> "number";
                                    case "other" -> "text";
                                    default -> "long";
                                },
                        needed,
                        typed.getOrDefault(key, ""),
                        key.equals("value") ? figureHint(open, words) : hint(key, words),
                        fault(key, faults, words),
                        List.of()));
            }
        });
        return inputs;
    }

    private static String hint(String key, Words words) {
        return words.has("matters.input." + key + ".hint") ? words.t("matters.input." + key + ".hint") : "";
    }

    private static String figureHint(Open open, Words words) {
        String target = open.value("target");
        return target.isEmpty() ? "" : words.t("matters.input.value.of", target, open.value("measure"));
    }

    private Input rungs(Open open, Map<String, String> typed, List<Fault> faults, Words words, LocalDate today) {
        Lights.Facts facts = surroundings.facts(
                open, Instant.now(java.time.Clock.system(surroundings.time().zone())));
        List<Option> options = new ArrayList<>();
        String proposed = "";
        for (Rung rung : open.type.ladder()) {
            boolean holds = Lights.holds(
                    rung,
                    facts,
                    org.luoshi.server.calendar.Limit.endOf(
                                    today, surroundings.time().zone())
                            .minusMillis(1),
                    surroundings.time(),
                    new LinkedHashMap<>());
            if (holds) {
                proposed = rung.level();
            }
            options.add(new Option(
                    rung.level(),
                    rung.name().in(words.language()) + (holds ? " · " + words.t("matters.level.holds") : ""),
                    0,
                    false));
        }
        String chosen = typed.getOrDefault("level", proposed);
        return new Input(
                "level",
                words.t("matters.input.level"),
                "radio",
                true,
                chosen,
                words.t("matters.input.level.hint"),
                fault("level", faults, words),
                options.stream()
                        .map(o -> new Option(o.value(), o.name(), 0, o.value().equals(chosen)))
                        .toList());
    }

    private List<Input> reports(Open open, Map<String, String> typed, List<Fault> faults, Words words) {
        List<Option> options = new ArrayList<>();
        for (Progresses.Progress progress : progresses.list(open.id())) {
            if (progress.state().equals("reported")) {
                String percent = progress.percent() == null
                        ? ""
                        : " " + progress.percent().stripTrailingZeros().toPlainString() + "%";
                options.add(new Option(
                        Long.toString(progress.id()),
                        words.time(progress.at()) + " " + progress.who() + percent + " " + progress.words(),
                        0,
                        false));
            }
        }
        java.util.Collections.reverse(options);
        String chosen = typed.getOrDefault(
                "progress", options.isEmpty() ? "" : options.getFirst().value());
        String decision = typed.getOrDefault("decision", "confirm");
        return List.of(
                new Input(
                        "progress",
                        words.t("matters.input.progress"),
                        "radio",
                        true,
                        chosen,
                        "",
                        fault("progress", faults, words),
                        options.stream()
                                .map(o -> new Option(
                                        o.value(), o.name(), 0, o.value().equals(chosen)))
                                .toList()),
                new Input(
                        "decision",
                        words.t("matters.input.decision"),
                        "radio",
                        true,
                        decision,
                        "",
                        "",
                        List.of(
                                new Option(
                                        "confirm", words.t("matters.decision.confirm"), 0, decision.equals("confirm")),
                                new Option(
                                        "return", words.t("matters.decision.return"), 0, decision.equals("return")))));
    }

    private Input field(Field field, boolean needed, String value, List<Fault> faults, Words words, LocalDate today) {
        return new Input(
                field.key(),
                field.name().in(words.language()),
                field.kind().key(),
                needed,
                value,
                words.has("matters.hint." + field.kind().key())
                        ? words.t("matters.hint." + field.kind().key())
                        : "",
                fault(field.key(), faults, words),
                options(field, value, words, today));
    }

    private List<Option> options(Field field, String value, Words words, LocalDate today) {
        return switch (field.kind()) {
            case CHOICE ->
                field.choices().stream()
                        .map(c -> new Option(
                                c.key(),
                                c.name().in(words.language()),
                                0,
                                c.key().equals(value)))
                        .toList();
            case UNIT -> units(value, today);
            case UNITS -> chosenFirst(units(value, today));
            case PERSON ->
                officials.listLeaders(today).stream()
                        .map(l -> new Option(
                                Long.toString(l.id()),
                                l.name() + " · " + l.title(),
                                0,
                                Long.toString(l.id()).equals(value)))
                        .toList();
            default -> List.of();
        };
    }

    /** Among a hundred boxes nobody finds those that are ticked. */
    private static List<Option> chosenFirst(List<Option> options) {
        return Stream.concat(
                        options.stream().filter(Option::chosen).map(o -> new Option(o.value(), o.name(), 0, true)),
                        options.stream().filter(o -> !o.chosen()))
                .toList();
    }

    private List<Option> units(String value, LocalDate today) {
        UnitTree tree = surroundings.tree();
        Set<String> chosen = Set.of(value.split(",", -1));
        return tree.on(today).stream()
                .map(node -> new Option(
                        Long.toString(node.id()),
                        tree.brief(node.id(), today),
                        node.depth(),
                        chosen.contains(Long.toString(node.id()))))
                .toList();
    }

    static String fault(String key, List<Fault> faults, Words words) {
        return faults.stream()
                .filter(f -> f.field().equals(key))
                .findFirst()
                .map(f -> FaultWords.say(words, f))
                .orElse("");
    }

    /** Faults that belong to no input of the form. */
    static List<String> general(List<Fault> faults, List<Input> inputs, Words words) {
        Set<String> keys = inputs.stream().map(Input::key).collect(java.util.stream.Collectors.toSet());
        return faults.stream()
                .filter(f -> !keys.contains(f.field()))
                .map(f -> FaultWords.say(words, f))
                .toList();
    }
}
