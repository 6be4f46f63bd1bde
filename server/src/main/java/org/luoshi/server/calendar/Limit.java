package org.luoshi.server.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;

/**
 * A time limit, such as 5 working days.
 *
 * <p>Days are counted as Chinese procedure law counts them (民法典 art. 201): the day on which a limit begins does not
 * count, and it ends with the end of its last day. Hours run from the minute.
 *
 * @param amount more than 0
 */
public record Limit(int amount, Unit unit) {

    /** What is counted. */
    public enum Unit {
        HOURS,
        WORKING_HOURS,
        DAYS,
        WORKING_DAYS;

        /** {@code working-days}, as files write it. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public boolean isWorking() {
            return this == WORKING_HOURS || this == WORKING_DAYS;
        }
    }

    public Limit {
        if (amount <= 0) {
            throw new IllegalArgumentException("a time limit of " + amount + " " + unit + " is none");
        }
    }

    /**
     * When so much of a unit after a moment is over. Amounts of hours are in seconds, of days in days.
     *
     * @param left may be 0 or negative for a clock that has run out already
     */
    static Instant runOut(Instant from, long left, Unit unit, WorkingTime time) {
        ZoneId zone = time.zone();
        LocalDate day = from.atZone(zone).toLocalDate();
        return switch (unit) {
            case HOURS -> from.plusSeconds(left);
            case WORKING_HOURS -> left <= 0 ? from : time.plus(from, Duration.ofSeconds(left));
            case DAYS -> endOf(day.plusDays(left), zone);
            case WORKING_DAYS ->
                endOf(left <= 0 ? day.plusDays(left) : time.days().plus(day, Math.toIntExact(left)), zone);
        };
    }

    /** What is left of a clock at a moment, in seconds or days; negative once it has run out. */
    static long left(Instant at, Instant runsOut, Unit unit, WorkingTime time) {
        LocalDate today = at.atZone(time.zone()).toLocalDate();
        LocalDate last = lastDay(runsOut, time.zone());
        return switch (unit) {
            case HOURS -> Duration.between(at, runsOut).toSeconds();
            case WORKING_HOURS -> time.between(at, runsOut).toSeconds();
            case DAYS -> last.toEpochDay() - today.toEpochDay();
            case WORKING_DAYS -> time.days().between(today, last);
        };
    }

    /** The amount in seconds or days. */
    long inUnits() {
        return switch (unit) {
            case HOURS, WORKING_HOURS -> amount * 3600L;
            case DAYS, WORKING_DAYS -> amount;
        };
    }

    /** A limit that ends with a day ends at the first moment of the next. */
    public static Instant endOf(LocalDate day, ZoneId zone) {
        return day.plusDays(1).atTime(LocalTime.MIN).atZone(zone).toInstant();
    }

    /** The last day of a limit, the inverse of {@link #endOf}. */
    public static LocalDate lastDay(Instant runsOut, ZoneId zone) {
        return runsOut.minusMillis(1).atZone(zone).toLocalDate();
    }
}
