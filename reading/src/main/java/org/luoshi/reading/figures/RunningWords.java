package org.luoshi.reading.figures;

import java.util.List;
import org.luoshi.reading.figures.Amount.Rank;
import org.luoshi.reading.figures.Amount.Sort;

/** The words that the figures of one segment share: what was said once and holds for those that follow. */
final class RunningWords {
    /** What later figures may lean on is cut to this many characters, so that no text makes it grow without end. */
    private static final int LONGEST = 80;

    private final String text;
    private final int from;
    private final int to;
    private final List<Amount> amounts;
    private final Surroundings around;

    /** The verb and level that the members of a running list share. */
    private String verb = "";

    private String level = "";
    /** The indicator that a following clause without its own may lean on, without its verb. */
    private String noun = "";

    RunningWords(String text, int from, int to, List<Amount> amounts, Surroundings around) {
        this.text = text;
        this.from = from;
        this.to = to;
        this.amounts = amounts;
        this.around = around;
    }

    String noun() {
        return noun;
    }

    String withShared(int k, String left, String separator, Amount a, boolean stripped, int leftFrom) {
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
        int sized = left.startsWith("超") || left.startsWith("过") ? previous.indexOf(left.charAt(0)) : -1;
        if (sized > 1) {
            // 营业收入超50亿元企业3家、超30亿元企业5家
            return previous.substring(0, sized) + left;
        }
        if (left.equals("占") && !previous.isEmpty()) {
            // 产量增长3%、占全国9%: the whole is no word that leads to the number.
            int at = Features.last(text, left, Math.max(leftFrom, a.start() - 6), a.start());
            return at < 0 ? previous + left : previous + text.substring(at, a.start());
        }
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

    void remember(IndicatorFinder.Found result, String separator, boolean stripped) {
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

    /** The noun phrase of the clause before, where a clause has verbs only: 标准化厂房建设，新建、盘活…. */
    String clauseBefore(int k, int leftFrom, int longest) {
        int clause = around.clauseStart(leftFrom);
        if (clause <= from || k > 0 && amounts.get(k - 1).end() > Features.clauseStart(text, from, clause - 1)) {
            return "";
        }
        int previous = around.clauseStart(clause - 1);
        int start = IndicatorWords.pastLead(text, around.pivot(previous, clause - 1), clause - 1);
        int stop = IndicatorWords.beforeTail(text, start, clause - 1);
        if (stop - start > 2 && text.startsWith("建设", stop - 2)) {
            stop -= 2;
        }
        return stop - start >= 2 && stop - start <= longest ? text.substring(start, stop) : "";
    }

    /** 4个省级、12个市级示范村: the noun stands behind the last member only. */
    String shareRight(int k, int end, String right) {
        if (end != k + 1 || end >= amounts.size()) {
            return right;
        }
        Amount a = amounts.get(k);
        Amount next = amounts.get(end);
        int gap = a.end() + right.length();
        if (gap >= to || text.charAt(gap) != '、' && text.charAt(gap) != '和' || next.start() != gap + 1) {
            return right;
        }
        int nextRight = around.rightEnd(end);
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

    /** Verbs that were cut off on both sides, where nothing else is left: 新建和改造提升. */
    String verbs(int leftFrom, Amount a) {
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
}
