package org.luoshi.server.commitments;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.commitments.Commitment.Content;
import org.luoshi.server.commitments.Commitment.State;
import org.luoshi.server.commitments.Commitment.Target;
import org.luoshi.server.units.Units;
import org.luoshi.server.web.Words;

/** Commitments as the list of the review shows them. */
public final class ReviewRows {
    private final Words words;
    private final Map<Long, String> names;
    private final Map<Long, String> numbers;

    ReviewRows(Words words, Map<Long, String> unitNames, Map<Long, String> numbers) {
        this.words = words;
        this.names = unitNames;
        this.numbers = numbers;
    }

    /** One line of the list; texts are empty where there is nothing to say. */
    public record Row(
            long id,
            int version,
            String no,
            State state,
            boolean doubtful,
            String what,
            String figures,
            String ask,
            String lead,
            String leadWhy,
            String due,
            String dueWhy,
            int percent,
            boolean byHand,
            @Nullable String number) {
        public String ref() {
            return id + ":" + version;
        }

        /** Accepted, rejected or registered. */
        public boolean done() {
            return state == State.ACCEPTED || state == State.REJECTED || state == State.REGISTERED;
        }

        public boolean low() {
            return percent < Math.round(Commitment.DOUBTFUL_BELOW * 100);
        }
    }

    /** Which rows to see. */
    public enum View {
        ALL,
        TODO,
        ACCEPTED,
        REJECTED;

        public String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static View of(@Nullable String key) {
            for (View view : values()) {
                if (view.key().equals(key)) {
                    return view;
                }
            }
            return ALL;
        }

        public boolean shows(State state) {
            return switch (this) {
                case ALL -> true;
                case TODO -> state == State.PROPOSED;
                case ACCEPTED -> state == State.ACCEPTED || state == State.REGISTERED;
                case REJECTED -> state == State.REJECTED;
            };
        }
    }

    /** In which order; every order ends in that of the text. */
    public enum Sort {
        DOUBT,
        TEXT,
        LEAD,
        DUE;

        public String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static Sort of(@Nullable String key) {
            for (Sort sort : values()) {
                if (sort.key().equals(key)) {
                    return sort;
                }
            }
            return DOUBT;
        }
    }

    List<Commitment> sorted(List<Commitment> inTextOrder, Sort sort) {
        Comparator<Commitment> first = switch (sort) {
            case DOUBT ->
                Comparator.comparing((Commitment c) -> !c.isDoubtful())
                        .thenComparing(c -> c.isDoubtful() ? c.origin().confidence() : 1.0);
            case TEXT -> Comparator.comparingInt(c -> 0);
            case LEAD ->
                Comparator.comparing(
                        c -> c.content().lead() == null ? "" : unit(c.content().lead()));
            case DUE ->
                Comparator.comparing(c -> Objects.requireNonNullElse(c.content().due(), LocalDate.MAX));
        };
        return inTextOrder.stream()
                .sorted(first.thenComparingInt(c -> c.passage().start()).thenComparingLong(Commitment::id))
                .toList();
    }

    Row row(Commitment c) {
        Content content = c.content();
        return new Row(
                c.id(),
                c.version(),
                Objects.requireNonNullElse(numbers.get(c.id()), ""),
                c.state(),
                c.isDoubtful(),
                content.what(),
                figures(content),
                ask(c),
                content.lead() == null ? "" : unit(content.lead()),
                leadWhy(content),
                content.due() == null ? "" : content.due().toString(),
                dueWhy(content),
                (int) Math.floor(c.origin().confidence() * 100),
                c.origin().byHand(),
                c.number());
    }

    String unit(@Nullable Long id) {
        return id == null ? "" : Objects.requireNonNullElse(names.get(id), "#" + id);
    }

    private String leadWhy(Content content) {
        if (content.lead() == null || content.leadReason() == null) {
            return "";
        }
        return words.t("review.lead." + content.leadReason());
    }

    private String dueWhy(Content content) {
        if (content.due() == null) {
            return "";
        }
        if ("hand".equals(content.dueRule())) {
            return words.t("review.due.hand");
        }
        if (content.dueInferred() || content.dueWords() == null) {
            return words.t("review.due.inferred");
        }
        return words.t("review.due.words", content.dueWords());
    }

    private String ask(Commitment c) {
        if (c.state() != State.PROPOSED) {
            return "";
        }
        return c.origin().doubts().stream().map(this::question).collect(Collectors.joining(" "));
    }

    /** The question of a doubt in words; the reader's key where nobody has put it into words yet. */
    String question(Commitment.Doubt doubt) {
        String key = "review." + doubt.question();
        String about = doubt.words() == null ? "" : doubt.words();
        return words.has(key) ? words.t(key, about, doubt.detail()) : doubt.question() + " " + about;
    }

    private String figures(Content content) {
        List<String> shown = new ArrayList<>();
        for (Target target : content.targets()) {
            shown.add(figure(target));
        }
        if (shown.size() > 3) {
            int rest = shown.size() - 2;
            return String.join(" \u00b7 ", shown.subList(0, 2)) + " \u00b7 " + words.t("review.more", rest);
        }
        return String.join(" \u00b7 ", shown);
    }

    /** Such as {@code 新增学位 = 1080 个}, or what stands there in its stead. */
    String figure(Target target) {
        String unit = target.unit() == null ? "" : target.unit();
        BigDecimal value = target.value();
        if (target.basis().equals("growth") && value != null && target.value2() == null && value.signum() < 0) {
            String fall = words.t(
                    "review.figure.fall", target.indicator(), sign(fallen(target.op())) + plain(value.negate()) + unit);
            return target.stretch() ? words.t("review.figure.stretch", fall) : fall;
        }
        String amount = target.value() == null ? "**" : plain(target.value());
        if (target.value2() != null) {
            amount += "\u2013" + plain(target.value2());
        }
        String text = words.t("review.figure." + target.basis(), target.indicator(), sign(target.op()) + amount + unit);
        return target.stretch() ? words.t("review.figure.stretch", text) : text;
    }

    private static String sign(String op) {
        return switch (op) {
            case ">=" -> "\u2265 ";
            case "<=" -> "\u2264 ";
            case "range" -> "";
            default -> op + " ";
        };
    }

    /** A growth of at least -3% is a fall of at most 3%. */
    private static String fallen(String op) {
        return switch (op) {
            case ">=" -> "<=";
            case "<=" -> ">=";
            case ">" -> "<";
            case "<" -> ">";
            default -> op;
        };
    }

    static String plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
    }

    /** Short names of all units, closed ones under their last name. */
    static Map<Long, String> unitNames(Units units, List<Commitment> commitments) {
        Map<Long, String> names = new HashMap<>();
        units.listUnits().forEach(unit -> names.put(unit.id(), unit.shortName()));
        for (Commitment c : commitments) {
            List<Long> used = new ArrayList<>(c.content().joint());
            if (c.content().lead() != null) {
                used.add(c.content().lead());
            }
            used.forEach(
                    id -> names.computeIfAbsent(id, unit -> units.getUnit(unit).shortName()));
        }
        return names;
    }
}
