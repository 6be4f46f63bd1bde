package org.luoshi.reading.figures;

import org.luoshi.reading.figures.Amount.Sort;

/** Reads what follows a number: multipliers and unit, as in 万吨/年. One reader serves one thread. */
final class UnitReader {
    private static final WordFile UNIT_WORDS = WordFile.load("units.txt");
    private static final Trie UNITS = Trie.forward(
            UNIT_WORDS.numbered("count", "measure", "money", "time", "percent", "points", "times", "place", "score"));
    private static final Sort[] SORTS = Sort.values();
    private static final int MAX_MULTIPLIERS = 2;

    // What was read last.
    int start;
    int end;
    Sort sort = Sort.BARE;
    boolean more;
    final StringBuilder unit = new StringBuilder();

    /** Reads multipliers and unit from {@code at}; 多, 余 may stand before either. */
    boolean read(String text, int at, int to) {
        unit.setLength(0);
        more = false;
        int i = skipBlanks(text, at, to);
        start = i;
        int multipliers = 0;
        while (i < to) {
            char c = text.charAt(i);
            if (c == '多' || c == '余' || c == '几') {
                more = true;
                i = skipBlanks(text, i + 1, to);
                continue;
            }
            if (multipliers < MAX_MULTIPLIERS && isMultiplier(c) && unitAt(text, i, to) == 0) {
                unit.append(c);
                multipliers++;
                i = skipBlanks(text, i + 1, to);
                continue;
            }
            break;
        }
        int length = unitAt(text, i, to);
        if (length == 0) {
            // 80万重点群体: the unit is left unsaid
            sort = Sort.COUNT;
            end = i;
            return multipliers > 0 && i < to && text.charAt(i) != '级' && text.charAt(i - 1) != '十';
        }
        unit.append(text, i, i + length);
        i += length;
        i = per(text, i, to);
        end = i;
        return true;
    }

    private static boolean isMultiplier(char c) {
        return c == '万' || c == '亿' || c == '千' || c == '百' || c == '十';
    }

    private int unitAt(String text, int at, int to) {
        long match = UNITS.match(text, at, to);
        if (match == 0) {
            return 0;
        }
        int length = Trie.length(match);
        int end = at + length;
        char last = text.charAt(end - 1);
        // 5G, 8K and units of letters end where the letters end.
        if (AmountScanner.isLetter(last) && end < to && AmountScanner.isLetter(text.charAt(end))) {
            return 0;
        }
        sort = SORTS[Trie.number(match)];
        return length;
    }

    /** 万吨/年, 间/万人, 套（户）. */
    private int per(String text, int at, int to) {
        if (at + 1 >= to) {
            return at;
        }
        char c = text.charAt(at);
        Sort keep = sort;
        if (c == '/' || c == '／') {
            int i = at + 1;
            while (i < to && isMultiplier(text.charAt(i)) && unitAt(text, i, to) == 0) {
                i++;
            }
            int length = unitAt(text, i, to);
            if (length > 0) {
                unit.append(text, at, i + length);
                sort = keep;
                return i + length;
            }
            char by = text.charAt(at + 1);
            if (by == '日' || by == '年' || by == '月') {
                unit.append(text, at, at + 2);
                return at + 2;
            }
        } else if (c == '（' || c == '(') {
            int length = unitAt(text, at + 1, to);
            int close = at + 1 + length;
            sort = keep;
            if (length > 0 && length <= 2 && close < to && (text.charAt(close) == '）' || text.charAt(close) == ')')) {
                unit.append(text, at, close + 1);
                return close + 1;
            }
        }
        sort = keep;
        return at;
    }

    static int skipBlanks(String text, int at, int to) {
        int i = at;
        while (i < to && i < at + 2 && isBlank(text.charAt(i))) {
            i++;
        }
        return i;
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\u3000' || c == '\u00a0';
    }
}
