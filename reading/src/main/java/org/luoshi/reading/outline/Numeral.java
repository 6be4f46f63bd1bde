package org.luoshi.reading.outline;

/** Chinese numerals up to ninety-nine, as headings use them. */
final class Numeral {
    private static final String DIGITS = "一二三四五六七八九";
    private static final int LONGEST = 3;

    private Numeral() {}

    static boolean isDigit(char c) {
        return c == '十' || DIGITS.indexOf(c) >= 0;
    }

    /** The offset after the numeral that starts at {@code from}; {@code from} itself where there is none. */
    static int end(CharSequence text, int from) {
        int end = from;
        while (end < text.length() && end < from + LONGEST && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    static int value(CharSequence text, int from, int to) {
        int tens = 0;
        int ones = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '十') {
                tens = ones == 0 ? 1 : ones;
                ones = 0;
            } else {
                ones = DIGITS.indexOf(c) + 1;
            }
        }
        return tens * 10 + ones;
    }
}
