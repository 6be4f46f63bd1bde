package org.luoshi.server.burden;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.luoshi.server.web.Words;

/**
 * A year, a quarter or a month that data are about.
 *
 * @param months 12, 3 or 1
 * @param first its first day
 */
public record Period(LocalDate first, int months) {
    private static final Pattern FORM = Pattern.compile("(20\\d\\d)(?:-?(?:[Qq]([1-4])|(0[1-9]|1[0-2])))?");

    /** 2026, 2026-Q3 or 2026-09. */
    static Optional<Period> parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        int year = Integer.parseInt(form.group(1));
        if (form.group(2) != null) {
            return Optional.of(new Period(LocalDate.of(year, Integer.parseInt(form.group(2)) * 3 - 2, 1), 3));
        }
        return Optional.of(
                form.group(3) == null
                        ? new Period(LocalDate.of(year, 1, 1), 12)
                        : new Period(LocalDate.of(year, Integer.parseInt(form.group(3)), 1), 1));
    }

    static Period of(String key) {
        return parse(key).orElseThrow(() -> new IllegalArgumentException(key + " is no period"));
    }

    static Period monthOf(LocalDate day) {
        return new Period(day.withDayOfMonth(1), 1);
    }

    static Period quarterOf(LocalDate day) {
        return new Period(LocalDate.of(day.getYear(), (day.getMonthValue() - 1) / 3 * 3 + 1, 1), 3);
    }

    static Period yearOf(LocalDate day) {
        return new Period(LocalDate.of(day.getYear(), 1, 1), 12);
    }

    public String key() {
        return switch (months) {
            case 12 -> Integer.toString(first.getYear());
            case 3 -> first.getYear() + "-Q" + (first.getMonthValue() + 2) / 3;
            default -> first.toString().substring(0, 7);
        };
    }

    LocalDate last() {
        return first.plusMonths(months).minusDays(1);
    }

    public Period next() {
        return new Period(first.plusMonths(months), months);
    }

    public Period before() {
        return new Period(first.minusMonths(months), months);
    }

    Period yearBefore() {
        return new Period(first.minusYears(1), months);
    }

    boolean overlaps(Period other) {
        return !first.isAfter(other.last()) && !other.first.isAfter(last());
    }

    /** All periods that overlap this one: its year, and the quarters and months of it that do. */
    List<Period> overlapping() {
        Period year = yearOf(first);
        List<Period> all = new ArrayList<>(List.of(year));
        for (int months : new int[] {3, 1}) {
            for (int month = 0; month < 12; month += months) {
                all.add(new Period(year.first.plusMonths(month), months));
            }
        }
        return all.stream().filter(this::overlaps).toList();
    }

    /** 2026年三季度 as a person of the language says it. */
    public String say(Words words) {
        String year = Integer.toString(first.getYear());
        return switch (months) {
            case 12 -> words.t("burden.period.year", year);
            case 3 -> words.t("burden.period.quarter", year, Integer.toString((first.getMonthValue() + 2) / 3));
            default -> words.t("burden.period.month", year, Integer.toString(first.getMonthValue()));
        };
    }
}
