package org.luoshi.server.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A clock that runs, is paused, or has stopped. An immutable value; every change gives a new one.
 *
 * <p>A paused clock keeps what was left when it was paused; the days of the pause after its first do not count.
 *
 * @param unit what it counts
 * @param started when it began
 * @param runsOut when it runs out if nothing happens; while paused, when it would have
 * @param pausedAt null while it runs
 * @param left what was left at the pause, in seconds or days
 * @param stoppedAt null while it has not stopped
 * @param extended how often it was extended
 * @param resumedAt when it ran on after a pause last; null: it was never paused
 * @param pausedDays days of all pauses that are over, the first of each left out
 */
public record Run(
        Limit.Unit unit,
        Instant started,
        Instant runsOut,
        @Nullable Instant pausedAt,
        long left,
        @Nullable Instant stoppedAt,
        int extended,
        @Nullable Instant resumedAt,
        long pausedDays) {

    public static Run start(Limit limit, Instant at, WorkingTime time) {
        return new Run(
                limit.unit(), at, Limit.runOut(at, limit.inUnits(), limit.unit(), time), null, 0, null, 0, null, 0);
    }

    /** A clock that runs until the end of a given day. */
    public static Run until(LocalDate day, Instant at, WorkingTime time) {
        return new Run(Limit.Unit.DAYS, at, Limit.endOf(day, time.zone()), null, 0, null, 0, null, 0);
    }

    public boolean isRunning() {
        return pausedAt == null && stoppedAt == null;
    }

    public Run pause(Instant at, WorkingTime time) {
        return isRunning()
                ? new Run(
                        unit,
                        started,
                        runsOut,
                        at,
                        Limit.left(at, runsOut, unit, time),
                        null,
                        extended,
                        resumedAt,
                        pausedDays)
                : this;
    }

    public Run resume(Instant at, WorkingTime time) {
        Instant held = pausedAt;
        if (held == null || stoppedAt != null) {
            return this;
        }
        long days = ChronoUnit.DAYS.between(day(held, time), day(at, time));
        return new Run(
                unit, started, Limit.runOut(at, left, unit, time), null, 0, null, extended, at, pausedDays + days);
    }

    public Run stop(Instant at) {
        return stoppedAt != null ? this : new Run(unit, started, runsOut, null, 0, at, extended, resumedAt, pausedDays);
    }

    /** Adds to a running clock, counted from where it runs out. */
    public Run extend(Limit by, WorkingTime time) {
        if (!isRunning()) {
            return this;
        }
        Instant base = by.unit() == Limit.Unit.HOURS || by.unit() == Limit.Unit.WORKING_HOURS
                ? runsOut
                : runsOut.minusMillis(1);
        return new Run(
                unit,
                started,
                Limit.runOut(base, by.inUnits(), by.unit(), time),
                null,
                0,
                null,
                extended + 1,
                resumedAt,
                pausedDays);
    }

    /** Moves the end of a running clock to the end of a day. */
    public Run extendTo(LocalDate day, WorkingTime time) {
        return isRunning()
                ? new Run(
                        unit,
                        started,
                        Limit.endOf(day, time.zone()),
                        null,
                        0,
                        null,
                        extended + 1,
                        resumedAt,
                        pausedDays)
                : this;
    }

    /**
     * Counts a running clock anew once another calendar holds: as much as lay between a moment and its end by the old
     * one lies there by the new one. What runs by the day of the month or by the hour stays as it is.
     *
     * @param from when it began or was last resumed
     */
    public Run recount(Instant from, WorkingTime before, WorkingTime after) {
        return recount(from, counted(from, before), after);
    }

    /** How much of working time lies between a moment and the end of a running clock; 0 where it counts none. */
    public long counted(Instant from, WorkingTime time) {
        return unit.isWorking() && isRunning() ? Limit.left(from, runsOut, unit, time) : 0;
    }

    /** Lets a running clock run out as much after a moment as was {@link #counted} before. */
    public Run recount(Instant from, long counted, WorkingTime after) {
        return counted <= 0 || !isRunning()
                ? this
                : new Run(
                        unit,
                        started,
                        Limit.runOut(from, counted, unit, after),
                        null,
                        0,
                        null,
                        extended,
                        resumedAt,
                        pausedDays);
    }

    /** What is left at a moment, in seconds or days; negative once it has run out; what was left where it is paused. */
    public long leftAt(Instant at, WorkingTime time) {
        return pausedAt != null ? left : Limit.left(stoppedAt == null ? at : stoppedAt, runsOut, unit, time);
    }

    /** The last day that counted: today, or the day on which it was held. */
    public LocalDate countsTo(LocalDate today, WorkingTime time) {
        return pausedAt == null ? today : day(pausedAt, time);
    }

    private static LocalDate day(Instant at, WorkingTime time) {
        return at.atZone(time.zone()).toLocalDate();
    }

    /** Since when it runs without a pause. */
    public Instant runsSince() {
        return resumedAt == null ? started : resumedAt;
    }

    public boolean isOverdue(Instant at) {
        return pausedAt == null && !(stoppedAt == null ? at : stoppedAt).isBefore(runsOut);
    }
}
