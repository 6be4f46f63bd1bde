package org.luoshi.reading.outline;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Dates as reports write them: 2022年1月24日, 二〇二二年一月二十四日, 2026-02-03. */
final class Days {
    private static final String DIGITS = "〇一二三四五六七八九";

    record Found(LocalDate day, int end) {}

    private Days() {}

    static @Nullable Found at(String text, int offset, int limit) {
        char c = text.charAt(offset);
        if (c != '2' && c != '二') {
            return null;
        }
        int year = year(text, offset, limit);
        int at = offset + 4;
        if (year < 0 || at >= limit) {
            return null;
        }
        char mark = text.charAt(at);
        if (mark != '年' && mark != '-') {
            return null;
        }
        int[] month = number(text, at + 1, limit);
        if (month[0] <= 0 || month[1] >= limit || text.charAt(month[1]) != (mark == '年' ? '月' : '-')) {
            return null;
        }
        int[] day = number(text, month[1] + 1, limit);
        boolean closed = mark == '-' || (day[1] < limit && text.charAt(day[1]) == '日');
        if (day[0] <= 0 || !closed) {
            return null;
        }
        try {
            return new Found(LocalDate.of(year, month[0], day[0]), mark == '-' ? day[1] : day[1] + 1);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The year of four digits at an offset, or -1. */
    static int year(String text, int offset, int limit) {
        if (offset + 4 > limit) {
            return -1;
        }
        int year = 0;
        for (int i = offset; i < offset + 4; i++) {
            char c = text.charAt(i);
            int digit = c >= '0' && c <= '9' ? c - '0' : c == '○' || c == 'Ｏ' ? 0 : DIGITS.indexOf(c);
            if (digit < 0) {
                return -1;
            }
            year = year * 10 + digit;
        }
        return year >= 1949 && year < 2200 ? year : -1;
    }

    /** A number of one or two digits or a Chinese numeral: its value (0 where there is none) and the offset after it. */
    private static int[] number(String text, int from, int limit) {
        int at = from;
        int value = 0;
        while (at < limit && at < from + 2 && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            value = value * 10 + text.charAt(at) - '0';
            at++;
        }
        if (at == from) {
            at = Math.min(limit, Numeral.end(text, from));
            value = Numeral.value(text, from, at);
        }
        return new int[] {value, at};
    }
}
