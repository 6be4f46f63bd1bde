package org.luoshi.reading.commitments;

import java.util.List;
import org.luoshi.reading.Figure;
import org.luoshi.reading.Span;

/**
 * The short line of a commitment for a list, its verb and its object.
 *
 * @param what at most {@value #LONGEST} characters
 */
record Line(String what, String verb, String object) {
    static final int LONGEST = 40;
    private static final int SHORT = 12;
    private static final int LONGEST_OBJECT = 30;

    /** Reads the line of {@code span}: its first clause that acts, and the next ones as far as they fit. */
    static Line of(String text, Span span, List<Figure> targets) {
        List<Span> clauses = Clauses.clauses(text, span.start(), span.end());
        int main = 0;
        for (int i = 0; i < clauses.size(); i++) {
            Span clause = clauses.get(i);
            if (!Verbs.leadsIn(text, clause.start(), clause.end()) && !timeOnly(text, clause)) {
                main = i;
                break;
            }
        }
        Span clause = clauses.get(main);
        int start = begin(text, clause);
        int verbEnd = Verbs.verbEnd(text, start, clause.end());
        String verb = "";
        String object;
        if (verbEnd >= 0) {
            verbEnd = Verbs.verbsEnd(text, verbEnd, clause.end());
            verb = text.substring(start, verbEnd);
            object = object(text, verbEnd, clause.end(), targets);
        } else {
            int inner = innerVerb(text, start, clause.end());
            if (inner >= 0) {
                verb = text.substring(inner, Verbs.verbEnd(text, inner, clause.end()));
                object = trim(text.substring(start, beforeTime(text, start, inner)));
            } else {
                object = object(text, start, clause.end(), targets);
            }
        }
        int stop = clause.end();
        for (int i = main + 1; i < clauses.size(); i++) {
            boolean fits = clauses.get(i).end() - start <= LONGEST;
            if (!fits
                    || stop - start >= SHORT
                            && Verbs.tellsResult(
                                    text, clauses.get(i).start(), clauses.get(i).end())) {
                break;
            }
            stop = clauses.get(i).end();
        }
        return new Line(shorten(flat(text, start, stop)), verb, object);
    }

    /** The offset after a colon's lead, words of time and adverbs, in whatever order they stand. */
    private static int begin(String text, Span clause) {
        int start = clause.start();
        for (int i = start; i < clause.end() - 4; i++) {
            if (text.charAt(i) == '：' || text.charAt(i) == ':') {
                start = i + 1;
            }
        }
        for (int round = 0; round < 3; round++) {
            int next = Verbs.skipAdverbs(text, skipTime(text, new Span(start, clause.end())), clause.end());
            if (next == start || next >= clause.end()) {
                break;
            }
            start = next;
        }
        return start;
    }

    /** The end of a thing's name before a time and adverbs that follow it: 云溪大桥7月底前 is 云溪大桥. */
    private static int beforeTime(String text, int start, int end) {
        List<TimeWords.Found> times = TimeWords.find(text, start, Math.min(end, start + LONGEST), 2000, null);
        if (times.isEmpty() || end - times.getLast().span().end() > 4) {
            return end;
        }
        int stop = times.getLast().span().start();
        return stop - start >= 2 ? stop : end;
    }

    private static boolean timeOnly(String text, Span clause) {
        return skipTime(text, clause) >= clause.end();
    }

    /** The offset after the words of time that a clause begins with. */
    private static int skipTime(String text, Span clause) {
        List<TimeWords.Found> times =
                TimeWords.find(text, clause.start(), Math.min(clause.end(), clause.start() + 16), 2000, null);
        if (!times.isEmpty() && times.getFirst().span().start() <= clause.start() + 1) {
            return Math.min(times.getFirst().span().end(), clause.end());
        }
        return clause.start();
    }

    /** The verb right before a number or at the end: 地区生产总值增长6% has 增长, 云溪大桥年内通车 has 通车. */
    private static int innerVerb(String text, int start, int end) {
        for (int i = start + 2; i < end; i++) {
            int stop = Verbs.verbEnd(text, i, end);
            if (stop - i >= 2) {
                if (stop == end || Character.isDigit(text.charAt(stop)) || text.charAt(stop) == '*') {
                    return i;
                }
                i = stop - 1;
            }
        }
        return -1;
    }

    /** What follows the verb, up to the number of a target, a bracket, or the longest length. */
    private static String object(String text, int from, int end, List<Figure> targets) {
        int stop = Math.min(end, from + LONGEST_OBJECT);
        for (Figure target : targets) {
            if (target.number().start() >= from + 2 && target.number().start() < stop) {
                stop = target.number().start();
            }
        }
        String object = trim(flat(text, from, stop));
        if (stop < end && (object.length() < 3 || object.endsWith("等"))) {
            stop = Math.min(end, from + LONGEST_OBJECT);
            object = trim(flat(text, from, stop));
        }
        return stop == from + LONGEST_OBJECT && stop < end ? cutAtMark(object) : object;
    }

    private static String flat(String text, int from, int to) {
        var flat = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c > ' ' && c != '　') {
                flat.append(c);
            } else if (c == ' ' && !flat.isEmpty() && latin(flat.charAt(flat.length() - 1))) {
                flat.append(c);
            }
        }
        return flat.toString();
    }

    private static boolean latin(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    private static String shorten(String line) {
        String trimmed = trim(line);
        if (trimmed.length() <= LONGEST) {
            return trimmed;
        }
        String cut = trimmed.substring(0, LONGEST - 1);
        int mark = Math.max(Math.max(cut.lastIndexOf('、'), cut.lastIndexOf('，')), cut.lastIndexOf(','));
        if (mark >= LONGEST / 2) {
            return cut.substring(0, mark) + (cut.charAt(mark) == '、' ? "等" : "");
        }
        int end = cut.length();
        if (Character.isHighSurrogate(cut.charAt(end - 1))) {
            end--;
        }
        return cut.substring(0, end) + "…";
    }

    private static String cutAtMark(String object) {
        int mark = object.lastIndexOf('、');
        return mark >= object.length() / 2 ? object.substring(0, mark) : object;
    }

    private static String trim(String line) {
        int from = 0;
        int to = line.length();
        while (from < to && " 　，,、：:“”".indexOf(line.charAt(from)) >= 0 && line.charAt(from) != '“') {
            from++;
        }
        while (to > from && " 　，,、：:（(".indexOf(line.charAt(to - 1)) >= 0) {
            to--;
        }
        if (to > from && Character.isHighSurrogate(line.charAt(to - 1))) {
            to--;
        }
        return line.substring(from, to);
    }
}
