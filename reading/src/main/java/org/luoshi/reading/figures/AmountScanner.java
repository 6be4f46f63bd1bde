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
    private static final WordFile UNIT_WORDS = WordFile.load("units.txt");
    private static final Trie UNITS = Trie.forward(
            UNIT_WORDS.numbered("count", "measure", "money", "time", "percent", "points", "times", "place", "score"));
    private static final WordFile MODIFIER_WORDS = WordFile.load("modifiers.txt");
    private static final Trie LEFT =
            Trie.backward(MODIFIER_WORDS.numbered("atLeast", "atMost", "below", "about", "reach", "within"));
    private static final Trie RIGHT =
            Trie.forward(MODIFIER_WORDS.numbered("rightAtLeast", "rightAtMost", "rightAbout", "rightMore"));
    private static final Sort[] SORTS = Sort.values();
    private static final Left[] LEFTS = Left.values();
    private static final Right[] RIGHTS = Right.values();
    private static final int MAX_MULTIPLIERS = 2;
    /** Behind a hidden place name these are words, not units: xx首次, xx对. */
    private static final String MASKLESS = "首对分方度把束管期道味员出字页词组队团级";

    private final Numeral numeral = new Numeral();

    // What unit() found last.
    private int unitStart;
    private int unitEnd;
    private Sort sort = Sort.BARE;
    private boolean more;
    private final StringBuilder unit = new StringBuilder();

    /** Adds the amounts between two offsets in the order of the text. */
    void scan(String text, int from, int to, List<Amount> found) {
        int first = found.size();
        scanAll(text, from, to, found);
        int kept = first;
        for (int k = first; k < found.size(); k++) {
            Amount amount = found.get(k);
            boolean sized = kept > first && sizes(text, found.get(kept - 1), amount, to);
            if (!sized
                    && !classes(text, amount, to)
                    && (k + 1 == found.size() || !describes(text, amount, found.get(k + 1)))) {
                found.set(kept++, amount);
            }
        }
        found.subList(kept, found.size()).clear();
    }

    /** 50亿元以上项目3个, 3岁以下婴幼儿托位数4个: the first amount says which things the second counts. */
    private static boolean describes(String text, Amount a, Amount b) {
        boolean named = a.end() < text.length() && text.charAt(a.end()) == '的';
        boolean bounded = named && a.left() == Left.AT_LEAST
                || a.right() == Right.AT_LEAST
                || a.right() == Right.AT_MOST
                || a.left() == Left.AT_LEAST && a.sort() == Sort.MONEY;
        int gap = b.start() - a.end();
        if (!bounded || gap < 1 || gap > 40 || b.rank() != Rank.NONE) {
            return false;
        }
        if ("占增同较比居达、，和及与（并其".indexOf(text.charAt(a.end())) >= 0) {
            return false;
        }
        for (int i = a.end(); i < b.start(); i++) {
            char c = text.charAt(i);
            if (Features.isClauseEnd(c) || c == '、') {
                return false;
            }
        }
        return true;
    }

    /** 5亿元以上项目全部开工, 投资5亿元以上的企业: an amount that only says which ones are meant. */
    private static boolean classes(String text, Amount a, int to) {
        if (a.sort() != Sort.MONEY || a.right() != Right.AT_LEAST && a.right() != Right.AT_MOST) {
            return false;
        }
        int limit = Math.min(to, a.end() + CLASS_REACH);
        for (String noun : CLASSES) {
            int at = text.indexOf(noun, a.end(), limit);
            if (at >= 0 && isHanRun(text, a.end(), at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHanRun(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isHan(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static final String[] CLASSES = {"项目", "企业", "产业", "集群", "工程", "园区", "主体", "单位"};
    private static final int CLASS_REACH = 10;

    /** 6家企业营业收入超百亿元: the second amount says which ones the first counts. */
    private static boolean sizes(String text, Amount a, Amount b, int to) {
        int gap = b.start() - a.end();
        if (a.sort() != Sort.COUNT
                || b.sort() != Sort.MONEY
                || b.left() != Left.AT_LEAST
                || gap < 3
                || gap > 18
                || b.end() < to && !isClosing(text.charAt(b.end()))) {
            return false;
        }
        for (int i = a.end(); i < b.start(); i++) {
            char c = text.charAt(i);
            if (Features.isClauseEnd(c) || "、资额值总".indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }

    private void scanAll(String text, int from, int to, List<Amount> found) {
        int i = from;
        while (i < to) {
            char c = text.charAt(i);
            Numeral.Begin begin = Numeral.begins(c);
            if (begin == Numeral.Begin.NOTHING) {
                if (c == '首' && i + 1 < to && text.charAt(i + 1) == '位' && ranks(text, i, from)) {
                    found.add(foremost(i));
                } else if (c == '番' && i > from && text.charAt(i - 1) == '翻') {
                    found.add(doubled(i));
                }
                i++;
            } else if (c == '零' && i > from && text.charAt(i - 1) == '清') {
                if (statesCleared(text, i, from, to)) {
                    found.add(cleared(i));
                }
                i++;
            } else if (c == '零' && statesNone(text, i, to)) {
                found.add(none(i));
                i++;
            } else if (inWord(text, i, from)) {
                i = skipWord(text, i, to);
            } else {
                i = amount(text, i, from, to, found);
            }
        }
    }

    /** 实现清零 at the end of a clause is a result; 动态清零 and 清零行动 are names. */
    private static boolean statesCleared(String text, int at, int from, int to) {
        int start = Features.clauseStart(text, from, at);
        boolean ends = at + 1 >= to || isClosing(text.charAt(at + 1));
        return ends && at - start > 4;
    }

    /** 零事故, “零”发案: nought of something that is counted. */
    private static boolean statesNone(String text, int at, int to) {
        int i = at + 1 < to && text.charAt(at + 1) == '”' ? at + 2 : at + 1;
        for (String word : NONE_OF) {
            if (text.startsWith(word, i) && i + word.length() <= to) {
                return true;
            }
        }
        return false;
    }

    private static final String[] NONE_OF = {"发生", "发案", "增长", "伤亡", "死亡", "事故", "超标", "自付", "复发", "上访", "感染"};

    private static Amount none(int at) {
        return new Amount(
                at,
                at,
                at + 1,
                at + 1,
                at + 1,
                at + 1,
                Form.CHINESE,
                BigDecimal.ZERO,
                null,
                null,
                Sort.BARE,
                Rank.NONE,
                Left.NONE,
                Right.NONE,
                false);
    }

    /** A number that belongs to a name of Latin letters: PM2.5, G328, 4+X. */
    private static boolean inWord(String text, int at, int from) {
        if (at == from) {
            return false;
        }
        char before = text.charAt(at - 1);
        return isLetter(before) && !isMaskLetter(text.charAt(at)) || before == '#';
    }

    private static boolean isLetter(char c) {
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
        boolean unitFound = ownUnit == null && unit(text, numberEnd, to);
        BigDecimal value2 = null;
        boolean range = false;
        int second = rangeEnd(text, unitFound ? unitEnd : numberEnd, to);
        if (second > 0 && ownUnit == null && !fromTo(before)) {
            String firstUnit = unitFound ? unit.toString() : null;
            int keepStart = unitStart;
            int keepEnd = unitEnd;
            Sort keepSort = sort;
            boolean keepMore = more;
            if (numeral.read(text, second, to)
                    && !numeral.bare
                    && unit(text, numeral.end, to)
                    && (firstUnit == null
                            || firstUnit.contentEquals(unit)
                            || unit.toString().endsWith(firstUnit))) {
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
                unitStart = keepStart;
                unitEnd = keepEnd;
                sort = keepSort;
                more = keepMore;
                unit.setLength(0);
                if (firstUnit != null) {
                    unit.append(firstUnit);
                }
            }
        }
        if (ownUnit != null) {
            unitStart = numberEnd;
            unitEnd = numberEnd;
            unit.setLength(0);
            unit.append(ownUnit);
            sort = Sort.PERCENT;
            more = false;
            unitFound = true;
        }
        Rank rank = before == '前' ? Rank.FRONT : Rank.NONE;
        if (rank == Rank.NONE && sort == Sort.PLACE && unit.indexOf("名") >= 0) {
            sort = Sort.COUNT;
        }
        if (!unitFound) {
            return unitless(text, at, from, to, numberEnd, form, value, rank, found);
        }
        if (rank == Rank.FRONT && sort != Sort.PLACE
                || unitEnd < to && text.charAt(unitEnd) == '级'
                || before == '每'
                || policy(text, before, to)
                || before == '过' && passes(text, numberStart, unitEnd, from, to)
                || form == Form.MASK && unit.length() == 1 && MASKLESS.indexOf(unit.charAt(0)) >= 0
                || form == Form.CHINESE && !counts(text, numberStart, from, value, bare)) {
            return unitEnd;
        }
        if (value != null
                && form == Form.DIGITS
                && sort == Sort.PERCENT
                && !range
                && isMinus(text, numberStart, from)) {
            numberStart--;
            value = value.negate();
        }
        Left left = left(text, numberStart, from, bare);
        if (bare && left == Left.NONE && !more) {
            return unitEnd;
        }
        if (sort == Sort.TIME
                && "年".contentEquals(unit)
                && !continuous(text, numberStart, from)
                && !isSpan(text, numberStart, from, value)) {
            return unitEnd;
        }
        int end = right(text, unitEnd, to);
        Right right = more ? Right.MORE : rightFound;
        int start = rank == Rank.FRONT ? at - 1 : leftStart;
        found.add(new Amount(
                start,
                numberStart,
                numberEnd,
                unitStart,
                unitEnd,
                end,
                form,
                form == Form.MASK ? null : value,
                value2,
                unit.toString(),
                sort,
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

    private static boolean isHan(char c) {
        return c >= '\u4e00' && c <= '\u9fff';
    }

    /** 从5个到10个 are two amounts, not a range. */
    private static boolean fromTo(char before) {
        return before == '从' || before == '由';
    }

    /** 省政40条, 新政15条: the number of a policy's articles is its name. */
    private boolean policy(String text, char before, int to) {
        return "条".contentEquals(unit)
                && "发政办".indexOf(before) >= 0
                && (unitEnd >= to || isClosing(text.charAt(unitEnd)));
    }

    /** 3个过千亿元产业: the size of the things that are counted. */
    private boolean passes(String text, int at, int end, int from, int to) {
        boolean verb = at - 2 >= from && "超突通跨迈越经".indexOf(text.charAt(at - 2)) >= 0;
        return !verb && sort != Sort.PERCENT && end < to && !isClosing(text.charAt(end));
    }

    /** 一 counts only in 一倍, 一番, 一成 and its like; elsewhere it is an article. */
    private boolean counts(String text, int at, int from, @Nullable BigDecimal value, boolean bare) {
        if (value == null || bare || !value.equals(BigDecimal.ONE)) {
            return true;
        }
        return sort == Sort.TIMES
                || sort == Sort.PERCENT
                || sort == Sort.PLACE && at > from && text.charAt(at - 1) == '前';
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
        Left left = left(text, at, from, false);
        found.add(new Amount(
                rank == Rank.FRONT ? at - 1 : leftStart,
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

    private static boolean isClosing(char c) {
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
            if (unit(text, end, to)) {
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
        boolean placed = unit(text, end, to) && sort == Sort.PLACE;
        if (!placed && places.size() == 1 && motto(text, at, from)) {
            return end;
        }
        boolean closed = end >= to || isClosing(text.charAt(end));
        if (!placed && !closed) {
            return end;
        }
        String name = placed ? unit.toString() : null;
        for (int k = 0; k < places.size(); k++) {
            int[] place = places.get(k);
            boolean last = k == places.size() - 1;
            int behind = last && placed ? unitEnd : place[1];
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
        return placed ? unitEnd : end;
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

    /** 首位 is a rank behind the field that it leads: 居全国首位. */
    private static boolean ranks(String text, int at, int from) {
        char before = at > from ? text.charAt(at - 1) : '\0';
        return "国省市区县界球部居列类州位".indexOf(before) >= 0;
    }

    private static Amount foremost(int at) {
        return new Amount(
                at,
                at,
                at + 1,
                at + 1,
                at + 2,
                at + 2,
                Form.CHINESE,
                BigDecimal.ONE,
                null,
                "位",
                Sort.PLACE,
                Rank.ORDINAL,
                Left.NONE,
                Right.NONE,
                false);
    }

    /** 翻番: the number is left unsaid. */
    private static Amount doubled(int at) {
        return new Amount(
                at - 1,
                at - 1,
                at,
                at,
                at + 1,
                at + 1,
                Form.CHINESE,
                BigDecimal.ONE,
                null,
                "番",
                Sort.TIMES,
                Rank.NONE,
                Left.NONE,
                Right.NONE,
                false);
    }

    /** 清零 states nought. */
    private static Amount cleared(int at) {
        return new Amount(
                at - 1,
                at,
                at + 1,
                at + 1,
                at + 1,
                at + 1,
                Form.CHINESE,
                BigDecimal.ZERO,
                null,
                null,
                Sort.BARE,
                Rank.NONE,
                Left.NONE,
                Right.NONE,
                false);
    }

    /** Reads multipliers and unit from {@code at}; 多, 余 may stand before either. */
    private boolean unit(String text, int at, int to) {
        unit.setLength(0);
        more = false;
        int i = skipBlanks(text, at, to);
        unitStart = i;
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
            unitEnd = i;
            return multipliers > 0 && i < to && text.charAt(i) != '级' && text.charAt(i - 1) != '十';
        }
        unit.append(text, i, i + length);
        i += length;
        i = per(text, i, to);
        unitEnd = i;
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
        if (isLetter(last) && end < to && isLetter(text.charAt(end))) {
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

    private static int skipBlanks(String text, int at, int to) {
        int i = at;
        while (i < to && i < at + 2 && isBlank(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\u3000' || c == '\u00a0';
    }

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

    private int leftStart;

    private Left left(String text, int numberStart, int from, boolean bare) {
        int at = numberStart;
        while (at > from && isBlank(text.charAt(at - 1))) {
            at--;
        }
        Left found = Left.NONE;
        leftStart = numberStart;
        for (int k = 0; k < 3; k++) {
            long match = LEFT.match(text, at, from);
            if (match == 0) {
                break;
            }
            at -= Trie.length(match);
            leftStart = at;
            Left next = LEFTS[Trie.number(match)];
            if (found == Left.NONE || found == Left.ABOUT || found == Left.REACH && next == Left.WITHIN) {
                found = found == Left.ABOUT && next == Left.REACH ? Left.ABOUT : next;
            }
        }
        if (found == Left.NONE && bare && at > from) {
            char c = text.charAt(at - 1);
            if (c == '上' || c == '过') {
                leftStart = at - 1;
                return Left.AT_LEAST;
            }
        }
        return found;
    }

    private Right rightFound = Right.NONE;

    private int right(String text, int at, int to) {
        rightFound = Right.NONE;
        int i = footnote(text, skipBlanks(text, at, to), to);
        if (i < to && (text.charAt(i) == '（' || text.charAt(i) == '(') && text.startsWith("含）", i + 1)) {
            i += 3;
        }
        long match = RIGHT.match(text, i, to);
        if (match == 0) {
            return at;
        }
        rightFound = RIGHTS[Trie.number(match)];
        return i + Trie.length(match);
    }

    /** Passes over a footnote mark such as [1]. */
    private static int footnote(String text, int at, int to) {
        if (at + 2 < to && (text.charAt(at) == '[' || text.charAt(at) == '〔' || text.charAt(at) == '【')) {
            int i = at + 1;
            while (i < to && i < at + 4 && Numeral.isDigit(text.charAt(i))) {
                i++;
            }
            if (i > at + 1 && i < to && (text.charAt(i) == ']' || text.charAt(i) == '〕' || text.charAt(i) == '】')) {
                return i + 1;
            }
        }
        return at;
    }
}
