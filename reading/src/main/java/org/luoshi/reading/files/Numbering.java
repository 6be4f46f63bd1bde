package org.luoshi.reading.files;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Automatic numbering as Word counts it: each list has up to nine levels, a level starts again when a higher one
 * advances.
 */
final class Numbering {
    static final int LEVELS = 9;

    /**
     * One level of a list.
     *
     * @param pattern the mark with {@code %1} to {@code %9} for the number of each level, such as {@code （%2）}
     * @param restart the level (1 to 9) whose advance starts this one again, 0 for never, -1 for any higher one
     */
    record Level(int start, String format, String pattern, int restart, boolean arabicOnly) {}

    /** A list: levels by depth, and the key of the counter that it shares with lists of one origin. */
    record Definition(String counter, Level[] levels, Integer[] overrides) {}

    private final Map<String, Definition> definitions = new HashMap<>();
    private final Map<String, int[]> counters = new HashMap<>();
    private final Map<String, Boolean> overridden = new HashMap<>();

    void define(String list, Definition definition) {
        definitions.put(list, definition);
    }

    /** The mark of the next paragraph of a list, empty for bullets and unknown lists. */
    String next(String list, int depth) {
        @Nullable Definition definition = definitions.get(list);
        if (definition == null || depth < 0 || depth >= LEVELS) {
            return "";
        }
        Level[] levels = definition.levels();
        Level level = levels[depth];
        if (level == null) {
            return "";
        }
        int[] counts = counters.computeIfAbsent(definition.counter(), k -> new int[LEVELS]);
        if (overridden.put(list, true) == null) {
            for (int i = 0; i < LEVELS; i++) {
                if (definition.overrides()[i] != null) {
                    counts[i] = 0;
                }
            }
        }
        for (int i = 0; i < depth; i++) {
            if (counts[i] == 0) {
                counts[i] = start(definition, i);
            }
        }
        counts[depth] = counts[depth] == 0 ? start(definition, depth) : counts[depth] + 1;
        for (int i = depth + 1; i < LEVELS; i++) {
            Level lower = levels[i];
            boolean again = lower == null || lower.restart() < 0 || (lower.restart() > 0 && depth < lower.restart());
            if (again) {
                counts[i] = 0;
            }
        }
        return mark(definition, level, counts);
    }

    private static int start(Definition definition, int depth) {
        Integer override = definition.overrides()[depth];
        Level level = definition.levels()[depth];
        int start = override != null ? override : level == null ? 1 : level.start();
        return Math.max(1, start);
    }

    private static String mark(Definition definition, Level level, int[] counts) {
        if (level.format().equals("bullet") || level.format().equals("none")) {
            return "";
        }
        StringBuilder mark = new StringBuilder();
        String pattern = level.pattern();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '%' && i + 1 < pattern.length() && pattern.charAt(i + 1) >= '1' && pattern.charAt(i + 1) <= '9') {
                int depth = pattern.charAt(++i) - '1';
                Level of = definition.levels()[depth];
                String format = level.arabicOnly() || of == null ? "decimal" : of.format();
                mark.append(number(Math.max(1, counts[depth]), format));
            } else {
                mark.append(c);
            }
        }
        return mark.toString();
    }

    /** A number in one of Word's number formats; an unknown format counts in digits. */
    static String number(int n, String format) {
        return switch (format) {
            case "bullet", "none" -> "";
            case "chineseCounting",
                    "chineseCountingThousand",
                    "japaneseCounting",
                    "taiwaneseCounting",
                    "taiwaneseCountingThousand" -> chinese(n, "零一二三四五六七八九", "十百千");
            case "chineseLegalSimplified", "ideographLegalTraditional" -> chinese(n, "零壹贰叁肆伍陆柒捌玖", "拾佰仟");
            case "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital" -> digits(n, '〇', "一二三四五六七八九");
            case "ideographTraditional" -> n <= 10 ? "甲乙丙丁戊己庚辛壬癸".substring(n - 1, n) : Integer.toString(n);
            case "decimalFullWidth" -> digits(n, '０', "１２３４５６７８９");
            case "decimalZero" -> n < 10 ? "0" + n : Integer.toString(n);
            case "decimalEnclosedCircle", "decimalEnclosedCircleChinese" ->
                n <= 20 ? String.valueOf((char) ('①' + n - 1)) : Integer.toString(n);
            case "decimalEnclosedParen" -> "(" + n + ")";
            case "decimalEnclosedFullstop" -> n + ".";
            case "upperLetter" -> letters(n, 'A');
            case "lowerLetter" -> letters(n, 'a');
            case "upperRoman" -> roman(n);
            case "lowerRoman" -> roman(n).toLowerCase(java.util.Locale.ROOT);
            default -> Integer.toString(n);
        };
    }

    private static String chinese(int n, String digits, String ranks) {
        if (n >= 10_000) {
            return Integer.toString(n);
        }
        StringBuilder words = new StringBuilder();
        int[] places = {1000, 100, 10, 1};
        boolean gap = false;
        for (int i = 0; i < places.length; i++) {
            int digit = n / places[i] % 10;
            if (digit == 0) {
                gap = !words.isEmpty();
                continue;
            }
            if (gap) {
                words.append(digits.charAt(0));
                gap = false;
            }
            boolean plainTen = places[i] == 10 && digit == 1 && words.isEmpty();
            if (!plainTen) {
                words.append(digits.charAt(digit));
            }
            if (places[i] > 1) {
                words.append(ranks.charAt(places.length - 2 - i));
            }
        }
        return words.toString();
    }

    private static String digits(int n, char zero, String rest) {
        StringBuilder out = new StringBuilder();
        for (char c : Integer.toString(n).toCharArray()) {
            out.append(c == '0' ? zero : rest.charAt(c - '1'));
        }
        return out.toString();
    }

    private static String letters(int n, char first) {
        // Word goes on with AA, BB, CC after Z; no list is long enough for more than a few.
        int repeat = Math.min(8, (n - 1) / 26 + 1);
        return String.valueOf((char) (first + (n - 1) % 26)).repeat(repeat);
    }

    private static String roman(int n) {
        if (n >= 4000) {
            return Integer.toString(n);
        }
        int[] values = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
        String[] signs = {"M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"};
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            while (n >= values[i]) {
                out.append(signs[i]);
                n -= values[i];
            }
        }
        return out.toString();
    }
}
