package org.luoshi.server.burden;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.units.UnitTree;
import org.luoshi.server.web.Words;
import org.springframework.util.MultiValueMap;

/** The form of a visit: what was typed, what is wrong with it, with what it clashes. */
public final class InspectionForm {
    private final MultiValueMap<String, String> typed;
    private final UnitTree tree;
    private final LocalDate today;
    private final Words words;
    private final String key;
    private final Map<String, String> faults = new LinkedHashMap<>();
    private List<Line> clashes = List.of();
    private List<Line> joins = List.of();
    private @Nullable Line free;

    /** A sentence, and what to send to do it. */
    public record Line(String sentence, String value) {}

    InspectionForm(MultiValueMap<String, String> typed, UnitTree tree, LocalDate today, Words words, String key) {
        this.typed = typed;
        this.tree = tree;
        this.today = today;
        this.words = words;
        this.key = key;
    }

    public String value(String name) {
        String text = typed.getFirst(name);
        return text == null ? "" : text.strip();
    }

    public boolean has(String name, String value) {
        return typed.getOrDefault(name, List.of()).contains(value);
    }

    public String fault(String name) {
        return faults.getOrDefault(name, "");
    }

    public boolean isWrong() {
        return !faults.isEmpty();
    }

    public String key() {
        return key;
    }

    public List<Line> clashes() {
        return clashes;
    }

    /** Visits that this one could be joined with. */
    public List<Line> joins() {
        return joins;
    }

    /** The next days that are free; null where none are. */
    public @Nullable Line free() {
        return free;
    }

    public List<RequestFormView.Pick> units() {
        List<RequestFormView.Pick> picks = new ArrayList<>();
        for (UnitTree.Node node : tree.on(today)) {
            String id = Long.toString(node.id());
            picks.add(new RequestFormView.Pick(id, tree.brief(node.id(), today), node.depth(), has("unit", id)));
        }
        return picks;
    }

    /** What the form means; null where something is wrong. */
    Inspections.@Nullable Plan read() {
        String take = value("take");
        String[] taken = take.split("/", -1);
        LocalDate from = day("from", taken.length == 2 ? taken[0] : value("from"));
        LocalDate to = day("to", taken.length == 2 ? taken[1] : value("to"));
        if (from != null && from.isBefore(today)) {
            fault("from", "burden.fault.from-past", from.toString(), today.toString());
        }
        if (from != null && to != null && to.isBefore(from)) {
            fault("to", "burden.fault.to-before", from.toString(), to.toString());
        } else if (from != null && to != null && to.isAfter(from.plusDays(60))) {
            fault("to", "burden.fault.too-long", to.toString());
        }
        for (String name : new String[] {"title", "basis"}) {
            String text = value(name);
            int most = name.equals("title") ? 100 : 500;
            if (text.isEmpty()) {
                fault(name, "burden.fault." + name);
            } else if (text.length() > most) {
                fault(name, "burden.fault.long", Integer.toString(text.length()), Integer.toString(most));
            }
        }
        SequencedSet<Long> units = new LinkedHashSet<>();
        for (RequestFormView.Pick pick : units()) {
            if (pick.chosen()) {
                units.add(Long.parseLong(pick.value()));
            }
        }
        if (units.isEmpty()) {
            fault("unit", "burden.fault.visited");
        }
        String people = value("people");
        if (!people.matches("[1-9]\\d{0,2}")) {
            fault("people", "burden.fault.people", people);
        }
        String kind = value("kind");
        String join = value("join");
        boolean despite = value("act").equals("despite");
        if (from == null || to == null || !faults.isEmpty()) {
            return null;
        }
        // Without its reason it is looked at once more, so that the clashes are shown beside what is missing.
        if (despite && value("despite").isEmpty()) {
            fault("despite", "burden.fault.despite");
        }
        return new Inspections.Plan(
                value("title"),
                units,
                from,
                to,
                value("basis"),
                Inspections.KINDS.contains(kind) ? kind : "inspection",
                Integer.parseInt(people),
                despite ? value("despite") : "",
                join.matches("\\d{1,18}") ? Long.valueOf(join) : null);
    }

    private @Nullable LocalDate day(String name, String text) {
        try {
            return LocalDate.parse(text.replace('/', '-').replace('.', '-'));
        } catch (DateTimeParseException e) {
            fault(name, "burden.fault.date", text);
            return null;
        }
    }

    private void fault(String name, String sentence, String... arguments) {
        faults.putIfAbsent(name, words.t(sentence, (Object[]) arguments));
    }

    /** Says with what a plan clashes, whom it could join, and when it would be free. */
    void clashes(List<Clash> found, LocalDate @Nullable [] next) {
        clashes = found.stream()
                .map(c -> new Line(say(c, words, tree, today), ""))
                .toList();
        Map<Long, Line> others = new LinkedHashMap<>();
        for (Clash clash : found) {
            if (clash.other() != 0) {
                others.putIfAbsent(
                        clash.other(),
                        new Line(
                                words.t(
                                        "burden.join.with",
                                        tree.brief(clash.organiser(), today),
                                        clash.title(),
                                        clash.from().toString(),
                                        clash.to().toString()),
                                Long.toString(clash.other())));
            }
        }
        joins = List.copyOf(others.values());
        free = next == null
                ? null
                : new Line(words.t("burden.free", next[0].toString(), next[1].toString()), next[0] + "/" + next[1]);
    }

    static String say(Clash clash, Words words, UnitTree tree, LocalDate today) {
        return words.t(
                "burden.clash." + clash.kind().key(),
                clash.unit() == 0 ? "" : tree.brief(clash.unit(), today),
                clash.organiser() == 0 ? "" : tree.brief(clash.organiser(), today),
                clash.title(),
                clash.from().toString(),
                clash.to().toString(),
                Integer.toString(clash.number()),
                String.join(
                        words.t("burden.and"),
                        clash.days().stream().map(LocalDate::toString).toList()));
    }
}
