package org.luoshi.reading.outline;

import org.jspecify.annotations.Nullable;

/**
 * The numbering of a heading.
 *
 * @param depth 1 for 一、, 2 for （一）, 3 for 1., 4 for 一是 and 首先
 * @param number its number, from 1; 0 for 其次 and 最后, which tell none
 * @param length characters of the marker
 */
record Marker(int depth, int number, int length) {

    /** The marker that starts at an offset, or null. */
    static @Nullable Marker at(CharSequence text, int offset) {
        if (offset >= text.length()) {
            return null;
        }
        char c = text.charAt(offset);
        if (c == '（' || c == '(') {
            return bracketed(text, offset);
        }
        if (c >= '0' && c <= '9') {
            return digits(text, offset);
        }
        if (Numeral.isDigit(c)) {
            return numeral(text, offset);
        }
        return switch (c) {
            case '首' -> word(text, offset, "首先", 1);
            case '其' -> word(text, offset, "其次", 0);
            case '再' -> word(text, offset, "再次", 0);
            case '最' -> word(text, offset, "最后", 0);
            default -> null;
        };
    }

    private static @Nullable Marker bracketed(CharSequence text, int offset) {
        int end = Numeral.end(text, offset + 1);
        if (end == offset + 1 || end >= text.length()) {
            return null;
        }
        char close = text.charAt(end);
        if (close != '）' && close != ')') {
            return null;
        }
        int length = end + 1 - offset;
        // Some reports write （一）、
        if (end + 1 < text.length() && text.charAt(end + 1) == '、') {
            length++;
        }
        return new Marker(2, Numeral.value(text, offset + 1, end), length);
    }

    private static @Nullable Marker numeral(CharSequence text, int offset) {
        int end = Numeral.end(text, offset);
        if (end >= text.length()) {
            return null;
        }
        int number = Numeral.value(text, offset, end);
        return switch (text.charAt(end)) {
            case '、', '．', '.' -> new Marker(1, number, end + 1 - offset);
            case '是' -> new Marker(4, number, end + 1 - offset);
            default -> null;
        };
    }

    private static @Nullable Marker digits(CharSequence text, int offset) {
        int end = offset;
        int number = 0;
        while (end < text.length() && end < offset + 2 && isArabic(text.charAt(end))) {
            number = number * 10 + text.charAt(end) - '0';
            end++;
        }
        if (end + 1 >= text.length() || number == 0) {
            return null;
        }
        char dot = text.charAt(end);
        // 1.5万亿 is a number, not a heading.
        if ((dot == '.' || dot == '．' || dot == '、') && !isArabic(text.charAt(end + 1))) {
            return new Marker(3, number, end + 1 - offset);
        }
        return null;
    }

    private static @Nullable Marker word(CharSequence text, int offset, String word, int number) {
        int end = offset + word.length();
        if (end >= text.length() || text.charAt(end - 1) != word.charAt(1)) {
            return null;
        }
        char next = text.charAt(end);
        return next == '，' || next == ',' || next == '是' ? new Marker(4, number, word.length()) : null;
    }

    private static boolean isArabic(char c) {
        return c >= '0' && c <= '9';
    }
}
