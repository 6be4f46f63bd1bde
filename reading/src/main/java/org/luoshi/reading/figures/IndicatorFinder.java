package org.luoshi.reading.figures;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Figure.Basis;
import org.luoshi.reading.figures.Amount.Rank;
import org.luoshi.reading.figures.Amount.Right;
import org.luoshi.reading.figures.Amount.Sort;

/**
 * Finds what each figure of one segment measures: the words left of the number, the words right of it, or those of the
 * figure before; and what the value measures of it. Reads the figures from left to right, once.
 */
final class IndicatorFinder {
    /**
     * An indicator.
     *
     * @param start where its first word or the amount begins in the text
     * @param end where its last word or the amount ends
     * @param rule how it was found
     */
    record Found(String indicator, int start, int end, String rule) {}

    /** What later figures may lean on is cut to this many characters, so that no text makes it grow without end. */
    private static final int LONGEST = 80;

    private final String text;
    private final int from;
    private final int to;
    private final List<Amount> amounts;
    private final Found[] found;
    private final Basis[] bases;
    private final boolean[] falls;
    private final Right[] shared;
    private final Amount.Left[] sharedLeft;

    /** The verb and level that the members of a running list share. */
    private String verb = "";

    private String level = "";
    /** The indicator that a following clause without its own may lean on, without its verb. */
    private String noun = "";
    /** What a count of years was said of, for a rank or share in the same clause. */
    private String yearsOf = "";

    IndicatorFinder(String text, int from, int to, List<Amount> amounts) {
        this.text = text;
        this.from = from;
        this.to = to;
        this.amounts = amounts;
        int n = amounts.size();
        found = new Found[n];
        bases = new Basis[n];
        falls = new boolean[n];
        shared = new Right[n];
        sharedLeft = new Amount.Left[n];
        int k = 0;
        while (k < n) {
            int end = k + 1;
            while (end < n && joined(amounts.get(end - 1), amounts.get(end))) {
                end++;
            }
            group(k, end);
            k = end;
        }
    }

    Found at(int k) {
        return found[k];
    }

    Basis basis(int k) {
        return bases[k];
    }

    /** The value is a loss: 下降. */
    boolean falls(int k) {
        return falls[k];
    }

    /** The bound that opens the list which the figure is in. */
    Amount.Left sharedLeft(int k) {
        return sharedLeft[k];
    }

    /** The bound that closes the list which the figure is in. */
    Right sharedRight(int k) {
        return shared[k];
    }

    /** Only 、 or 和 stands between the two: one list of numbers. */
    private boolean joined(Amount a, Amount b) {
        int at = a.end();
        int marks = 0;
        while (at < b.start()) {
            char c = text.charAt(at);
            if (c == '、' || c == '和' || c == '及' || c == '与' || c == ' ' || c == '以' || c == '或') {
                marks++;
                at++;
            } else if (c == '，' && marks == 0 && a.sort() == Sort.PERCENT && b.sort() == Sort.PERCENT) {
                marks++;
                at++;
            } else {
                return false;
            }
        }
        return marks > 0 && marks <= 3 && a.rank() == b.rank() && a.sort() == b.sort();
    }

    /** Where the clause of an amount starts; in 火灾“零发生” the quote is no border. */
    private int clauseOf(int k) {
        Amount a = amounts.get(k);
        boolean quoted = a.sort() == Sort.BARE && a.start() > from && text.charAt(a.start() - 1) == '“';
        return clauseStart(quoted ? a.start() - 1 : a.start());
    }

    /** Where the words left of an amount may start: at its clause, or behind what the figure before has taken. */
    private int leftFrom(int k) {
        int clause = clauseOf(k);
        if (k == 0) {
            return clause;
        }
        int taken = amounts.get(k - 1).end();
        int before = found[k - 1].end();
        if (found[k - 1].rule().equals("right") && before < amounts.get(k).start()) {
            char c = text.charAt(before);
            if (c == '、' || c == '和' || c == '及' || c == '与' || c == '+') {
                taken = before;
            }
        }
        return Math.max(clause, taken);
    }

    private void group(int first, int end) {
        Amount head = amounts.get(first);
        int leftFrom = leftFrom(first);
        Amount last = amounts.get(end - 1);
        Basis basis = basis(head, leftFrom);
        boolean fall =
                basis == Basis.GROWTH && fallsAt(head, leftFrom) || basis == Basis.CHANGE && fallsAt(head, leftFrom);
        Right closing = Right.NONE;
        if (end - first > 1 && (last.right() == Right.AT_LEAST || last.right() == Right.AT_MOST)) {
            closing = last.right();
        }
        boolean free = true;
        for (int k = first; k < end - 1; k++) {
            free &= amounts.get(k).right() == Right.NONE;
        }
        for (int k = first; k < end; k++) {
            shared[k] = free ? closing : Right.NONE;
            bases[k] = basis;
            sharedLeft[k] = head.left() == Amount.Left.WITHIN ? Amount.Left.NONE : head.left();
            falls[k] = fall;
        }
        Found one = single(first, leftFrom, end);
        String yearly = yearly(leftFrom, head.start()) ? "年均" : "";
        String[] parts = null;
        if (end - first > 1) {
            parts = Distribution.parts(one.indicator(), end - first);
            boolean each = text.substring(leftFrom, head.start()).contains("分");
            boolean target = one.indicator().endsWith("年度目标")
                    || one.indicator().endsWith("年度计划")
                    || one.indicator().endsWith("年度任务")
                    || one.indicator().endsWith("年计划")
                    || one.indicator().endsWith("全年任务")
                    || one.indicator().endsWith("目标任务");
            if (parts == null && first > 0 && (one.rule().startsWith("same") || target)) {
                parts = previousParts(first, end - first, each);
                if (parts != null && target) {
                    yearly = "占年度目标";
                }
                if (parts != null && head.rank() != Rank.NONE && bases[first - 1] == Basis.GROWTH) {
                    yearly = "增长";
                }
            }
            if (parts == null) {
                parts = Distribution.parts(clauseBefore(first, leftFrom, 80), end - first);
                if (parts != null) {
                    yearly = one.indicator();
                }
            }
        }
        for (int k = first; k < end; k++) {
            String indicator = parts == null ? one.indicator() : parts[k - first];
            found[k] = new Found(
                    indicator + yearly,
                    one.start(),
                    Math.max(amounts.get(k).end(), parts == null ? one.end() : 0),
                    parts == null ? one.rule() : "list");
        }
    }

    /** The indicators of the list of the same length that ends before {@code first}. */
    private String @Nullable [] previousParts(int first, int length, boolean each) {
        if (first < length) {
            return null;
        }
        String[] parts = new String[length];
        for (int i = 0; i < length; i++) {
            parts[i] = found[first - length + i].indicator();
            if (i > 0
                    && !each
                    && !joined(amounts.get(first - length + i - 1), amounts.get(first - length + i))
                    && !found[first - length + i].rule().equals("right")) {
                return null;
            }
        }
        return parts;
    }

    private int clauseStart(int at) {
        int start = Features.clauseStart(text, from, at);
        int depth = 0;
        for (int i = at - 1; i >= start; i--) {
            char c = text.charAt(i);
            if (c == '”' || c == '》' || c == '）' || c == ')') {
                depth++;
            } else if (c == '“' || c == '《' || c == '（' || c == '(') {
                if (depth == 0) {
                    return i + 1;
                }
                depth--;
            }
        }
        return start;
    }

    /** Where the words right of an amount end: at a mark of its clause, a list's 、 or the next number. */
    private int rightEnd(int k) {
        Amount a = amounts.get(k);
        int limit = k + 1 < amounts.size() ? amounts.get(k + 1).start() : to;
        int depth = 0;
        int i = a.end();
        while (i < limit && i < a.end() + 80) {
            char c = text.charAt(i);
            if (c == '“' || c == '《' || c == '（' || c == '(') {
                depth++;
            } else if (c == '”' || c == '》' || c == '）' || c == ')') {
                if (depth == 0) {
                    break;
                }
                depth--;
            } else if (depth == 0 && (Features.isClauseEnd(c) || c == '、' && nextIsAmount(k, i + 1))) {
                break;
            } else if (depth == 0
                    && c == '、'
                    && (i < a.end() + 2 || a.sort() != Sort.COUNT && a.sort() != Sort.PLACE)) {
                break;
            } else if (depth == 0
                    && (c == '和' || c == '及' || c == '与' || c == '+')
                    && k + 1 < amounts.size()
                    && amounts.get(k + 1).start() == i + 1) {
                break;
            } else if (c == '并' && i > a.end() + 1 && depth == 0) {
                break;
            }
            i++;
        }
        if (i == limit && k + 1 < amounts.size()) {
            // The next number follows without a mark: what stands behind 和 is its own.
            for (int m = a.end() + 1; m < i; m++) {
                char c = text.charAt(m);
                if ((c == '和' || c == '、') && insideQuotes(a.end(), m) == 0 && !text.startsWith("国家和地区", a.end())) {
                    return m;
                }
            }
        }
        return i;
    }

    private boolean nextIsAmount(int k, int at) {
        return k + 1 < amounts.size()
                && amounts.get(k + 1).start() - at >= 0
                && amounts.get(k + 1).start() - at <= 16
                && Features.clauseEnd(text, to, at) >= amounts.get(k + 1).start();
    }

    private Found single(int k, int leftFrom, int end) {
        Amount a = amounts.get(k);
        boolean follows = k > 0;
        if (a.sort() == Sort.TIME && "年".equals(a.unit()) && a.start() > from && text.charAt(a.start() - 1) == '续') {
            return years(a, leftFrom);
        }
        int rightFrom = amounts.get(end - 1).end();
        int rightTo = a.rank() != Rank.NONE ? rightFrom : rightEnd(end - 1);
        if (rightFrom < rightTo && text.charAt(rightFrom) == '的') {
            rightFrom++;
        }
        boolean sameClause = follows && leftFrom > from && leftFrom > clauseOf(k);
        int cut = pivot(leftFrom, a.start());
        int start = IndicatorWords.pastLead(text, cut, a.start());
        int stop = IndicatorWords.beforeTail(text, start, a.start());
        boolean stripped = start > cut + skipMarks(cut) || cut > leftFrom;
        int idle = Trie.length(IndicatorWords.IDLE.match(text, rightFrom, rightTo));
        boolean idles = idle > 0 && (rightFrom + idle == rightTo || text.charAt(rightFrom) == '大');
        boolean joins = rightFrom + 1 < rightTo
                && text.charAt(rightFrom) == '并'
                && "网购联".indexOf(text.charAt(rightFrom + 1)) < 0;
        boolean hasRight = rightTo > rightFrom && isWord(text.charAt(rightFrom)) && !idles && !joins;
        String right = hasRight ? text.substring(rightFrom, trimRight(rightFrom, rightTo)) : "";
        if (end < amounts.size() && amounts.get(end).start() == rightTo && !right.isEmpty()) {
            right = ownNoun(right);
        }
        boolean acts = a.sort() != Sort.COUNT
                && a.sort() != Sort.PERCENT
                && Trie.length(IndicatorWords.LEAD.match(right, 0, right.length())) > 1
                && stop - start >= 3
                && !IndicatorWords.onlyVerbs(text, start, stop);
        right = withoutProgress(withoutDeadline(right));
        int vague = Trie.length(IndicatorWords.VAGUE.match(right, right.length(), 0));
        if (vague > 0 && right.length() - vague >= 2) {
            right = right.substring(0, right.length() - vague);
        }
        if (start < stop && keepLength(start, stop) == stop - start) {
            int where = firstPlace(right);
            right = where > 2 ? right.substring(0, where) : right;
        }
        if (acts || IndicatorWords.onlyVerbs(right, 0, right.length())) {
            right = "";
        }
        if (!right.isEmpty()) {
            if (a.start() > from && "等和及与".indexOf(text.charAt(a.start() - 1)) >= 0) {
                stop = start + keepLength(start, stop);
            } else {
                int member = afterList(start, stop);
                if (member > start && keepLength(member, stop) == 0 && !leads(member)) {
                    // 新增甲、乙、丙3个产业集群: the names say which ones are counted.
                    stop = start + keepLength(start, stop);
                } else {
                    start = member;
                }
            }
        }
        int inner = inner(start, stop, right.isEmpty() ? 1 : 0);
        stripped |= inner > start;
        start = inner;
        if (stop - 3 > start && text.startsWith("基础上", stop - 3)) {
            int base = Features.last(text, "在", start, stop - 3);
            stop = base > start ? base : stop;
        }
        for (int i = start + 1; i <= start + 3 && i + 4 < stop; i++) {
            boolean whole = text.startsWith("全市", i)
                    || text.startsWith("全县", i)
                    || text.startsWith("全省", i)
                    || text.startsWith("全区", i);
            if (whole && "占于居".indexOf(text.charAt(i - 1)) < 0) {
                start = i + 2;
            }
        }
        String left = withoutDeadline(text.substring(start, Math.max(start, stop)));
        if (right.isEmpty() && a.sort() == Sort.COUNT) {
            left = withoutExamples(left);
        }
        String separator = sameClause ? "、" : follows && adjacentClause(k, leftFrom) ? "，" : "";

        Found result;
        if (!right.isEmpty()) {
            result = left.endsWith("连续") && "年".equals(a.unit())
                    ? new Found(left.substring(0, left.length() - 2) + right + "连续年数", start, rightTo, "years")
                    : new Found(left + shareRight(k, end, right), start, Math.max(rightTo, a.end()), "right");
        } else if (left.isEmpty()) {
            result = inherited(k, a, leftFrom, separator);
        } else {
            result = new Found(withShared(k, left, separator, a, stripped, leftFrom), start, a.end(), "left");
        }
        if (a.sort() == Sort.POINTS) {
            String comparison = comparison(leftFrom, a.start());
            if (!comparison.isEmpty() && !result.indicator().contains(comparison)) {
                boolean growth = result.rule().equals("same") && bases[k - 1] == Basis.GROWTH;
                String speed = growth && !result.indicator().endsWith("增速") ? "增速" : "";
                result =
                        new Found(result.indicator() + speed + comparison, result.start(), result.end(), result.rule());
            }
        } else if (a.sort() == Sort.BARE && a.value() != null && a.value().scale() > 0 && shares(leftFrom, a.start())) {
            result = new Found(sector(k), result.start(), result.end(), "sectors");
        }
        remember(result, separator, stripped);
        return result;
    }

    /** 新增甲公司、乙公司等转化企业 counts 转化企业; the names before 等 are examples. */
    private static String withoutExamples(String left) {
        int at = left.lastIndexOf('等');
        if (at < 4
                || at + 3 > left.length()
                || left.charAt(at + 1) == '级'
                || "中高平同优初头均".indexOf(left.charAt(at - 1)) >= 0) {
            return left;
        }
        int depth = 0;
        for (int i = 0; i < at; i++) {
            char c = left.charAt(i);
            depth += c == '（' || c == '“' || c == '《' ? 1 : c == '）' || c == '”' || c == '》' ? -1 : 0;
        }
        int verb = Trie.length(IndicatorWords.KEEP.match(left, 0, left.length()));
        boolean named = left.endsWith("项目") || left.endsWith("区") || left.endsWith("学校") || left.endsWith("基地");
        return depth != 0 || verb >= at || !named ? left : left.substring(0, verb) + left.substring(at + 1);
    }

    /** 连续5年保持第一 counts the years of what stands around it. */
    private Found years(Amount a, int leftFrom) {
        int stop = Math.max(leftFrom, a.start() - 2);
        int start = IndicatorWords.pastLead(text, pivot(leftFrom, stop), stop);
        int end = Features.clauseEnd(text, to, a.end());
        int right = Math.min(end, IndicatorWords.pastLead(text, a.end(), end));
        yearsOf = text.substring(start, Math.max(start, stop));
        String words = yearsOf + text.substring(right, end) + "连续年数";
        return new Found(words, start, Math.max(end, a.end()), "years");
    }

    /** 高于全国0.7个百分点 compares; what it compares with belongs to the indicator. */
    private String comparison(int leftFrom, int stop) {
        for (String word : COMPARISONS) {
            int at = Features.last(text, word, Math.max(leftFrom, stop - 12), stop - 2);
            if (at >= 0) {
                return text.substring(at, stop);
            }
        }
        return "";
    }

    private static final String[] COMPARISONS = {"高于", "低于", "快于", "好于", "高出", "低出"};

    /** 欠款11月底前清偿80% measures 欠款清偿. */
    private static String withoutDeadline(String words) {
        for (int at = words.indexOf('月'); at > 0; at = words.indexOf('月', at + 1)) {
            int start = at;
            while (start > 0 && Numeral.isDigit(words.charAt(start - 1))) {
                start--;
            }
            int end = at + 1;
            while (end < words.length() && end < at + 4 && "底末份中上下旬日前".indexOf(words.charAt(end)) >= 0) {
                end++;
            }
            if (start < at && end > at + 1 && start > 1) {
                return words.substring(0, start) + words.substring(end);
            }
        }
        return words;
    }

    /** 31个水电站加快建设 counts 水电站. */
    private static String withoutProgress(String right) {
        int end = right.length();
        for (String word : IndicatorWords.words("progress")) {
            int at = right.indexOf(word);
            if (at >= 2 && at < end) {
                end = at;
            }
        }
        int mark = right.indexOf('、');
        if (mark >= 5
                && mark < end
                && (right.indexOf('、', mark + 1) > 0 || end - mark > 14)
                && right.indexOf('“') != 0) {
            end = mark;
        }
        return right.substring(0, end);
    }

    /** Words between two numbers of one clause belong to both; the first has its noun alone: 103个项目完成投资…亿元. */
    private static String ownNoun(String right) {
        int head = Trie.length(IndicatorWords.HEAD.match(right, right.length(), 2));
        int stop = IndicatorWords.beforeTail(right, 1, right.length() - head);
        return stop >= 2 ? right.substring(0, stop) : right;
    }

    /** 引进2家机构在我市落户: where the words of place begin. */
    private static int firstPlace(String right) {
        for (int i = 2; i < right.length() - 2; i++) {
            char c = right.charAt(i);
            if (c == '在' && right.charAt(i + 1) != '建' && right.charAt(i + 1) != '校' || c == '到') {
                return i;
            }
        }
        return -1;
    }

    /** A word of effort was passed over right before. */
    private boolean leads(int at) {
        return at > from && text.charAt(at - 1) != '、';
    }

    private int keepLength(int start, int stop) {
        return Trie.length(IndicatorWords.KEEP.match(text, start, Math.max(start, stop)));
    }

    /** 年均 was cut off with the verb behind it; it belongs to the indicator. */
    private boolean yearly(int leftFrom, int to) {
        return leftFrom < to && text.indexOf("年均增长", leftFrom, to) >= 0;
    }

    /** Behind the last verb in the middle of a clause that takes an object: …等领域实施技改项目. */
    private int inner(int start, int stop, int least) {
        for (int i = stop - 2; i > start; i--) {
            int length = Trie.length(IndicatorWords.INNER.match(text, i, stop));
            if (length > 0 && i + length + 4 * least <= stop && insideQuotes(start, i) == 0 && i > start + 2) {
                char next = i + length < stop ? text.charAt(i + length) : ' ';
                return next == '的' || next == '、' || next == '率' ? start : i + length;
            }
        }
        return start;
    }

    private int skipMarks(int at) {
        int i = at;
        while (i < to && (text.charAt(i) == '、' || text.charAt(i) == '和')) {
            i++;
        }
        return i - at;
    }

    private boolean adjacentClause(int k, int leftFrom) {
        int previous = amounts.get(k - 1).end();
        int between = leftFrom - previous;
        return between >= 0 && between <= 40 && Features.clauseEnd(text, to, previous) >= leftFrom - 1;
    }

    private static boolean isWord(char c) {
        return " 、和及，）”—+-/或以（(".indexOf(c) < 0;
    }

    private int trimRight(int start, int end) {
        int at = end;
        while (at > start && (text.charAt(at - 1) == ' ' || text.charAt(at - 1) == '、' || text.charAt(at - 1) == '和')) {
            at--;
        }
        return at;
    }

    /** Behind the last 确保, 力争 and their like. */
    private int pivot(int begin, int end) {
        for (int i = end - 2; i >= begin; i--) {
            int length = Trie.length(IndicatorWords.PIVOT.match(text, i, end));
            if (length > 0 && i + length < end && insideQuotes(begin, i) == 0) {
                int rest = IndicatorWords.beforeTail(text, i + length, end);
                if (rest - (i + length) >= 2) {
                    return i + length;
                }
            }
        }
        return begin;
    }

    private int insideQuotes(int begin, int at) {
        int depth = 0;
        for (int i = begin; i < at; i++) {
            char c = text.charAt(i);
            if (c == '“' || c == '《' || c == '（') {
                depth++;
            } else if ((c == '”' || c == '》' || c == '）') && depth > 0) {
                depth--;
            }
        }
        return depth;
    }

    /** Where the number starts the last member of a list of acts, the earlier members are not its indicator. */
    private int afterList(int start, int stop) {
        for (int i = stop - 1; i > start; i--) {
            if (text.charAt(i) == '、' && insideQuotes(start, i) == 0) {
                int next = IndicatorWords.pastLead(text, i + 1, stop);
                return IndicatorWords.onlyVerbs(text, start, i) ? start : next;
            }
        }
        return start;
    }

    private String withShared(int k, String left, String separator, Amount a, boolean stripped, int leftFrom) {
        boolean bareVerb = IndicatorWords.onlyVerbs(left, 0, left.length());
        if (bareVerb && separator.isEmpty() || bareVerb && separator.equals("，") && noun.isEmpty()) {
            String before = clauseBefore(k, leftFrom, 16);
            return before.isEmpty() ? left : left + before;
        }
        if (separator.isEmpty() || k == 0) {
            boolean leans = Trie.length(IndicatorWords.LEAN.match(left, 0, left.length())) == left.length()
                    || left.length() <= 6
                            && (left.startsWith("带动")
                                    || left.startsWith("拉动")
                                    || left.startsWith("惠及")
                                    || left.startsWith("受益"));
            return leans ? clauseBefore(k, leftFrom, 14) + left : left;
        }
        String previous = noun;
        if (!previous.isEmpty()
                && (left.startsWith("占") && left.length() > 3
                        || left.startsWith("完成年度")
                        || left.startsWith("年度目标")
                        || left.startsWith("年度计划"))) {
            return previous + left;
        }
        if (!previous.isEmpty() && Trie.length(IndicatorWords.LEAN.match(left, 0, left.length())) == left.length()) {
            int head = Trie.length(IndicatorWords.HEAD.match(previous, previous.length(), 1));
            boolean swaps = Trie.length(IndicatorWords.HEAD.match(left, left.length(), 0)) > 0
                    && !left.endsWith("占比")
                    && !left.startsWith("增")
                    && !left.equals("规模")
                    && !left.equals("总量");
            boolean total = left.startsWith("总") && !left.startsWith("总投资") || left.equals("累计");
            return (total && !swaps
                            ? previous
                            : swaps ? previous.substring(0, previous.length() - head) : verb + previous)
                    + left;
        }
        if (a.sort() == Sort.PERCENT || a.rank() != Rank.NONE) {
            return left;
        }
        if (Trie.length(IndicatorWords.LEVEL.match(left, 0, left.length())) == left.length() && !previous.isEmpty()) {
            int old = Trie.length(IndicatorWords.LEVEL.match(previous, 0, previous.length()));
            return verb + left + previous.substring(old);
        }
        boolean stage = Trie.length(IndicatorWords.STAGE.match(left, 0, left.length())) == left.length();
        if ((bareVerb || stage) && !previous.isEmpty()) {
            return previous + left;
        }
        if (stripped || Trie.length(IndicatorWords.KEEP.match(left, 0, left.length())) > 0) {
            return left;
        }
        boolean sameUnit = java.util.Objects.equals(a.unit(), amounts.get(k - 1).unit());
        if (separator.equals("、")) {
            int same = left.length() >= 3 ? previous.indexOf(left.substring(0, 2)) : -1;
            int rest = previous.length() - same;
            if (same > 0 && same <= 8 && rest <= left.length() + 3 && rest >= left.length() - 2) {
                return verb + previous.substring(0, same) + left;
            }
            boolean levelled = level.isEmpty() || left.contains("级") || left.startsWith("“");
            return verb + (levelled ? "" : level) + left;
        }
        return sameUnit && left.length() <= 12 ? verb + left : left;
    }

    /** The noun phrase of the clause before, where a clause has verbs only: 标准化厂房建设，新建、盘活…. */
    private String clauseBefore(int k, int leftFrom, int longest) {
        int clause = clauseStart(leftFrom);
        if (clause <= from || k > 0 && amounts.get(k - 1).end() > Features.clauseStart(text, from, clause - 1)) {
            return "";
        }
        int previous = clauseStart(clause - 1);
        int start = IndicatorWords.pastLead(text, pivot(previous, clause - 1), clause - 1);
        int stop = IndicatorWords.beforeTail(text, start, clause - 1);
        if (stop - start > 2 && text.startsWith("建设", stop - 2)) {
            stop -= 2;
        }
        return stop - start >= 2 && stop - start <= longest ? text.substring(start, stop) : "";
    }

    /** 4个省级、12个市级示范村: the noun stands behind the last member only. */
    private String shareRight(int k, int end, String right) {
        if (end != k + 1 || end >= amounts.size()) {
            return right;
        }
        Amount a = amounts.get(k);
        Amount next = amounts.get(end);
        int gap = a.end() + right.length();
        if (gap >= to || text.charAt(gap) != '、' && text.charAt(gap) != '和' || next.start() != gap + 1) {
            return right;
        }
        int nextRight = rightEnd(end);
        if (nextRight <= next.end() + right.length()) {
            return right;
        }
        String tail = text.substring(next.end() + right.length(), nextRight);
        boolean modifier = right.endsWith("级") || right.endsWith("型") || right.endsWith("类") || right.length() <= 3;
        if (modifier) {
            return right + tail;
        }
        String whole = text.substring(next.end(), nextRight);
        int first = whole.length();
        for (String act : IndicatorWords.words("act")) {
            int at = whole.indexOf(act);
            if (at > 1 && at < first) {
                first = at;
            }
        }
        return right + whole.substring(first);
    }

    private Found inherited(int k, Amount a, int leftFrom, String separator) {
        int clause = clauseStart(a.start());
        boolean touches = k > 0 && amounts.get(k - 1).end() >= a.start() - 1;
        if (!touches
                && clause > from
                && (k == 0 || amounts.get(k - 1).end() <= Features.clauseStart(text, from, clause - 1))) {
            int previous = clauseStart(clause - 1);
            int start = IndicatorWords.pastLead(text, pivot(previous, clause - 1), clause - 1);
            int stop = IndicatorWords.beforeTail(text, start, clause - 1);
            String words = text.substring(start, Math.max(start, stop));
            boolean leans = k > 0 && Trie.length(IndicatorWords.LEAN.match(words, 0, words.length())) == words.length();
            if (words.length() >= 2 && words.length() <= 40 && words.indexOf('）') < 0 && !leans) {
                return new Found(words + verbs(leftFrom, a), start, a.end(), "clause");
            }
        }
        if (k > 0 && found[k - 1] != null) {
            Found previous = found[k - 1];
            boolean inYears = previous.rule().equals("years")
                    && leftFrom <= amounts.get(k - 1).end();
            String indicator = inYears && !yearsOf.isEmpty() ? yearsOf : previous.indicator();
            if (a.rank() != Rank.NONE && bases[k - 1] == Basis.GROWTH && !indicator.endsWith("增长")) {
                indicator += "增长";
            }
            int stage = leftFrom + skipMarks(leftFrom);
            int length = Trie.length(IndicatorWords.STAGE.match(text, stage, a.start()));
            if (separator.equals("、") && length > 0 && stage + length == a.start()) {
                indicator = noun + text.substring(stage, stage + length);
            } else if (touches && a.sort() == Sort.COUNT && "人".equals(a.unit()) && !indicator.contains("人")) {
                indicator += "人数";
            } else if (touches && a.sort() == Sort.MONEY && !indicator.endsWith("资金")) {
                indicator += "资金";
            }
            return new Found(indicator, previous.start(), a.end(), "same");
        }
        return new Found(verbs(leftFrom, a), leftFrom, a.end(), "bare");
    }

    /** Verbs that were cut off on both sides, where nothing else is left: 新建和改造提升. */
    private String verbs(int leftFrom, Amount a) {
        int stop = IndicatorWords.beforeTail(text, leftFrom, a.start());
        int at = leftFrom;
        StringBuilder kept = new StringBuilder();
        while (at < stop) {
            int length = Trie.length(IndicatorWords.KEEP.match(text, at, stop));
            if (length > 0) {
                kept.append(text, at, at + length);
                at += length;
            } else {
                at++;
            }
        }
        return kept.toString();
    }

    private void remember(Found result, String separator, boolean stripped) {
        if (result.rule().equals("same")) {
            return;
        }
        String indicator = result.indicator();
        if (indicator.length() > LONGEST) {
            indicator = indicator.substring(0, LONGEST);
        }
        int length = Trie.length(IndicatorWords.KEEP.match(indicator, 0, indicator.length()));
        if (length == indicator.length()) {
            length = 0;
        }
        boolean running = !separator.isEmpty() && !stripped;
        if (length > 0) {
            verb = indicator.substring(0, length);
        } else if (!running) {
            verb = "";
        }
        int old = Trie.length(IndicatorWords.LEVEL.match(indicator, length, indicator.length()));
        if (old > 0 && old < indicator.length() - length) {
            level = indicator.substring(length, length + old);
        } else if (!running || separator.equals("，")) {
            level = "";
        }
        noun = indicator.substring(length);
    }

    private Basis basis(Amount a, int leftFrom) {
        if (a.rank() != Rank.NONE) {
            return Basis.RANK;
        }
        int stop = a.start();
        boolean grows = grows(leftFrom, stop) != 0;
        return switch (a.sort()) {
            case POINTS -> Basis.CHANGE;
            case TIMES -> stop > leftFrom && text.charAt(stop - 1) == '的' ? Basis.LEVEL : Basis.GROWTH;
            case PERCENT ->
                grows
                                || a.isNegative()
                                || priceIndex(leftFrom, stop)
                                || text.startsWith("增长", a.end())
                                || text.startsWith("的增", a.end())
                        ? Basis.GROWTH
                        : Basis.SHARE;
            case BARE -> shares(leftFrom, stop) ? Basis.SHARE : Basis.LEVEL;
            case PLACE -> place(a, leftFrom, stop, grows);
            default -> Basis.LEVEL;
        };
    }

    /** 三次产业结构为4.0∶37.7∶58.3 states shares without their unit. */
    private boolean shares(int leftFrom, int stop) {
        int start = Math.max(from, Math.min(leftFrom, stop - 24));
        String left = text.substring(start, stop);
        return left.contains("产业结构") || left.contains("产业比");
    }

    /** Which of the three sectors a share is of, by its place between colons. */
    private String sector(int k) {
        int place = 0;
        while (place < 2
                && k - place > 0
                && amounts.get(k - place - 1).sort() == Sort.BARE
                && amounts.get(k - place).start() - amounts.get(k - place - 1).end() <= 1) {
            place++;
        }
        return SECTORS[place];
    }

    private static final String[] SECTORS = {"第一产业比重", "第二产业比重", "第三产业比重"};

    /** The price index is stated as its growth. */
    private boolean priceIndex(int leftFrom, int stop) {
        String left = text.substring(leftFrom, stop);
        return left.contains("消费价格") || left.contains("CPI");
    }

    /** 前进5位 is a change, 由第9位…前移至5位 ranks, 两位院士 a number of people. */
    private Basis place(Amount a, int leftFrom, int stop, boolean grows) {
        String left = text.substring(leftFrom, stop);
        if ("强".equals(a.unit())
                || (left.endsWith("至") || left.endsWith("到")) && (left.contains("排") || left.contains("位"))
                || (left.endsWith("由") || left.endsWith("从")) && left.contains("排")) {
            return Basis.RANK;
        }
        boolean moves = left.endsWith("前进")
                || left.endsWith("前移")
                || left.endsWith("后退")
                || left.endsWith("晋升")
                || left.endsWith("跃升")
                || left.endsWith("攀升")
                || left.endsWith("上升")
                || left.endsWith("进");
        return grows || moves ? Basis.CHANGE : Basis.LEVEL;
    }

    private boolean fallsAt(Amount a, int leftFrom) {
        return grows(leftFrom, a.start()) < 0;
    }

    /** 1 where the words before a number make a growth of it, -1 a fall, 0 neither. */
    private int grows(int leftFrom, int stop) {
        int at = stop;
        for (String each : EACH) {
            if (at - each.length() >= leftFrom && text.startsWith(each, at - each.length())) {
                at -= each.length();
                break;
            }
        }
        while (at > leftFrom && isFiller(text.charAt(at - 1))) {
            at--;
        }
        long match = IndicatorWords.GROWTH.match(text, at, leftFrom);
        if (match != 0) {
            return Trie.number(match) == 0 ? 1 : -1;
        }
        if (at >= leftFrom + 2 && text.startsWith("改善", at - 2)) {
            for (String word : IndicatorWords.words("betterDown")) {
                if (text.substring(leftFrom, at).contains(word)) {
                    return -1;
                }
            }
            return 1;
        }
        int lead = leftFrom;
        while (lead < at && (text.charAt(lead) == '、' || text.charAt(lead) == ' ')) {
            lead++;
        }
        if (at - lead >= 2
                && (text.startsWith("压减", lead) || text.startsWith("削减", lead) || text.startsWith("压缩", lead))) {
            return -1;
        }
        return 0;
    }

    private static final String[] EACH = {"分别达到", "分别达", "分别为", "分别", "保持在", "达到"};

    private static boolean isFiller(char c) {
        return c == '均' || c == '都' || c == '约' || c == '了' || c == ' ' || c == '各' || c == '近' || c == '超' || c == '为'
                || c == '达';
    }
}
