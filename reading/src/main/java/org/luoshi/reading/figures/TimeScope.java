package org.luoshi.reading.figures;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Span;

/**
 * The words of time of one sentence. A time holds from where it stands to the end of its sentence; the last one before a
 * figure counts, or else one behind the figure in the same clause.
 */
final class TimeScope {
    /** How the day is found once the years of the report are known. */
    private enum Year {
        /** The year that the figure's part of the report is about. */
        OWN,
        /** The year of the speech. */
        THIS,
        LAST,
        NEXT,
        STATED,
        /** A year whose digits are hidden. */
        HIDDEN,
        NONE
    }

    private record Words(int start, int end, Year year, int stated, int month, Reach reach) {}

    /** How far words of time hold. */
    private enum Reach {
        /** To the end of the sentence. */
        SENTENCE,
        /** To the end of the clause: a project 年底前建成. */
        CLAUSE,
        /** For the number right behind: 2020年的51%. */
        NUMBER
    }

    /** The words of time in force and their last day, null where the report does not tell it. */
    record Time(Span words, @Nullable LocalDate due) {}

    private final String text;
    private final int from;
    private final List<Words> found = new ArrayList<>();

    private TimeScope(String text, int from) {
        this.text = text;
        this.from = from;
    }

    /** Finds the words of time between two offsets, which should be a sentence. */
    static TimeScope of(String text, int from, int to) {
        TimeScope scope = new TimeScope(text, from);
        for (int i = from; i < to; i++) {
            switch (text.charAt(i)) {
                case '年' -> scope.year(i, from, to);
                case '月' -> scope.month(i, from, to);
                case '季' -> scope.quarter(i, from, to);
                case '五' -> scope.plan(i, from, to);
                default -> {}
            }
        }
        return scope;
    }

    private char at(int i, int from, int to) {
        return i >= from && i < to ? text.charAt(i) : '\0';
    }

    private void year(int i, int from, int to) {
        char before = at(i - 1, from, to);
        char after = at(i + 1, from, to);
        switch (before) {
            case '全' -> add(i - 1, i + 1, Year.OWN, 0, 12);
            case '今', '本' -> {
                if (after == '以' || after == '来') {
                    add(i - 1, i + 1, Year.NONE, 0, 0);
                } else {
                    add(i - 1, i + 1, Year.THIS, 0, 12);
                }
            }
            case '去' -> add(i - 1, i + 1, Year.LAST, 0, 12);
            case '明' -> add(i - 1, i + 1, Year.NEXT, 0, 12);
            case '半' -> half(i, from, to);
            case '每' -> add(i - 1, i + 1, Year.NONE, 0, 0);
            default -> {
                if (Numeral.isDigit(before) || Numeral.begins(before) == Numeral.Begin.MASK) {
                    numbered(i, from, to);
                } else if ((after == '内' || after == '底' || after == '末')
                        && Numeral.begins(before) == Numeral.Begin.NOTHING
                        && before != '几') {
                    add(i, i + 2, Year.OWN, 0, 12);
                }
            }
        }
    }

    private void half(int i, int from, int to) {
        char side = at(i - 2, from, to);
        if (side == '上' || side == '下') {
            Words previous = touching(i - 2);
            int month = side == '上' ? 6 : 12;
            if (previous != null && previous.year != Year.NONE) {
                found.removeLast();
                add(previous.start, i + 1, previous.year, previous.stated, month);
            } else {
                add(i - 2, i + 1, Year.OWN, 0, month);
            }
        }
    }

    private @Nullable Words touching(int start) {
        return found.isEmpty() || found.getLast().end != start ? null : found.getLast();
    }

    private void numbered(int i, int from, int to) {
        int start = i;
        boolean hidden = false;
        int value = 0;
        while (start > from && i - start < 6) {
            char c = text.charAt(start - 1);
            if (Numeral.isDigit(c)) {
                start--;
            } else if (Numeral.begins(c) == Numeral.Begin.MASK) {
                hidden = true;
                start--;
            } else {
                break;
            }
        }
        int length = i - start;
        if (length != 4 && !(hidden && length >= 2)) {
            return;
        }
        for (int k = start; k < i && !hidden; k++) {
            char c = text.charAt(k);
            value = value * 10 + (c >= '０' ? c - '０' : c - '0');
        }
        char before = at(start - 1, from, to);
        char after = at(i + 1, from, to);
        if (!hidden
                && after == '的'
                && value > 1900
                && value < 2100
                && (before == '从' || before == '由' || before == '到' || before == '至')) {
            found.add(new Words(start, i + 2, Year.STATED, value, 12, Reach.NUMBER));
            return;
        }
        if (before == '比'
                || before == '较'
                || before == '于'
                || before == '-'
                || before == '—' && !hidden
                || after == '间'
                || after == '以'
                || after == '来'
                || after == '的'
                || after == '起'
                || after == '版'
                || after == '伊'
                || after == '初'
                || text.startsWith("基础", i + 1)) {
            if (hidden && after == '间') {
                add(start, i + 1, Year.NONE, 0, 0);
            }
            return;
        }
        boolean until = before == '到' || before == '至' || text.startsWith("截至", Math.max(from, start - 2));
        boolean opens = start == from
                || after == '，'
                || Features.isClauseEnd(before)
                || before == '在' && "底末前内，全".indexOf(after) >= 0
                || before == '争'
                || before == '保'
                || before == '计'
                || isBlank(before);
        if (hidden) {
            add(until ? start - 1 : start, i + 1, until ? Year.NONE : Year.HIDDEN, 0, 12);
        } else if ((until || opens) && value > 1900 && value < 2100) {
            add(until ? start - 1 : start, i + 1, Year.STATED, value, 12);
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\u3000' || c == '\u00a0';
    }

    private void month(int i, int from, int to) {
        int start = i;
        while (start > from && Numeral.isDigit(text.charAt(start - 1)) && i - start < 2) {
            start--;
        }
        if (start == i) {
            return;
        }
        int month = 0;
        for (int k = start; k < i; k++) {
            char c = text.charAt(k);
            month = month * 10 + (c >= '０' ? c - '０' : c - '0');
        }
        char after = at(i + 1, from, to);
        char before = at(start - 1, from, to);
        boolean limit = after == '底'
                || after == '末'
                || after == '前'
                || after == '份'
                || after == '中'
                || before == '-'
                || before == '—'
                || before == '~'
                || before == '至';
        if (month < 1 || month > 12 || !limit) {
            return;
        }
        Words previous = touching(start);
        if (previous != null && previous.year != Year.NONE) {
            found.removeLast();
            add(previous.start, i + 1, previous.year, previous.stated, month);
        } else {
            add(start, i + 1, Year.OWN, 0, month);
        }
    }

    private void quarter(int i, int from, int to) {
        if (at(i + 1, from, to) != '度') {
            return;
        }
        int quarter = "一二三四".indexOf(at(i - 1, from, to));
        char digit = at(i - 1, from, to);
        if (quarter < 0 && digit >= '1' && digit <= '4') {
            quarter = digit - '1';
        }
        if (quarter >= 0) {
            boolean front = at(i - 2, from, to) == '前';
            add(front ? i - 2 : i - 1, i + 2, Year.OWN, 0, (quarter + 1) * 3);
        }
    }

    private void plan(int i, int from, int to) {
        if (at(i - 2, from, to) != '十') {
            return;
        }
        int number = "一二三四五六".indexOf(at(i - 1, from, to));
        int end = at(i + 1, from, to) == '”' ? i + 2 : i + 1;
        char next = at(end, from, to);
        int start = at(i - 3, from, to) == '“' ? i - 3 : i - 2;
        char before = at(start - 1, from, to);
        boolean compared = before == '比' || before == '较' || before == '与';
        if (number >= 0 && !compared && !ratio(end, to) && (next == '末' || next == '时' || next == '期')) {
            add(start, end + 1, Year.STATED, 2010 + 5 * number, 12);
        }
    }

    private void add(int start, int end, Year year, int stated, int month) {
        found.add(new Words(start, end, year, stated, month, frames(start, end) ? Reach.SENTENCE : Reach.CLAUSE));
    }

    /** Words of time that open a clause frame the sentence; in the middle of one they belong to its predicate. */
    private boolean frames(int start, int end) {
        if (end < text.length() && text.charAt(end) == '，') {
            return true;
        }
        int clause = Features.clauseStart(text, from, start);
        return IndicatorWords.pastLead(text, clause, start) >= start || start - clause <= 4;
    }

    /** 是“十二五”末的1.7倍 compares. */
    private boolean ratio(int end, int to) {
        for (int k = end; k < Math.min(to, end + 3); k++) {
            if (text.charAt(k) == '的') {
                return true;
            }
        }
        return false;
    }

    /**
     * The time in force for a figure.
     *
     * @param start where the figure's amount starts
     * @param clauseEnd where its clause ends
     * @param ownYear the year that its part of the report is about, 0 where unknown
     * @param thisYear the year of the speech, 0 where unknown
     * @param goal still to be reached
     */
    @Nullable
    Time inForce(int start, int clauseEnd, int ownYear, int thisYear, boolean goal) {
        Words words = null;
        int after = after(start);
        for (int i = after - 1; i >= Math.max(0, after - LOOK_BACK) && words == null; i--) {
            words = holds(found.get(i), start, thisYear, goal) ? found.get(i) : null;
        }
        for (int i = after; i < found.size() && words == null && found.get(i).end <= clauseEnd; i++) {
            words = holds(found.get(i), start, thisYear, goal) ? found.get(i) : null;
        }
        if (words == null) {
            return null;
        }
        int year = switch (words.year) {
            case OWN -> ownYear;
            case THIS -> thisYear;
            case LAST -> thisYear == 0 ? 0 : thisYear - 1;
            case NEXT -> thisYear == 0 ? 0 : thisYear + 1;
            case STATED -> words.stated;
            case HIDDEN -> goal ? ownYear : 0;
            case NONE -> 0;
        };
        return new Time(
                new Span(words.start, words.end),
                year <= 0 ? null : YearMonth.of(year, words.month).atEndOfMonth());
    }

    /** Words of time tried before a figure; far more than sentences have. */
    private static final int LOOK_BACK = 12;

    /** The first words of time that do not start before an offset. */
    private int after(int start) {
        int low = 0;
        int high = found.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (found.get(middle).start < start) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean holds(Words words, int start, int thisYear, boolean goal) {
        if (!goal && words.year == Year.STATED && thisYear > 0 && words.stated > thisYear) {
            return false;
        }
        return switch (words.reach) {
            case SENTENCE -> true;
            case CLAUSE -> words.start >= start || Features.clauseStart(text, from, start) <= words.start;
            case NUMBER -> words.end == start;
        };
    }
}
