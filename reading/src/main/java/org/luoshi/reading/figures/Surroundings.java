package org.luoshi.reading.figures;

import java.util.List;
import org.luoshi.reading.figures.Amount.Sort;

/** Where the words that may belong to an amount begin and end: clauses, lists and quotes around it in its segment. */
final class Surroundings {
    private final String text;
    private final int from;
    private final int to;
    private final List<Amount> amounts;

    Surroundings(String text, int from, int to, List<Amount> amounts) {
        this.text = text;
        this.from = from;
        this.to = to;
        this.amounts = amounts;
    }

    /** Only 、 or 和 stands between the two: one list of numbers. */
    boolean joined(Amount a, Amount b) {
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
    int clauseOf(int k) {
        Amount a = amounts.get(k);
        boolean quoted = a.sort() == Sort.BARE && a.start() > from && text.charAt(a.start() - 1) == '“';
        return clauseStart(quoted ? a.start() - 1 : a.start());
    }

    int clauseStart(int at) {
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
    int rightEnd(int k) {
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

    boolean nextIsAmount(int k, int at) {
        return k + 1 < amounts.size()
                && amounts.get(k + 1).start() - at >= 0
                && amounts.get(k + 1).start() - at <= 16
                && Features.clauseEnd(text, to, at) >= amounts.get(k + 1).start();
    }

    /** A word of effort was passed over right before. */
    boolean leads(int at) {
        return at > from && text.charAt(at - 1) != '、';
    }

    int keepLength(int start, int stop) {
        return Trie.length(IndicatorWords.KEEP.match(text, start, Math.max(start, stop)));
    }

    /** Behind the last verb in the middle of a clause that takes an object: …等领域实施技改项目. */
    int inner(int start, int stop, int least) {
        for (int i = stop - 2; i > start; i--) {
            int length = Trie.length(IndicatorWords.INNER.match(text, i, stop));
            if (length > 0 && i + length + 4 * least <= stop && insideQuotes(start, i) == 0 && i > start + 2) {
                char next = i + length < stop ? text.charAt(i + length) : ' ';
                return next == '的' || next == '、' || next == '率' ? start : i + length;
            }
        }
        return start;
    }

    int skipMarks(int at) {
        int i = at;
        while (i < to && (text.charAt(i) == '、' || text.charAt(i) == '和')) {
            i++;
        }
        return i - at;
    }

    boolean adjacentClause(int k, int leftFrom) {
        int previous = amounts.get(k - 1).end();
        int between = leftFrom - previous;
        return between >= 0 && between <= 40 && Features.clauseEnd(text, to, previous) >= leftFrom - 1;
    }

    /** Behind the last 确保, 力争 and their like. */
    int pivot(int begin, int end) {
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
    int afterList(int start, int stop) {
        for (int i = stop - 1; i > start; i--) {
            if (text.charAt(i) == '、' && insideQuotes(start, i) == 0) {
                int next = IndicatorWords.pastLead(text, i + 1, stop);
                return IndicatorWords.onlyVerbs(text, start, i) ? start : next;
            }
        }
        return start;
    }
}
