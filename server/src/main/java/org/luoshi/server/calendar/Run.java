package org.luoshi.server.calendar;

import java.time.Instant;
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
 */
public record Run(
        Limit.Unit unit,
        Instant started,
        Instant runsOut,
        @Nullable Instant pausedAt,
        long left,
        @Nullable Instant stoppedAt,
        int extended,
        @Nullable Instant resumedAt) {

    public static Run start(Limit limit, Instant at, WorkingTime time) {
        return new Run(limit.unit(), at, Limit.runOut(at, limit.inUnits(), limit.unit(), time), null, 0, null, 0, null);
    }

    /** A clock that runs until the end of a given day. */
    public static Run until(java.time.LocalDate day, Instant at, WorkingTime time) {
        return new Run(Limit.Unit.DAYS, at, Limit.endOf(day, time.zone()), null, 0, null, 0, null);
    }

    public boolean isRunning() {
        return pausedAt == null && stoppedAt == null;
    }

    public Run pause(Instant at, WorkingTime time) {
        return isRunning()
                ? new Run(unit, started, runsOut, at, Limit.left(at, runsOut, unit, time), null, extended, resumedAt)
                : this;
    }

    public Run resume(Instant at, WorkingTime time) {
        return pausedAt != null && stoppedAt == null
                ? new Run(unit, started, Limit.runOut(at, left, unit, time), null, 0, null, extended, at)
                : this;
    }

    public Run stop(Instant at) {
        return stoppedAt != null ? this : new Run(unit, started, runsOut, null, 0, at, extended, resumedAt);
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
                resumedAt);
    }

    /** Moves the end of a running clock to the end of a day. */
    public Run extendTo(java.time.LocalDate day, WorkingTime time) {
        return isRunning()
                ? new Run(unit, started, Limit.endOf(day, time.zone()), null, 0, null, extended + 1, resumedAt)
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
                : new Run(unit, started, Limit.runOut(from, counted, unit, after), null, 0, null, extended, resumedAt);
    }

    /** What is left at a moment, in seconds or days; negative once it has run out; what was left where it is paused. */
    public long leftAt(Instant at, WorkingTime time) {
        return pausedAt != null ? left : Limit.left(stoppedAt == null ? at : stoppedAt, runsOut, unit, time);
    }

    /** Since when it runs without a pause. */
    public Instant runsSince() {
        return resumedAt == null ? started : resumedAt;
    }

    public boolean isOverdue(Instant at) {
        return pausedAt == null && !(stoppedAt == null ? at : stoppedAt).isBefore(runsOut);
    }
}
