package org.luoshi.server.register;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.luoshi.server.documents.Taxonomy;
import org.luoshi.server.register.Entry.Target;
import org.luoshi.server.register.Entry.UnitName;
import org.luoshi.server.register.RegisterFilter.Dimension;
import org.luoshi.server.register.RegisterFilter.Due;
import org.luoshi.server.web.Words;

/** What things of the register are called on a page or in a file, in one language. */
public final class Labels {
    private final Words words;
    private final UnitNames units;
    private final Map<Long, String> documents;
    private final LocalDate today;
    private final Taxonomy themes;

    Labels(Words words, UnitNames units, Map<Long, String> documents, LocalDate today, Taxonomy themes) {
        this.themes = themes;
        this.words = words;
        this.units = units;
        this.documents = documents;
        this.today = today;
    }

    public String unit(long id) {
        return units.has(id) ? units.brief(id, today) : words.t("register.unknown", Long.toString(id));
    }

    public String document(long id) {
        String title = documents.get(id);
        return title == null ? words.t("register.unknown", Long.toString(id)) : title;
    }

    /** A theme by its key, {@code theme} or {@code theme/subtheme}; the finer level where there is one. */
    public String theme(String key) {
        String whole = key.endsWith("/") ? key.substring(0, key.length() - 1) : key;
        return whole.isEmpty() ? words.t("register.theme.none") : themes.name(whole, words.language());
    }

    public String theme(Entry entry) {
        return theme(entry.theme() + "/" + entry.subtheme());
    }

    public String due(Due due) {
        return switch (due) {
            case Due.Span span -> words.t("register.due." + span.key());
            case Due.Between range -> between(range);
        };
    }

    private String between(Due.Between range) {
        if (range.from() == null) {
            return words.t("register.due.until", String.valueOf(range.to()));
        }
        return range.to() == null
                ? words.t("register.due.since", range.from().toString())
                : words.t(
                        "register.due.between",
                        range.from().toString(),
                        range.to().toString());
    }

    /** What a filter says about a dimension, such as 县住建局、柳湾镇. */
    public String said(RegisterFilter filter, Dimension dimension) {
        return switch (dimension) {
            case YEAR -> joined(filter.years().stream().map(String::valueOf).toList());
            case UNIT -> {
                String named = joined(filter.units().stream().map(this::unit).toList());
                yield filter.part() == RegisterFilter.Part.ANY
                        ? named
                        : words.t("register.part.of." + filter.part().key(), named);
            }
            case THEME -> joined(filter.themes().stream().map(this::theme).toList());
            case DUE -> {
                Due due = filter.due();
                yield due == null ? "" : due(due);
            }
            case STATE ->
                joined(filter.states().stream()
                        .map(state -> words.t("register.state." + state.key()))
                        .toList());
            case SOURCE ->
                joined(filter.documents().stream().map(this::document).toList());
            case TEXT -> filter.text();
        };
    }

    private String joined(List<String> names) {
        return names.size() <= 2
                ? String.join(words.t("register.and"), names)
                : words.t("register.and-more", names.getFirst(), names.size());
    }

    /** The joint units as a list shows them: 县财政局, or 县财政局等 3 家. */
    public String joint(Entry entry) {
        return joined(entry.joint().stream().map(UnitName::shortName).toList());
    }

    public String jointInFull(Entry entry) {
        return entry.joint().stream().map(UnitName::shortName).collect(Collectors.joining(words.t("register.and")));
    }

    /** The figure alone: ≥ 31 个, 增长 6%, 前 3 位. A masked figure is the mask. */
    public String figure(Target target) {
        String unit = target.unit() == null ? "" : target.unit();
        BigDecimal value = target.value();
        if (target.basis().equals("growth")
                && !target.masked()
                && value != null
                && target.value2() == null
                && value.signum() < 0) {
            // A growth of at least -3% is a fall of at most 3%.
            String turned = switch (target.op()) {
                case ">=" -> "<=";
                case "<=" -> ">=";
                case ">" -> "<";
                case "<" -> ">";
                default -> target.op();
            };
            return words.t("register.basis.fall", signed(turned, plain(value.negate()) + unit));
        }
        String amount;
        if (target.masked() || target.value() == null) {
            amount = "**" + unit;
        } else if (target.value2() != null) {
            amount = plain(target.value()) + "–" + plain(target.value2()) + unit;
        } else {
            amount = plain(target.value()) + unit;
        }
        String signed = signed(target.op(), amount);
        String key = "register.basis." + target.basis();
        return words.has(key) ? words.t(key, signed) : signed;
    }

    private static String signed(String op, String amount) {
        return switch (op) {
            case ">=" -> "≥ " + amount;
            case "<=" -> "≤ " + amount;
            case ">" -> "> " + amount;
            case "<" -> "< " + amount;
            default -> amount;
        };
    }

    /** Indicator and figure, and whether it is a goal beyond the floor. */
    public String target(Target target) {
        String text = target.indicator() + " " + figure(target);
        return target.stretch() ? words.t("register.stretch", text) : text;
    }

    public String targets(Entry entry) {
        return entry.targets().stream().map(this::target).collect(Collectors.joining(words.t("register.semicolon")));
    }

    /** The section first: most entries of a list come from the same report. */
    public String source(Entry entry) {
        return entry.section().isEmpty() ? entry.document() : entry.section() + " · " + entry.document();
    }

    static String plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
    }
}
