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

    private static final Found NOTHING = new Found("", 0, 0, "none");

    private final String text;
    private final int from;
    private final int to;
    private final List<Amount> amounts;
    private final Found[] found;
    private final Basis[] bases;
    private final boolean[] falls;
    private final Right[] shared;

    /** The verb and level that the members of a running list share. */
    private String verb = "";

    private String level = "";
    /** The indicator that a following clause without its own may lean on, without its verb. */
    private String noun = "";

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

    private void group(int first, int end) {
        Amount head = amounts.get(first);
        int clause = clauseStart(head.start());
        int leftFrom =
                first == 0 ? clause : Math.max(clause, amounts.get(first - 1).end());
        Amount last = amounts.get(end - 1);
        Basis basis = basis(head, leftFrom);
        boolean fall =
                basis == Basis.GROWTH && fallsAt(head, leftFrom) || basis == Basis.CHANGE && fallsAt(head, leftFrom);
        Right closing = Right.NONE;
        if (end - first > 1 && last.right() == Right.AT_LEAST || last.right() == Right.AT_MOST) {
            closing = last.right();
        }
        for (int k = first; k < end; k++) {
            boolean free = true;
            for (int j = first; j < end - 1; j++) {
                free &= amounts.get(j).right() == Right.NONE;
            }
            shared[k] = free ? closing : Right.NONE;
            bases[k] = basis;
            falls[k] = fall;
        }
        Found one = single(first, leftFrom, end);
        if (end - first == 1) {
            found[first] = one;
            return;
        }
        String[] parts = Distribution.parts(one.indicator(), end - first);
        if (parts == null && first > 0 && one.rule().startsWith("same")) {
            parts = previousParts(first, end - first);
            if (parts != null && head.rank() != Rank.NONE && bases[first - 1] == Basis.GROWTH) {
                for (int i = 0; i < parts.length; i++) {
                    parts[i] = parts[i] + "增长";
                }
            }
        }
        for (int k = first; k < end; k++) {
            String indicator = parts == null ? one.indicator() : parts[k - first];
            found[k] = new Found(indicator, one.start(), amounts.get(k).end(), parts == null ? one.rule() : "list");
        }
    }

    /** The indicators of the list of the same length that ends before {@code first}. */
    private String @Nullable [] previousParts(int first, int length) {
        if (first < length) {
            return null;
        }
        String[] parts = new String[length];
        for (int i = 0; i < length; i++) {
            parts[i] = found[first - length + i].indicator();
            if (i > 0
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
            } else if (depth == 0 && c == '、' && i < a.end() + 2) {
                break;
            }
            i++;
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
        Amount last = amounts.get(end - 1);
        boolean follows = k > 0;
        int rightFrom = last.end();
        int rightTo = a.rank() != Rank.NONE ? rightFrom : rightEnd(end - 1);
        if (rightFrom < rightTo && text.charAt(rightFrom) == '的') {
            rightFrom++;
        }
        // Words between two numbers of one clause belong to both: 103个项目完成投资…亿元.
        int begin = leftFrom;
        boolean sameClause = follows && leftFrom == amounts.get(k - 1).end() && leftFrom > from;
        int cut = pivot(begin, a.start());
        int start = IndicatorWords.pastLead(text, cut, a.start());
        int stop = IndicatorWords.beforeTail(text, start, a.start());
        boolean stripped = start > cut || cut > begin;
        boolean hasRight = rightTo > rightFrom && isWord(text.charAt(rightFrom));
        if (hasRight) {
            start = afterList(start, stop);
            if (stop > start && text.charAt(stop - 1) == '等') {
                stop = start;
            }
        }
        String left = text.substring(start, Math.max(start, stop));
        String right = hasRight ? text.substring(rightFrom, trimRight(rightFrom, rightTo)) : "";
        boolean list = follows && sameClause && start == leftFrom + skipMarks(leftFrom);
        String separator = sameClause ? "、" : follows && adjacentClause(k, leftFrom) ? "，" : "";

        Found result;
        if (hasRight && !right.isEmpty()) {
            result = new Found(left + shareRight(k, end, right), start, Math.max(rightTo, a.end()), "right");
        } else if (left.isEmpty()) {
            result = inherited(k, a, leftFrom, separator);
        } else {
            result = new Found(withShared(k, left, separator, a), start, a.end(), "left");
        }
        remember(result, text.substring(Math.min(cut, start), start), separator, list, stripped);
        return result;
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
        return c != ' ' && c != '、' && c != '和' && c != '及' && c != '，' && c != '）' && c != '”' && c != '—' && c != '+'
                        && c != '-' && c != '/' && c != '或' && c != '以'
                || c == '“';
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

    private String withShared(int k, String left, String separator, Amount a) {
        if (separator.isEmpty() || k == 0) {
            return left;
        }
        String previous = noun;
        Trie lean = IndicatorWords.LEAN;
        if (!previous.isEmpty()
                && (Trie.length(lean.match(left, 0, left.length())) == left.length() || left.startsWith("占"))) {
            return previous + left;
        }
        if (a.sort() == Sort.PERCENT || a.rank() != Rank.NONE) {
            return left;
        }
        if (Trie.length(IndicatorWords.LEVEL.match(left, 0, left.length())) == left.length() && !previous.isEmpty()) {
            int old = Trie.length(IndicatorWords.LEVEL.match(previous, 0, previous.length()));
            return verb + left + previous.substring(old);
        }
        if (IndicatorWords.onlyVerbs(left, 0, left.length()) && !previous.isEmpty()) {
            return previous + left;
        }
        boolean own = Trie.length(IndicatorWords.KEEP.match(left, 0, left.length())) > 0;
        if (own) {
            return left;
        }
        boolean sameUnit = java.util.Objects.equals(a.unit(), amounts.get(k - 1).unit());
        if (separator.equals("、")) {
            boolean levelled = level.isEmpty() || left.contains("级") || left.startsWith("“");
            return verb + (levelled ? "" : level) + left;
        }
        return sameUnit && left.length() <= 12 ? verb + left : left;
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
        for (String act : IndicatorWords.words("act")) {
            int at = tail.indexOf(act);
            if (at >= 0) {
                return right + tail.substring(at);
            }
        }
        return right;
    }

    private Found inherited(int k, Amount a, int leftFrom, String separator) {
        int clause = clauseStart(a.start());
        if (clause > from && (k == 0 || amounts.get(k - 1).end() < Features.clauseStart(text, from, clause - 1))) {
            int previous = clauseStart(clause - 1);
            int start = IndicatorWords.pastLead(text, pivot(previous, clause - 1), clause - 1);
            int stop = IndicatorWords.beforeTail(text, start, clause - 1);
            if (stop - start >= 2 && stop - start <= 40) {
                return new Found(text.substring(start, stop) + verbs(leftFrom, a), start, a.end(), "clause");
            }
        }
        if (k > 0 && found[k - 1] != null) {
            Found previous = found[k - 1];
            String indicator = previous.indicator();
            if (a.rank() != Rank.NONE && bases[k - 1] == Basis.GROWTH && !indicator.endsWith("增长")) {
                indicator += "增长";
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

    private void remember(Found result, String cut, String separator, boolean list, boolean stripped) {
        String indicator = result.indicator();
        int length = Trie.length(IndicatorWords.KEEP.match(indicator, 0, indicator.length()));
        if (length == indicator.length()) {
            length = 0;
        }
        boolean running = separator.equals("、") && !stripped;
        if (length > 0) {
            verb = indicator.substring(0, length);
        } else if (!running && !(separator.equals("，") && !stripped)) {
            verb = "";
        }
        int old = Trie.length(IndicatorWords.LEVEL.match(indicator, length, indicator.length()));
        if (old > 0 && old < indicator.length() - length) {
            level = indicator.substring(length, length + old);
        } else if (!running) {
            level = "";
        }
        if (!result.rule().equals("same")) {
            noun = indicator.substring(length);
        }
    }

    private Basis basis(Amount a, int leftFrom) {
        if (a.rank() != Rank.NONE) {
            return Basis.RANK;
        }
        int stop = a.start();
        boolean grows = grows(leftFrom, stop) != 0;
        return switch (a.sort()) {
            case POINTS -> Basis.CHANGE;
            case TIMES -> Basis.GROWTH;
            case PERCENT -> grows ? Basis.GROWTH : Basis.SHARE;
            case PLACE ->
                a.masked() && "强".equals(a.unit())
                        ? Basis.RANK
                        : grows || moves(leftFrom, stop) ? Basis.CHANGE : Basis.LEVEL;
            default -> Basis.LEVEL;
        };
    }

    private boolean moves(int leftFrom, int stop) {
        String left = text.substring(Math.max(leftFrom, stop - 4), stop);
        return left.contains("前进") || left.contains("前移") || left.contains("后退") || left.contains("晋升");
    }

    private boolean fallsAt(Amount a, int leftFrom) {
        return grows(leftFrom, a.start()) < 0;
    }

    /** 1 where the words before a number make a growth of it, -1 a fall, 0 neither. */
    private int grows(int leftFrom, int stop) {
        int at = stop;
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

    private static boolean isFiller(char c) {
        return c == '均' || c == '都' || c == '约' || c == '了' || c == ' ' || c == '各' || c == '近' || c == '超' || c == '为'
                || c == '达';
    }
}
