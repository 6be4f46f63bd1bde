package org.luoshi.reading.figures;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.figures.Amount.Form;
import org.luoshi.reading.figures.Amount.Left;
import org.luoshi.reading.figures.Amount.Rank;
import org.luoshi.reading.figures.Amount.Right;
import org.luoshi.reading.figures.Amount.Sort;

/**
 * Finds every amount of a stretch of text: a number that a unit follows, a rank, a fraction. Ordinals, years, dates,
 * class names such as 5A级 and letters with numbers such as G328 never become amounts. One scanner serves one thread.
 */
final class AmountScanner {
    /** Behind a hidden place name these are words, not units: xx首次, xx对. */
    private static final String MASKLESS = "首对分方度把束管期道味员出字页词组队团级";

    private final Numeral numeral = new Numeral();

    private final UnitReader units = new UnitReader();
    private final Bounds bounds = new Bounds();

    /** Adds the amounts between two offsets in the order of the text. */
    void scan(String text, int from, int to, List<Amount> found) {
        int first = found.size();
        scanAll(text, from, to, found);
        int kept = first;
        for (int k = first; k < found.size(); k++) {
            Amount amount = found.get(k);
            boolean sized = kept > first && Descriptions.sizes(text, found.get(kept - 1), amount, to);
            if (!sized
                    && !Descriptions.classes(text, amount, to)
                    && (k + 1 == found.size() || !Descriptions.describes(text, amount, found.get(k + 1)))) {
                found.set(kept++, amount);
            }
        }
        found.subList(kept, found.size()).clear();
    }

    private void scanAll(String text, int from, int to, List<Amount> found) {
        int i = from;
        while (i < to) {
            char c = text.charAt(i);
            Numeral.Begin begin = Numeral.begins(c);
            if (begin == Numeral.Begin.NOTHING) {
                if (c == '首' && i + 1 < to && text.charAt(i + 1) == '位' && FixedAmounts.ranks(text, i, from)) {
                    found.add(FixedAmounts.foremost(i));
                } else if (c == '番' && i > from && text.charAt(i - 1) == '翻') {
                    found.add(FixedAmounts.doubled(i));
                }
                i++;
            } else if (c == '零' && i > from && text.charAt(i - 1) == '清') {
                if (FixedAmounts.statesCleared(text, i, from, to)) {
                    found.add(FixedAmounts.cleared(i));
                }
                i++;
            } else if (c == '零' && FixedAmounts.statesNone(text, i, to)) {
                found.add(FixedAmounts.none(i));
                i++;
            } else if (inWord(text, i, from)) {
                i = skipWord(text, i, to);
            } else {
                i = amount(text, i, from, to, found);
            }
        }
    }

    /** A number that belongs to a name of Latin letters: PM2.5, G328, 4+X. */
    private static boolean inWord(String text, int at, int from) {
        if (at == from) {
            return false;
        }
        char before = text.charAt(at - 1);
        return isLetter(before) && !isMaskLetter(text.charAt(at)) || before == '#';
    }

    static boolean isLetter(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    private static boolean isMaskLetter(char c) {
        return c == 'x' || c == 'X';
    }

    private static int skipWord(String text, int at, int to) {
        int i = at;
        while (i < to && (Numeral.isDigit(text.charAt(i)) || isLetter(text.charAt(i)) || text.charAt(i) == '.')) {
            i++;
        }
        return Math.max(i, at + 1);
    }

    private int amount(String text, int at, int from, int to, List<Amount> found) {
        char before = at > from ? text.charAt(at - 1) : '\0';
        if (before == '第') {
            return ordinals(text, at, from, to, found);
        }
        if (!numeral.read(text, at, to)) {
            return numeral.end;
        }
        int numberStart = at;
        int numberEnd = numeral.end;
        Form form = numeral.form;
        BigDecimal value = numeral.value;
        String ownUnit = numeral.ownUnit;
        boolean bare = numeral.bare;
        if (form == Form.MASK && numberEnd < to && isLetter(text.charAt(numberEnd))) {
            return skipWord(text, numberEnd, to);
        }
        boolean unitFound = ownUnit == null && units.read(text, numberEnd, to);
        BigDecimal value2 = null;
        boolean range = false;
        int second = rangeEnd(text, unitFound ? units.end : numberEnd, to);
        if (second > 0 && ownUnit == null && !fromTo(before)) {
            String firstUnit = unitFound ? units.unit.toString() : null;
            int keepStart = units.start;
            int keepEnd = units.end;
            Sort keepSort = units.sort;
            boolean keepMore = units.more;
            if (numeral.read(text, second, to)
                    && !numeral.bare
                    && units.read(text, numeral.end, to)
                    && (firstUnit == null
                            || firstUnit.contentEquals(units.unit)
                            || units.unit.toString().endsWith(firstUnit))) {
                range = true;
                value2 = numeral.value;
                numberEnd = numeral.end;
                unitFound = true;
                form = numeral.form == Form.MASK ? Form.MASK : form;
                if (form == Form.MASK) {
                    value = null;
                    value2 = null;
                }
            } else {
                units.start = keepStart;
                units.end = keepEnd;
                units.sort = keepSort;
                units.more = keepMore;
                units.unit.setLength(0);
                if (firstUnit != null) {
                    units.unit.append(firstUnit);
                }
            }
        }
        if (ownUnit != null) {
            units.start = numberEnd;
            units.end = numberEnd;
            units.unit.setLength(0);
            units.unit.append(ownUnit);
            units.sort = Sort.PERCENT;
            units.more = false;
            unitFound = true;
        }
        Rank rank = before == '前' ? Rank.FRONT : Rank.NONE;
        if (rank == Rank.NONE && units.sort == Sort.PLACE && units.unit.indexOf("名") >= 0) {
            units.sort = Sort.COUNT;
        }
        if (!unitFound) {
            return unitless(text, at, from, to, numberEnd, form, value, rank, found);
        }
        if (rank == Rank.FRONT && units.sort != Sort.PLACE
                || units.end < to && text.charAt(units.end) == '级'
                || before == '每'
                || policy(text, before, to)
                || before == '过' && passes(text, numberStart, units.end, from, to)
                || form == Form.MASK && units.unit.length() == 1 && MASKLESS.indexOf(units.unit.charAt(0)) >= 0
                || form == Form.CHINESE && !counts(text, numberStart, from, value, bare)) {
            return units.end;
        }
        if (value != null
                && form == Form.DIGITS
                && units.sort == Sort.PERCENT
                && !range
                && isMinus(text, numberStart, from)) {
            numberStart--;
            value = value.negate();
        }
        Left left = bounds.left(text, numberStart, from, bare);
        if (bare && left == Left.NONE && !units.more) {
            return units.end;
        }
        if (units.sort == Sort.TIME
                && "年".contentEquals(units.unit)
                && !continuous(text, numberStart, from)
                && !isSpan(text, numberStart, from, value)) {
            return units.end;
        }
        int end = bounds.right(text, units.end, to);
        Right right = units.more ? Right.MORE : bounds.rightFound;
        int start = rank == Rank.FRONT ? at - 1 : bounds.leftStart;
        found.add(new Amount(
                start,
                numberStart,
                numberEnd,
                units.start,
                units.end,
                end,
                form,
                form == Form.MASK ? null : value,
                value2,
                units.unit.toString(),
                units.sort,
                rank,
                left,
                right,
                range));
        return end;
    }

    /** 增长-3%, 同比-4.2%: a sign, where words and not another number, letter or dash stand before it. */
    private static boolean isMinus(String text, int at, int from) {
        return at - 2 >= from && "-－−".indexOf(text.charAt(at - 1)) >= 0 && isHan(text.charAt(at - 2));
    }

    static boolean isHan(char c) {
        return c >= '\u4e00' && c <= '\u9fff';
    }

    /** 从5个到10个 are two amounts, not a range. */
    private static boolean fromTo(char before) {
        return before == '从' || before == '由';
    }

    /** 省政40条, 新政15条: the number of a policy's articles is its name. */
    private boolean policy(String text, char before, int to) {
        return "条".contentEquals(units.unit)
                && "发政办".indexOf(before) >= 0
                && (units.end >= to || isClosing(text.charAt(units.end)));
    }

    /** 3个过千亿元产业: the size of the things that are counted. */
    private boolean passes(String text, int at, int end, int from, int to) {
        boolean verb = at - 2 >= from && "超突通跨迈越经".indexOf(text.charAt(at - 2)) >= 0;
        return !verb && units.sort != Sort.PERCENT && end < to && !isClosing(text.charAt(end));
    }

    /** 一 counts only in 一倍, 一番, 一成 and its like; elsewhere it is an article. */
    private boolean counts(String text, int at, int from, @Nullable BigDecimal value, boolean bare) {
        if (value == null || bare || !value.equals(BigDecimal.ONE)) {
            return true;
        }
        return units.sort == Sort.TIMES
                || units.sort == Sort.PERCENT
                || units.sort == Sort.PLACE && at > from && text.charAt(at - 1) == '前';
    }

    /** 平均受教育年限11年, 10.2年: years that measure, not a date. */
    private static boolean isSpan(String text, int at, int from, @Nullable BigDecimal value) {
        return value != null
                && (value.scale() > 0
                        || value.intValue() < 100 && Features.last(text, "年限", Math.max(from, at - 6), at) >= 0);
    }

    private static boolean continuous(String text, int at, int from) {
        return at - 2 >= from && (text.startsWith("连续", at - 2) || at - 1 >= from && text.charAt(at - 1) == '续');
    }

    /** A number without a unit is an amount only as a rank (前十), or with a decimal point as an index or ratio. */
    private int unitless(
            String text,
            int at,
            int from,
            int to,
            int numberEnd,
            Form form,
            @Nullable BigDecimal value,
            Rank rank,
            List<Amount> found) {
        boolean opens = at > from && fromTo(text.charAt(at - 1));
        boolean closed = !numeral.bare && (opens || numberEnd >= to || isClosing(text.charAt(numberEnd)));
        boolean led = at > from && "为至到达从由是过:：∶︰".indexOf(text.charAt(at - 1)) >= 0;
        boolean index = rank == Rank.NONE && value != null && value.scale() > 0 && form == Form.DIGITS && led;
        if (!closed || rank == Rank.NONE && !index) {
            return numberEnd;
        }
        Left left = bounds.left(text, at, from, false);
        found.add(new Amount(
                rank == Rank.FRONT ? at - 1 : bounds.leftStart,
                at,
                numberEnd,
                numberEnd,
                numberEnd,
                numberEnd,
                form,
                value,
                null,
                null,
                Sort.BARE,
                rank,
                left,
                Right.NONE,
                false));
        return numberEnd;
    }

    static boolean isClosing(char c) {
        return ":∶︰，。；、,;！!）)”’ 和及与或并".indexOf(c) >= 0;
    }

    /** 第五位, 第一、二、三位, 第5、第6位; ordinals of other things are passed over. */
    private int ordinals(String text, int at, int from, int to, List<Amount> found) {
        List<int[]> places = new ArrayList<>(2);
        List<@Nullable BigDecimal> values = new ArrayList<>(2);
        List<Form> forms = new ArrayList<>(2);
        int i = at;
        int end = at;
        while (i < to && numeral.read(text, i, to) && !numeral.bare && numeral.ownUnit == null) {
            places.add(new int[] {i, numeral.end});
            values.add(numeral.value);
            forms.add(numeral.form);
            end = numeral.end;
            if (units.read(text, end, to)) {
                break;
            }
            int next = end;
            if (next < to && "、和及与".indexOf(text.charAt(next)) >= 0) {
                next++;
                if (next < to && text.charAt(next) == '第') {
                    next++;
                }
            }
            if (next == end || next >= to || Numeral.begins(text.charAt(next)) == Numeral.Begin.NOTHING) {
                break;
            }
            i = next;
        }
        if (places.isEmpty()) {
            return Math.max(numeral.end, at + 1);
        }
        boolean placed = units.read(text, end, to) && units.sort == Sort.PLACE;
        if (!placed && places.size() == 1 && motto(text, at, from)) {
            return end;
        }
        boolean closed = end >= to || isClosing(text.charAt(end));
        if (!placed && !closed) {
            return end;
        }
        String name = placed ? units.unit.toString() : null;
        for (int k = 0; k < places.size(); k++) {
            int[] place = places.get(k);
            boolean last = k == places.size() - 1;
            int behind = last && placed ? units.end : place[1];
            int start = text.charAt(place[0] - 1) == '第' ? place[0] - 1 : place[0];
            found.add(new Amount(
                    Math.max(start, from),
                    place[0],
                    place[1],
                    place[1],
                    behind,
                    behind,
                    forms.get(k),
                    forms.get(k) == Form.MASK ? null : values.get(k),
                    null,
                    name,
                    placed ? Sort.PLACE : Sort.BARE,
                    Rank.ORDINAL,
                    Left.NONE,
                    Right.NONE,
                    false));
        }
        return placed ? units.end : end;
    }

    /** 安全第一, 健康第一 are mottos. */
    private static boolean motto(String text, int at, int from) {
        for (String word : MOTTOS) {
            if (at - 1 - word.length() >= from && text.startsWith(word, at - 1 - word.length())) {
                return true;
            }
        }
        return false;
    }

    private static final String[] MOTTOS = {"安全", "健康", "生命", "质量", "民生", "信誉", "群众", "人民", "环保", "生态"};

    /** Where the second number of a range starts, 0 where there is none. */
    private static int rangeEnd(String text, int at, int to) {
        if (at + 1 >= to) {
            return 0;
        }
        char c = text.charAt(at);
        boolean dash = "-－—–~～至到".indexOf(c) >= 0;
        if (!dash) {
            return 0;
        }
        int i = at + 1;
        if (text.charAt(i) == c && c == '—' && i + 1 < to) {
            i++;
        }
        return Numeral.begins(text.charAt(i)) == Numeral.Begin.NOTHING ? 0 : i;
    }
}
