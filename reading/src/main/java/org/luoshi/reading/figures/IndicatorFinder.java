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

    private final String text;
    private final int from;
    private final int to;
    private final List<Amount> amounts;
    private final Surroundings around;
    private final BasisFinder values;
    private final RunningWords running;
    private final Found[] found;
    private final Basis[] bases;
    private final boolean[] falls;
    private final Right[] shared;
    private final Amount.Left[] sharedLeft;

    /** What a count of years was said of, for a rank or share in the same clause. */
    private String yearsOf = "";

    IndicatorFinder(String text, int from, int to, List<Amount> amounts) {
        this.text = text;
        this.from = from;
        this.to = to;
        this.amounts = amounts;
        around = new Surroundings(text, from, to, amounts);
        running = new RunningWords(text, from, to, amounts, around);
        values = new BasisFinder(text, from, amounts);
        int n = amounts.size();
        found = new Found[n];
        bases = new Basis[n];
        falls = new boolean[n];
        shared = new Right[n];
        sharedLeft = new Amount.Left[n];
        int k = 0;
        while (k < n) {
            int end = k + 1;
            while (end < n && around.joined(amounts.get(end - 1), amounts.get(end))) {
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

    /** Where the words left of an amount may start: at its clause, or behind what the figure before has taken. */
    private int leftFrom(int k) {
        int clause = around.clauseOf(k);
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
        Basis basis = values.basis(head, leftFrom);
        boolean fall = basis == Basis.GROWTH && values.fallsAt(head, leftFrom)
                || basis == Basis.CHANGE && values.fallsAt(head, leftFrom);
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
                parts = Distribution.parts(running.clauseBefore(first, leftFrom, 80), end - first);
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
                    && !around.joined(amounts.get(first - length + i - 1), amounts.get(first - length + i))
                    && !found[first - length + i].rule().equals("right")) {
                return null;
            }
        }
        return parts;
    }

    private Found single(int k, int leftFrom, int end) {
        Amount a = amounts.get(k);
        boolean follows = k > 0;
        if (a.sort() == Sort.TIME && "年".equals(a.unit()) && a.start() > from && text.charAt(a.start() - 1) == '续') {
            return years(a, leftFrom);
        }
        int rightFrom = amounts.get(end - 1).end();
        int rightTo = a.rank() != Rank.NONE ? rightFrom : around.rightEnd(end - 1);
        if (rightFrom < rightTo && text.charAt(rightFrom) == '的') {
            rightFrom++;
        }
        boolean sameClause = follows && leftFrom > from && leftFrom > around.clauseOf(k);
        int cut = around.pivot(leftFrom, a.start());
        int start = IndicatorWords.pastLead(text, cut, a.start());
        int stop = IndicatorWords.beforeTail(text, start, a.start());
        boolean stripped = start > cut + around.skipMarks(cut) || cut > leftFrom;
        int idle = Trie.length(IndicatorWords.IDLE.match(text, rightFrom, rightTo));
        boolean idles = idle > 0 && (rightFrom + idle == rightTo || text.charAt(rightFrom) == '大');
        boolean joins = rightFrom + 1 < rightTo
                && text.charAt(rightFrom) == '并'
                && "网购联".indexOf(text.charAt(rightFrom + 1)) < 0;
        boolean hasRight = rightTo > rightFrom && Trimming.isWord(text.charAt(rightFrom)) && !idles && !joins;
        String right = hasRight ? text.substring(rightFrom, Trimming.trimRight(text, rightFrom, rightTo)) : "";
        if (end < amounts.size() && amounts.get(end).start() == rightTo && !right.isEmpty()) {
            right = Trimming.ownNoun(right);
        }
        boolean acts = a.sort() != Sort.COUNT
                && a.sort() != Sort.PERCENT
                && Trie.length(IndicatorWords.LEAD.match(right, 0, right.length())) > 1
                && stop - start >= 3
                && !IndicatorWords.onlyVerbs(text, start, stop);
        right = Trimming.withoutProgress(Trimming.withoutDeadline(right));
        int vague = Trie.length(IndicatorWords.VAGUE.match(right, right.length(), 0));
        if (vague > 0 && right.length() - vague >= 2) {
            right = right.substring(0, right.length() - vague);
        }
        if (start < stop && around.keepLength(start, stop) == stop - start) {
            int where = Trimming.firstPlace(right);
            right = where > 2 ? right.substring(0, where) : right;
        }
        if (acts || Trimming.leadsOn(right) || IndicatorWords.onlyVerbs(right, 0, right.length())) {
            right = "";
        }
        if (!right.isEmpty()) {
            if (a.start() > from && "等和及与".indexOf(text.charAt(a.start() - 1)) >= 0) {
                stop = start + around.keepLength(start, stop);
            } else {
                int member = around.afterList(start, stop);
                if (member > start && around.keepLength(member, stop) == 0 && !around.leads(member)) {
                    // 新增甲、乙、丙3个产业集群: the names say which ones are counted.
                    stop = start + around.keepLength(start, stop);
                } else {
                    start = member;
                }
            }
        }
        int inner = around.inner(start, stop, right.isEmpty() ? 1 : 0);
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
        String left = Trimming.withoutDeadline(text.substring(start, Math.max(start, stop)));
        if (right.isEmpty() && a.sort() == Sort.COUNT) {
            left = Trimming.withoutExamples(left);
        }
        String separator = sameClause ? "、" : follows && around.adjacentClause(k, leftFrom) ? "，" : "";

        Found result;
        if (!right.isEmpty()) {
            result = left.endsWith("连续") && "年".equals(a.unit())
                    ? new Found(left.substring(0, left.length() - 2) + right + "连续年数", start, rightTo, "years")
                    : new Found(left + running.shareRight(k, end, right), start, Math.max(rightTo, a.end()), "right");
        } else if (left.isEmpty()) {
            result = inherited(k, a, leftFrom, separator);
        } else {
            result = new Found(running.withShared(k, left, separator, a, stripped, leftFrom), start, a.end(), "left");
        }
        if (a.sort() == Sort.POINTS) {
            String comparison = Trimming.comparison(text, leftFrom, a.start());
            if (!comparison.isEmpty() && !result.indicator().contains(comparison)) {
                boolean growth = result.rule().equals("same") && bases[k - 1] == Basis.GROWTH;
                String speed = growth && !result.indicator().endsWith("增速") ? "增速" : "";
                result =
                        new Found(result.indicator() + speed + comparison, result.start(), result.end(), result.rule());
            }
        } else if (a.sort() == Sort.BARE
                && a.value() != null
                && a.value().scale() > 0
                && values.shares(leftFrom, a.start())) {
            result = new Found(values.sector(k), result.start(), result.end(), "sectors");
        }
        running.remember(result, separator, stripped);
        return result;
    }

    /** 连续5年保持第一 counts the years of what stands around it. */
    private Found years(Amount a, int leftFrom) {
        int stop = Math.max(leftFrom, a.start() - 2);
        int start = IndicatorWords.pastLead(text, around.pivot(leftFrom, stop), stop);
        int end = Features.clauseEnd(text, to, a.end());
        int right = Math.min(end, IndicatorWords.pastLead(text, a.end(), end));
        yearsOf = text.substring(start, Math.max(start, stop));
        String words = yearsOf + text.substring(right, end) + "连续年数";
        return new Found(words, start, Math.max(end, a.end()), "years");
    }

    /** 年均 was cut off with the verb behind it; it belongs to the indicator. */
    private boolean yearly(int leftFrom, int to) {
        return leftFrom < to && text.indexOf("年均增长", leftFrom, to) >= 0;
    }

    private Found inherited(int k, Amount a, int leftFrom, String separator) {
        int clause = around.clauseStart(a.start());
        boolean touches = k > 0 && amounts.get(k - 1).end() >= a.start() - 1;
        if (!touches
                && clause > from
                && (k == 0 || amounts.get(k - 1).end() <= Features.clauseStart(text, from, clause - 1))) {
            int previous = around.clauseStart(clause - 1);
            int start = IndicatorWords.pastLead(text, around.pivot(previous, clause - 1), clause - 1);
            int stop = IndicatorWords.beforeTail(text, start, clause - 1);
            String words = text.substring(start, Math.max(start, stop));
            boolean leans = k > 0 && Trie.length(IndicatorWords.LEAN.match(words, 0, words.length())) == words.length();
            if (words.length() >= 2 && words.length() <= 40 && words.indexOf('）') < 0 && !leans) {
                return new Found(words + running.verbs(leftFrom, a), start, a.end(), "clause");
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
            int stage = leftFrom + around.skipMarks(leftFrom);
            int length = Trie.length(IndicatorWords.STAGE.match(text, stage, a.start()));
            if (separator.equals("、") && length > 0 && stage + length == a.start()) {
                indicator = running.noun() + text.substring(stage, stage + length);
            } else if (touches && a.sort() == Sort.COUNT && "人".equals(a.unit()) && !indicator.contains("人")) {
                indicator += "人数";
            } else if (touches
                    && a.sort() == Sort.MONEY
                    && amounts.get(k - 1).sort() == Sort.COUNT
                    && !indicator.endsWith("资金")) {
                indicator += "资金";
            }
            return new Found(indicator, previous.start(), a.end(), "same");
        }
        return new Found(running.verbs(leftFrom, a), leftFrom, a.end(), "bare");
    }
}
