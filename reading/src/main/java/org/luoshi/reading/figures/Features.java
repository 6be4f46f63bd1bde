package org.luoshi.reading.figures;

import java.util.Arrays;
import java.util.List;
import org.luoshi.reading.Outline;
import org.luoshi.reading.SegmentLabel;

/**
 * What the model sees of an amount: its own form and the characters around it, hashed. A buffer that is filled again for
 * each amount.
 */
final class Features {
    private static final int MAX = 96;
    private static final int REACH = 40;

    final int[] index = new int[MAX];
    int size;

    int[] copy() {
        return Arrays.copyOf(index, size);
    }

    private void add(int kind, int hash) {
        if (size < MAX) {
            int h = (kind * 0x9E3779B1) ^ (hash * 0x85EBCA77);
            h ^= h >>> 15;
            h *= 0x2C1B3C6D;
            h ^= h >>> 13;
            index[size++] = h & ((1 << LinearModel.BITS) - 1);
        }
    }

    private static int chars(String text, int from, int to) {
        int h = 17;
        for (int i = from; i < to; i++) {
            h = h * 31 + text.charAt(i);
        }
        return h;
    }

    /** Fills the buffer for the amount at {@code k} of a segment that spans {@code from..to}. */
    void fill(String text, int from, int to, List<Amount> amounts, int k, SegmentLabel label, Outline.Role role) {
        size = 0;
        Amount a = amounts.get(k);
        int sort = a.sort().ordinal();
        int form = a.form().ordinal();
        int unit = a.unit() == null ? 7 : a.unit().hashCode();
        int before = a.start();
        int after = a.end();
        add(1, 0);
        add(2, sort);
        add(3, unit);
        add(4, form);
        add(5, sort * 8 + form);
        add(6, unit * 8 + form);
        add(7, a.rank().ordinal());
        add(8, a.left().ordinal() * 16 + sort);
        add(9, a.right().ordinal() * 16 + sort);
        add(10, label.ordinal() * 100 + sort * 8 + form);
        add(11, role.ordinal() * 8 + form);
        add(12, size(a) * 8 + form);
        add(13, (size(a) * 8 + form) * 31 + unit);

        for (int n = 1; n <= 3; n++) {
            int start = Math.max(from, before - n);
            add(20 + n, chars(text, start, before));
            add(30 + n, chars(text, after, Math.min(to, after + n)));
        }
        add(40, chars(text, Math.max(from, before - 2), before) * 31 + form);
        add(41, chars(text, after, Math.min(to, after + 1)) * 31 + unit);
        add(42, chars(text, Math.max(from, before - 1), before) * 31 + unit);
        add(43, chars(text, after, Math.min(to, after + 2)) * 31 + form);

        int left = clauseStart(text, from, before);
        int right = clauseEnd(text, to, after);
        int leftLength = Math.min(6, before - left);
        int rightLength = Math.min(6, right - after);
        add(50, leftLength * 8 + form);
        add(51, rightLength * 8 + form);
        add(
                52,
                (leftLength > 0 ? 1 : 0)
                        + (rightLength > 0 ? 2 : 0)
                        + 4 * sort
                        + 64 * a.right().ordinal());
        add(53, (rightLength > 0 ? 1 : 0) + 2 * a.right().ordinal() + 16 * unit);
        add(54, chars(text, left, Math.min(before, left + 2)));
        add(55, chars(text, Math.max(after, right - 2), right));
        add(56, chars(text, Math.max(after, right - 2), right) * 31 + form);
        add(57, chars(text, Math.max(after, right - 1), right) * 31 + sort);
        for (int i = Math.max(left, before - 8); i + 2 <= before; i++) {
            add(58, chars(text, i, i + 2));
        }
        for (int i = after; i + 2 <= Math.min(right, after + 8); i++) {
            add(59, chars(text, i, i + 2));
        }

        int next = k + 1 < amounts.size() && amounts.get(k + 1).start() < right ? 1 : 0;
        int previous = k > 0 && amounts.get(k - 1).end() > left ? 1 : 0;
        add(60, next + 2 * previous + 4 * sort + 64 * a.right().ordinal());
        add(
                61,
                next * (1 + (k + 1 < amounts.size() ? amounts.get(k + 1).sort().ordinal() : 0))
                        + 16 * sort
                        + 256 * (a.right() == Amount.Right.NONE ? 0 : 1)
                        + 512 * (a.left() == Amount.Left.NONE ? 0 : 1));
        add(62, (next + 2 * previous) * 31 + unit);

        quotes(text, from, to, before, after, form, sort);
    }

    private static int size(Amount a) {
        if (a.value() == null) {
            return 0;
        }
        double v = a.value().doubleValue();
        if (a.value().scale() > 0) {
            return 1;
        }
        return v <= 10 ? 2 + (int) v : v < 100 ? 13 : v < 1000 ? 14 : 15;
    }

    private void quotes(String text, int from, int to, int before, int after, int form, int sort) {
        int open = -1;
        char mark = 0;
        for (int i = before - 1; i >= Math.max(from, before - REACH); i--) {
            char c = text.charAt(i);
            if (c == '”' || c == '》' || c == '）' || c == ')') {
                break;
            }
            if (c == '“' || c == '《' || c == '（' || c == '(') {
                open = i;
                mark = c;
                break;
            }
        }
        if (open < 0) {
            add(70, form);
            return;
        }
        char end = mark == '“' ? '”' : mark == '《' ? '》' : mark == '（' ? '）' : ')';
        int close = -1;
        for (int i = after; i < Math.min(to, after + REACH); i++) {
            if (text.charAt(i) == end) {
                close = i;
                break;
            }
        }
        int kind = mark == '“' ? 1 : mark == '《' ? 2 : 3;
        int start = before == open + 1 ? 1 : 0;
        int finish = close == after ? 1 : 0;
        int length = close < 0 ? 9 : Math.min(8, (close - open) / 3);
        add(71, kind * 100 + form);
        add(72, kind * 100 + start * 2 + finish + 4 * form);
        add(73, kind * 1000 + length * 10 + start * 2 + finish);
        add(74, kind * 1000 + sort * 10 + start * 2 + finish);
        add(75, close < 0 ? 0 : chars(text, Math.max(after, close - 2), close));
    }

    static int clauseStart(String text, int from, int at) {
        int i = at;
        int limit = Math.max(from, at - 400);
        while (i > limit && !isClauseEnd(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    static int clauseEnd(String text, int to, int at) {
        int i = at;
        int limit = Math.min(to, at + 400);
        while (i < limit && !isClauseEnd(text.charAt(i)) && text.charAt(i) != '、') {
            i++;
        }
        return i;
    }

    private static final boolean[] CLAUSE_ENDS = new boolean[1 << 16];

    static {
        for (char c : "，。；：,;:！？!?\n\r\t".toCharArray()) {
            CLAUSE_ENDS[c] = true;
        }
    }

    static boolean isClauseEnd(char c) {
        return CLAUSE_ENDS[c];
    }

    /** Where a word last starts at or before an offset and not before {@code from}, -1 where it does not. */
    static int last(String text, String word, int from, int at) {
        for (int i = Math.min(at, text.length() - word.length()); i >= from; i--) {
            if (text.startsWith(word, i)) {
                return i;
            }
        }
        return -1;
    }
}
