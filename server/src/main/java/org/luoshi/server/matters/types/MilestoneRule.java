package org.luoshi.server.matters.types;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A milestone that a type offers for the plan of a matter.
 *
 * @param share of the time from the hand-down to the deadline by which it is reached, in per cent; null where it is set
 *     by {@code before}
 * @param before days before the deadline; 0 where it is set by {@code share}
 * @param weight how much of the whole it is, beside the others
 * @param follows the key of an earlier one that it follows; null: none
 */
public record MilestoneRule(
        String key,
        Named name,
        @Nullable Integer share,
        int before,
        int weight,
        @Nullable String follows) {

    /** Its day in a matter; never before the hand-down. */
    public LocalDate on(LocalDate given, LocalDate due) {
        long whole = Math.max(0, ChronoUnit.DAYS.between(given, due));
        LocalDate day = share == null ? due.minusDays(before) : given.plusDays(Math.round(whole * share / 100.0));
        return day.isBefore(given) ? given : day;
    }
}
