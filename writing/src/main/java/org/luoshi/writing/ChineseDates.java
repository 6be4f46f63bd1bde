package org.luoshi.writing;

import java.time.LocalDate;

/** Dates as official documents write them: 2026年3月5日. */
final class ChineseDates {
    private ChineseDates() {}

    static String of(LocalDate date) {
        return date.getYear() + "年" + date.getMonthValue() + "月" + date.getDayOfMonth() + "日";
    }
}
