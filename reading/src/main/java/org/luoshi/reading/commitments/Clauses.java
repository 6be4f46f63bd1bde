package org.luoshi.reading.commitments;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Figure;
import org.luoshi.reading.Span;
import org.luoshi.reading.departments.TermMatcher;
import org.luoshi.reading.outline.Stops;

/**
 * Cuts a segment into the commitments that it holds. A comma parts two commitments where both sides act on something of
 * their own (or set a target of their own) and different departments clearly answer for them; all else stays together,
 * as the published task lists have it.
 */
final class Clauses {
    /** At least this much must speak for a department before a cut is made because of it. */
    private static final double CLEAR = 7;

    private static final int SHORTEST = 6;
    private static final int LONGEST_THING = 60;

    private final TermMatcher duties;

    Clauses(TermMatcher duties) {
        this.duties = duties;
    }

    /** The spans of the commitments of a segment, in order; at least one. */
    List<Span> cut(String text, Span segment, List<Figure> targets, @Nullable Integer year) {
        int start = Stops.afterMarker(text, segment.start(), segment.end());
        List<Span> clauses = clauses(text, start, segment.end());
        if (clauses.size() == 1) {
            return clauses;
        }
        boolean severalTimes =
                TimeWords.find(text, start, segment.end(), year, null).size() > 1;
        var spans = new ArrayList<Span>();
        int from = clauses.get(0).start();
        int end = clauses.get(0).end();
        boolean acts = acts(text, clauses.get(0), targets);
        double[] group = duties.tally(text, from, end).scores();
        int pending = -1;
        for (int i = 1; i < clauses.size(); i++) {
            Span clause = clauses.get(i);
            boolean opens = acts(text, clause, targets);
            double[] scores = duties.tally(text, clause.start(), clause.end()).scores();
            if (acts && opens && differ(group, scores) || severalTimes && ownTimes(text, from, end, clause, year)) {
                int begin = pending >= 0 ? pending : clause.start();
                spans.add(new Span(from, lastEnd(text, from, begin)));
                from = begin;
                group = scores;
            } else {
                for (int k = 0; k < group.length; k++) {
                    group[k] += scores[k];
                }
            }
            acts |= opens;
            if (from == clause.start() || from == pending) {
                acts = opens;
            }
            // A clause that only leads in goes with what follows it.
            pending = !opens && Verbs.leadsIn(text, clause.start(), clause.end())
                    ? (pending >= 0 ? pending : clause.start())
                    : -1;
            end = clause.end();
        }
        spans.add(new Span(from, end));
        return spans;
    }

    /** Whether both sides are of the form 某桥国庆前通车: a thing, then its own day, and the days differ. */
    private static boolean ownTimes(String text, int from, int end, Span clause, @Nullable Integer year) {
        if (year == null) {
            return false;
        }
        TimeWords.Found here = ownTime(text, clause.start(), clause.end(), year);
        if (here == null) {
            return false;
        }
        TimeWords.Found before = ownTime(text, from, end, year);
        return before != null && !before.due().equals(here.due());
    }

    private static TimeWords.@Nullable Found ownTime(String text, int start, int end, int year) {
        List<TimeWords.Found> times = TimeWords.find(text, start, Math.min(end, start + LONGEST_THING), year, null);
        if (times.isEmpty()) {
            return null;
        }
        TimeWords.Found time = times.getFirst();
        boolean thingFirst = time.span().start() - start >= 4 && Verbs.verbEnd(text, start, end) < 0;
        return thingFirst && Verbs.completes(text, time.span().end(), end) ? time : null;
    }

    private static int lastEnd(String text, int from, int begin) {
        int end = begin;
        while (end > from && "，, 　".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return Math.max(end, from);
    }

    /** The commas outside brackets and quotation marks part clauses. */
    static List<Span> clauses(String text, int start, int end) {
        var spans = new ArrayList<Span>();
        int depth = 0;
        int from = start;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c >= 0x4E00 && c < 0xA000) {
                continue;
            }
            if ("（(《“〔【".indexOf(c) >= 0) {
                depth++;
            } else if ("）)》”〕】".indexOf(c) >= 0) {
                depth = Math.max(0, depth - 1);
            } else if (depth == 0 && (c == '，' || c == ',' && !betweenDigits(text, i))) {
                add(spans, text, from, i);
                from = i + 1;
            }
        }
        add(spans, text, from, end);
        if (spans.isEmpty()) {
            spans.add(new Span(start, end));
        }
        return spans;
    }

    private static void add(List<Span> spans, String text, int from, int to) {
        int start = from;
        while (start < to && text.charAt(start) <= ' ') {
            start++;
        }
        if (start < to) {
            spans.add(new Span(start, to));
        }
    }

    private static boolean betweenDigits(String text, int i) {
        return i > 0
                && i + 1 < text.length()
                && Character.isDigit(text.charAt(i - 1))
                && Character.isDigit(text.charAt(i + 1));
    }

    /** Whether a clause could stand as a line of its own. */
    private static boolean acts(String text, Span clause, List<Figure> targets) {
        if (clause.length() < SHORTEST || Verbs.tellsResult(text, clause.start(), clause.end())) {
            return false;
        }
        for (Figure target : targets) {
            if (clause.contains(target.number()) && target.indicator().length() >= 3) {
                return true;
            }
        }
        int at = Verbs.skipAdverbs(text, clause.start(), clause.end());
        int verb = Verbs.verbEnd(text, at, clause.end());
        return verb >= 0 && clause.end() - verb >= 2 && !Verbs.leadsIn(text, clause.start(), clause.end());
    }

    private static boolean differ(double[] a, double[] b) {
        int bestA = best(a);
        int bestB = best(b);
        return bestA != bestB
                && a[bestA] >= CLEAR
                && b[bestB] >= CLEAR
                && a[bestB] < 0.4 * a[bestA]
                && b[bestA] < 0.4 * b[bestB];
    }

    private static int best(double[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            if (scores[i] > scores[best]) {
                best = i;
            }
        }
        return best;
    }
}
