package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.calendar.Limit;
import org.luoshi.server.calendar.WorkingTime;
import org.luoshi.server.matters.types.ClockRule;
import org.luoshi.server.matters.types.Field;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.State;
import org.luoshi.server.units.UnitTree;
import org.luoshi.server.web.Words;

/** Matters in the words of the reader's language: units by name, lights as sentences, days as people say them. */
public final class MatterWords {
    private final Words words;
    private final UnitTree units;
    private final LocalDate today;

    public MatterWords(Words words, UnitTree units, LocalDate today) {
        this.words = words;
        this.units = units;
        this.today = today;
    }

    public LocalDate today() {
        return today;
    }

    public String unit(@Nullable Long unit) {
        return unit == null ? "" : units.brief(unit, today);
    }

    public String unitInFull(@Nullable Long unit) {
        return unit == null ? "" : units.full(unit, today);
    }

    public String unitsShort(List<Long> several) {
        return switch (several.size()) {
            case 0 -> "";
            case 1, 2 -> String.join(words.t("matters.and"), units.briefs(several, today));
            default -> words.t("matters.units.more", unit(several.getFirst()), several.size());
        };
    }

    public String unitsInFull(List<Long> several) {
        return String.join(words.t("matters.and"), units.briefs(several, today));
    }

    public String state(MatterType type, String state) {
        State found = type.states().get(state);
        return found == null ? state : found.name().in(words.language());
    }

    public String type(MatterType type) {
        return type.name().in(words.language());
    }

    public String field(Field field) {
        return field.name().in(words.language());
    }

    public String light(Matter matter) {
        return words.t("matters.light." + matter.lightWord());
    }

    /** Why the light is as it is: one sentence, with its figures. */
    public String why(MatterType type, Matter matter) {
        return why(type, matter.lightWord(), matter.lightWhy());
    }

    /** Why a light is or was as its word says: one sentence, with its figures. */
    public String why(MatterType type, String word, Map<String, String> figures) {
        List<String> sentences = sentences(type, figures);
        if (sentences.isEmpty()) {
            String key = "matters.why." + word;
            sentences.add(words.has(key) ? words.t(key) : words.t("matters.why.normal"));
        }
        return String.join("", sentences);
    }

    /** Figures of a light or a notice as sentences; none where there are no figures. */
    List<String> sentences(MatterType type, Map<String, String> why) {
        List<String> sentences = new ArrayList<>();
        if (why.containsKey("gap")) {
            sentences.add(words.t(
                    "matters.why.behind", why.get("progress"), why.get("expected"), why.get("gap"), why.get("points")));
        } else if (why.containsKey("expected")) {
            sentences.add(words.t("matters.why.on-schedule", why.get("progress"), why.get("expected")));
        }
        if (why.containsKey("clock")) {
            ClockRule rule = type.clocks().get(why.get("clock"));
            String name = rule == null ? "" : rule.name().in(words.language());
            long left = Long.parseLong(why.getOrDefault("left", "0"));
            String unit = words.t("matters.unit." + why.getOrDefault("unit", "days"));
            sentences.add(
                    left < 0
                            ? words.t("matters.why.over", name, why.get("until"), Long.toString(-left), unit)
                            : left == 0
                                    ? words.t("matters.why.last-day", name, why.get("until"))
                                    : words.t("matters.why.left", name, why.get("until"), Long.toString(left), unit));
        }
        if (why.containsKey("silent")) {
            sentences.add(words.t("matters.why.silent", why.get("silent"), why.get("silent-most")));
        }
        if (why.containsKey("milestone")) {
            sentences.add(words.t("matters.why.milestone", why.get("milestone"), why.get("milestone-late")));
        }
        return sentences;
    }

    /** The value of a field as people read it. */
    static String show(Field field, String text, MatterWords said, String language) {
        return switch (field.kind()) {
            case UNIT -> text.matches("\\d+") ? said.unit(Long.valueOf(text)) : text;
            case UNITS -> {
                List<Long> units = new ArrayList<>();
                for (String one : text.split(",", -1)) {
                    if (one.matches("\\d+")) {
                        units.add(Long.valueOf(one));
                    }
                }
                yield said.unitsInFull(units);
            }
            case CHOICE ->
                field.choices().stream()
                        .filter(c -> c.key().equals(text))
                        .map(c -> c.name().in(language))
                        .findFirst()
                        .orElse(text);
            case PERCENT -> text + "%";
            default -> text;
        };
    }

    /** 剩 10 天, 逾期 2 天, 今天, 明天. */
    public String left(@Nullable LocalDate day) {
        if (day == null) {
            return "";
        }
        long days = ChronoUnit.DAYS.between(today, day);
        if (days < 0) {
            return words.t("matters.days.over", Long.toString(-days));
        }
        if (days <= 1) {
            return words.t(days == 0 ? "matters.days.today" : "matters.days.tomorrow");
        }
        return words.t("matters.days.left", Long.toString(days));
    }

    public @Nullable LocalDate lastDay(@Nullable Instant runsOut) {
        return runsOut == null ? null : Limit.lastDay(runsOut, WorkingTime.BEIJING);
    }

    public String percent(@Nullable BigDecimal number) {
        return number == null ? "" : number.stripTrailingZeros().toPlainString() + "%";
    }

    /** A date in a list: without the year where it is this one. */
    public String day(@Nullable LocalDate day) {
        return day == null
                ? ""
                : day.getYear() == today.getYear() ? day.toString().substring(5) : day.toString();
    }

    public String time(Instant at) {
        return words.time(at);
    }

    public String dayOf(@Nullable Instant at) {
        return at == null ? "" : words.time(at).substring(0, 10);
    }
}
