package org.luoshi.reading.commitments;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Days of festivals of the lunar calendar, as published; null outside the table. */
final class LunarDays {
    private static final int FIRST = 2020;

    /** Month times 100 plus day of the first day of the lunar year, from 2020. */
    private static final int[] SPRING = {
        125, 212, 201, 122, 210, 129, 217, 206, 126, 213, 203, 123, 211, 131, 219, 208, 128, 215, 204, 124, 212
    };

    /** The 15th of the eighth lunar month, from 2020. */
    private static final int[] AUTUMN = {
        1001, 921, 910, 929, 917, 1006, 925, 915, 1003, 922, 912, 1001, 919, 908, 927, 916, 1004, 924, 913, 1002, 920
    };

    private LunarDays() {}

    static @Nullable LocalDate springFestival(int year) {
        return day(SPRING, year);
    }

    static @Nullable LocalDate midAutumn(int year) {
        LocalDate day = day(AUTUMN, year);
        return day == null ? null : day.minusDays(1);
    }

    private static @Nullable LocalDate day(int[] table, int year) {
        int i = year - FIRST;
        return i < 0 || i >= table.length ? null : LocalDate.of(year, table[i] / 100, table[i] % 100);
    }
}
