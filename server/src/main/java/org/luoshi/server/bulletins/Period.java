package org.luoshi.server.bulletins;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.calendar.Limit;
import org.luoshi.server.calendar.WorkingTime;

/**
 * Days from the first to the last, both within.
 *
 * @throws Refused where the last comes before the first, or the span is longer than ten years
 */
public record Period(LocalDate from, LocalDate to) {
    private static final int LONGEST_YEARS = 10;

    public Period {
        if (to.isBefore(from) || to.isAfter(from.plusYears(LONGEST_YEARS))) {
            throw new Refused("bulletins.refused.period", from.toString(), to.toString());
        }
    }

    /** What was asked for; the month before today where nothing was. */
    static Period of(String from, String to, LocalDate today) {
        YearMonth last = YearMonth.from(today).minusMonths(1);
        return new Period(day(from, last.atDay(1)), day(to, from.isEmpty() ? last.atEndOfMonth() : today));
    }

    private static LocalDate day(String text, LocalDate otherwise) {
        try {
            return text.isBlank() ? otherwise : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new Refused("bulletins.refused.day", text);
        }
    }

    Instant begins() {
        return Limit.endOf(from.minusDays(1), WorkingTime.BEIJING);
    }

    Instant ends() {
        return Limit.endOf(to, WorkingTime.BEIJING);
    }
}
