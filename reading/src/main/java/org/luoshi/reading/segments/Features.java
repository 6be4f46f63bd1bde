package org.luoshi.reading.segments;

import java.util.Arrays;
import org.luoshi.reading.outline.Stops;

/**
 * What the model looks at in a segment, as numbers of buckets. Grams are runs of characters, with digits and masks as one
 * sign, so that **家 and 500家 look alike; marks are facts about where the segment stands and what is around it.
 *
 * <p>One object serves one thread. A segment costs at most {@link #HEAD} + {@link #TAIL} characters.
 */
final class Features {
    static final int HEAD = 360;
    static final int TAIL = 80;
    /** A feature falls into one of 2^BITS buckets. */
    static final int BITS = 18;

    private static final int CAPACITY = 10 * (HEAD + TAIL) + 256;
    private static final char NUMBER = '0';

    final int[] ids = new int[CAPACITY];
    /** Offset in the text where the gram begins. */
    final int[] where = new int[CAPACITY];
    /** Offset in the text where the gram ends. */
    final int[] until = new int[CAPACITY];
    /** {@code ids[0..grams)} are grams, {@code ids[grams..count)} are marks. */
    int grams;

    int count;

    private final Spread spread;
    private final int[] pairLevels = new int[4];
    private final int[] tripleLevels = new int[4];
    private final char[] signs = new char[HEAD + TAIL];
    private final int[] offsets = new int[HEAD + TAIL];
    private int length;
    private int numbers;
    private int percents;
    private int quotes;
    private int commas;
    private int lists;

    Features(Spread spread) {
        this.spread = spread;
    }

    void read(Layout layout, int i) {
        count = 0;
        normalise(layout, i);
        int role = layout.role[i];
        grams(role);
        grams = count;
        marks(layout, i, role);
    }

    private void normalise(Layout layout, int i) {
        length = 0;
        numbers = 0;
        percents = 0;
        quotes = 0;
        commas = 0;
        lists = 0;
        int from = layout.start[i];
        int to = layout.end[i];
        if (to - from <= HEAD + TAIL) {
            normalise(layout.text, from, to);
        } else {
            normalise(layout.text, from, from + HEAD);
            normalise(layout.text, to - TAIL, to);
        }
    }

    private void normalise(String text, int from, int to) {
        for (int at = from; at < to; at++) {
            char sign = sign(text.charAt(at));
            switch (sign) {
                case NUMBER -> {
                    if (length > 0 && signs[length - 1] == NUMBER) {
                        continue;
                    }
                    numbers++;
                }
                case '.' -> {
                    // The point of 5.5 and x.x belongs to the number.
                    if (length > 0
                            && signs[length - 1] == NUMBER
                            && at + 1 < to
                            && sign(text.charAt(at + 1)) == NUMBER) {
                        continue;
                    }
                }
                case '%' -> percents++;
                case '“' -> quotes++;
                case '，' -> commas++;
                case '、' -> lists++;
                case ' ' -> {
                    continue;
                }
                default -> {}
            }
            signs[length] = sign;
            offsets[length++] = at;
        }
    }

    static boolean isHan(int c) {
        return c >= '\u4e00' && c <= '\u9fff';
    }

    static int two(int before, int c) {
        return before * 0x9E3779B1 + c * 0x85EBCA6B;
    }

    static int three(int before2, int before, int c) {
        return before2 * 0xC2B2AE35 + two(before, c);
    }

    private static char sign(char c) {
        if (isHan(c)) {
            return c;
        }
        if (c >= '0' && c <= '9') {
            return NUMBER;
        }
        return switch (c) {
            case '*', 'x', 'X', '×', '＊' -> NUMBER;
            case '％', '‰' -> '%';
            case ',' -> '，';
            case ':' -> '：';
            case '(' -> '（';
            case ')' -> '）';
            case '"', '”', '’', '‘', '「', '」' -> '”';
            case '．' -> '.';
            default -> {
                if (c >= '０' && c <= '９') {
                    yield NUMBER;
                }
                if (c >= 'a' && c <= 'z') {
                    yield (char) (c - 32);
                }
                yield Stops.isBlank(c) ? ' ' : c;
            }
        };
    }

    private void grams(int role) {
        Arrays.fill(pairLevels, 0);
        Arrays.fill(tripleLevels, 0);
        int run = 0;
        int salt = (role + 1) * 0x3C6EF372;
        int before = '^';
        int before2 = '^';
        int clauseStart = 0;
        for (int k = 0; k <= length; k++) {
            int c = k < length ? signs[k] : '$';
            int at = k < length ? offsets[k] : offsets[Math.max(0, length - 1)];
            int two = two(before, c);
            int three = three(before2, before, c);
            run = isHan(c) ? run + 1 : 0;
            if (run > 1) {
                pairLevels[Spread.of(spread.pairs, Spread.bucket(two))]++;
                if (run > 2) {
                    tripleLevels[Spread.of(spread.triples, Spread.bucket(three))]++;
                }
            }
            int atTwo = k > 0 ? offsets[k - 1] : at;
            int atThree = k > 1 ? offsets[k - 2] : atTwo;
            int after = k < length ? at + 1 : at;
            gram(two ^ 0x11, atTwo, after);
            gram(two ^ salt, atTwo, after);
            gram(three ^ 0x2222, atThree, after);
            if (c == '，' || c == '$' || c == '：') {
                clause(clauseStart, k, salt, c == '：' ? 1 : 0);
                clauseStart = k + 1;
            }
            before2 = before;
            before = c;
        }
    }

    /** How a clause begins and ends: 建成 at its start is a task, 建成投用 at its end a result. */
    private void clause(int from, int to, int salt, int kind) {
        if (to - from < 2) {
            return;
        }
        int head = two(signs[from], signs[from + 1]);
        int tail = two(signs[to - 2], signs[to - 1]);
        gram(head ^ 0x333333, offsets[from], offsets[from + 1] + 1);
        gram(head ^ salt ^ 0x333333, offsets[from], offsets[from + 1] + 1);
        gram(tail ^ (0x444444 + kind), offsets[to - 2], offsets[to - 1] + 1);
        gram(tail ^ salt ^ (0x444444 + kind), offsets[to - 2], offsets[to - 1] + 1);
    }

    private void gram(int hash, int from, int to) {
        where[count] = from;
        until[count] = Math.max(from, to);
        ids[count++] = bucket(hash);
    }

    private void marks(Layout layout, int i, int role) {
        int len = lengthClass(layout.end[i] - layout.start[i]);
        int nums = Math.min(numbers, 3);
        int line = Math.min(layout.sinceLine[i], 3) * 2 + (layout.lastOfLine[i] ? 1 : 0);
        int since = Math.min(layout.sinceHeading[i], 4);
        int head = layout.heading[i] * 2 + (layout.bare[i] ? 1 : 0);
        int quote = Math.min(quotes, 3);
        int comma = Math.min(commas, 5);
        int list = Math.min(lists, 3);
        int close = close(layout, layout.end[i]);
        mark(1, role);
        mark(2, role * 32 + len);
        mark(3, (role * 32 + len) * 4 + nums);
        mark(4, (role * 32 + line) * 32 + len);
        mark(5, (role * 16 + head) * 32 + len);
        mark(6, head);
        mark(7, (role * 8 + since) * 32 + len);
        mark(8, role * 8 + close);
        mark(9, (role * 8 + nums) * 4 + Math.min(percents, 2));
        mark(10, (role * 8 + quote) * 32 + len);
        mark(11, (role * 8 + comma) * 4 + list);
        mark(12, ((nums * 4 + quote) * 8 + comma) * 4 + list);
        mark(13, layout.said[i] & 0xFF);
        mark(14, role * 256 + (layout.said[i] & 0xFF));
        mark(15, role * 8 + layout.depth[i]);
        mark(16, role * 16 + (int) (10L * i / layout.size));
        mark(17, (layout.depth[i] * 8 + since) * 8 + line);
        neighbour(layout, i, -1, len, role);
        neighbour(layout, i, 1, len, role);
        neighbour(layout, i, 2, len, role);
        int back = Math.min(6, layout.terseBack[i]);
        int on = Math.min(6, layout.terseOn[i]);
        int terse = layout.terse[i] ? 1 : 0;
        mark(24, ((back * 8 + on) * 2 + terse) * 8 + role);
        mark(25, ((on * 2 + terse) * 32 + len) * 8 + role);
        mark(26, ((back * 2 + terse) * 32 + len) * 8 + role);
        mark(27, (layout.pace[i] * 32 + len) * 8 + role);
        mark(28, ((Math.min(layout.lineSize[i], 10) * 4 + Math.min(layout.sinceLine[i], 3)) * 32 + len) * 8 + role);
        mark(29, (alike(layout, i) * 32 + len) * 8 + role);
        mark(30, ((layout.heading[i] * 32 + len) * 4 + nums) * 4 + Math.min(comma, 3));
        int rare = amount(pairLevels[0]);
        int pairs = share(pairLevels);
        int triples = share(tripleLevels);
        mark(31, (rare * 32 + len) * 8 + role);
        mark(32, (pairs * 32 + len) * 8 + role);
        mark(33, (triples * 32 + len) * 8 + role);
        mark(34, ((triples * 16 + pairs) * 8 + rare) * 8 + role);
        mark(35, ((amount(pairLevels[0] + pairLevels[1]) * 4 + nums) * 4 + quote) * 8 + role);
        mark(36, ((amount(tripleLevels[3]) * 8 + amount(tripleLevels[0])) * 32 + len) * 8 + role);
        int first = layout.lineFirst[i];
        mark(18, startHash(layout, first, 2));
        mark(19, startHash(layout, first, 4));
        mark(20, startHash(layout, i, 4) ^ role * 0x51ED27);
        mark(21, startHash(layout, i, 3) ^ role * 0x51ED27);
        mark(22, endHash(layout, i, 4) ^ role * 0x51ED27);
        mark(23, endHash(layout, i, 3) ^ role * 0x51ED27);
    }

    private static int amount(int n) {
        return n < 4 ? n : n < 6 ? 4 : n < 10 ? 5 : n < 16 ? 6 : 7;
    }

    /** How common the characters' company is on the whole, 0..15. */
    private static int share(int[] levels) {
        int all = levels[0] + levels[1] + levels[2] + levels[3];
        return all == 0 ? 0 : 1 + 14 * (levels[1] + 2 * levels[2] + 3 * levels[3]) / (3 * all);
    }

    /** Whether a terse segment has a terse one near it that begins or ends with the same two characters. */
    private static int alike(Layout layout, int i) {
        if (!layout.terse[i] || layout.end[i] - layout.start[i] < 4) {
            return 0;
        }
        int start = startHash(layout, i, 2);
        int end = endHash(layout, i, 2);
        int found = 1;
        int to = Math.min(layout.size, i + 10);
        for (int k = Math.max(0, i - 9); k < to; k++) {
            if (k != i && layout.terse[k] && Math.abs(k - i) > 1) {
                found |= startHash(layout, k, 2) == start ? 2 : 0;
                found |= endHash(layout, k, 2) == end ? 4 : 0;
            }
        }
        return found;
    }

    private void neighbour(Layout layout, int i, int step, int len, int role) {
        int other = i + step;
        int type = 64 + (step + 2) * 8;
        if (other < 0 || other >= layout.size) {
            mark(type, 0);
            return;
        }
        int otherLen = lengthClass(layout.end[other] - layout.start[other]);
        boolean sameLine = layout.lineFirst[other] == layout.lineFirst[i];
        int relation = sameLine ? 1 : 0;
        mark(type, 1 + (otherLen * 32 + len) * 2 + relation);
        mark(type + 6, (((hasNumber(layout, other) ? 1 : 0) * 32 + otherLen) * 32 + len) * 16 + role * 2 + relation);
        mark(type + 1, (layout.heading[other] * 2 + (layout.bare[other] ? 1 : 0)) * 32 + len);
        mark(type + 2, (otherLen * 2 + relation) * 8 + role);
        if (step != 2) {
            mark(type + 3, startHash(layout, other, 2) * 2 + relation);
            mark(type + 4, endHash(layout, other, 2) * 2 + relation);
            mark(type + 5, (hasNumber(layout, other) ? 1 : 0) * 64 + len * 2 + relation);
        }
    }

    private static boolean hasNumber(Layout layout, int i) {
        int to = Math.min(layout.end[i], layout.start[i] + HEAD);
        for (int at = layout.start[i]; at < to; at++) {
            char c = layout.text.charAt(at);
            if ((c >= '0' && c <= '9') || c == '*' || c == 'x') {
                return true;
            }
        }
        return false;
    }

    private static int startHash(Layout layout, int i, int letters) {
        int hash = letters;
        int to = Math.min(layout.end[i], layout.start[i] + letters);
        for (int at = layout.start[i]; at < to; at++) {
            hash = hash * 0x01000193 + sign(layout.text.charAt(at));
        }
        return hash;
    }

    private static int endHash(Layout layout, int i, int letters) {
        int hash = letters;
        for (int at = Math.max(layout.start[i], layout.end[i] - letters); at < layout.end[i]; at++) {
            hash = hash * 0x01000193 + sign(layout.text.charAt(at));
        }
        return hash;
    }

    private static int close(Layout layout, int end) {
        if (end >= layout.text.length()) {
            return 0;
        }
        return switch (layout.text.charAt(end)) {
            case '。' -> 1;
            case '；', ';' -> 2;
            case '！', '!' -> 3;
            case '？', '?' -> 4;
            default -> 5;
        };
    }

    private static int lengthClass(int length) {
        if (length < 12) {
            return length / 2;
        }
        if (length < 24) {
            return 6 + (length - 12) / 3;
        }
        return length < 64 ? 10 + (length - 24) / 10 : length < 128 ? 14 : length < 256 ? 15 : 16;
    }

    private void mark(int type, int value) {
        ids[count++] = bucket(value * 0x9E3779B1 + type * 0x7FEB352D ^ 0x5bd1e995);
    }

    private static int bucket(int hash) {
        int mixed = hash * 0x2C1B3C6D;
        mixed ^= mixed >>> 15;
        mixed *= 0x297A2D39;
        return mixed >>> (32 - BITS);
    }
}
