package org.luoshi.server.burden;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * Why a visit does not fit.
 *
 * @param unit which is visited
 * @param other the visit that stands in the way; 0 where none does
 * @param number working days between the two, visits in the year, or days off
 * @param days the days off
 */
public record Clash(
        Kind kind,
        long unit,
        long other,
        String title,
        long organiser,
        LocalDate from,
        LocalDate to,
        int number,
        List<LocalDate> days) {

    /** What is wrong. */
    public enum Kind {
        /** Two visits on the same day. */
        OVERLAP,
        /** Two visits too soon after each other. */
        CLOSE,
        /** More visits in a year than are allowed. */
        MOST,
        /** Days on which nobody works. */
        OFF;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
