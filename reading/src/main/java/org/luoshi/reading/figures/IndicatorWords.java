package org.luoshi.reading.figures;

import java.util.LinkedHashMap;
import java.util.Map;

/** The words around indicators, and how they are cut off. */
final class IndicatorWords {
    private static final WordFile FILE = WordFile.load("indicators.txt");

    static final Trie LEAD = Trie.forward(FILE.numbered("lead"));
    static final Trie KEEP = Trie.forward(FILE.numbered("keep"));
    /** Verbs and adverbs of any sort, for words that are nothing else. */
    static final Trie ANY_VERB = Trie.forward(FILE.numbered("lead", "keep", "tail"));

    static final Trie TAIL = Trie.backward(FILE.numbered("tail"));
    static final Trie LEVEL = Trie.forward(FILE.numbered("level"));
    static final Trie HEAD = Trie.backward(FILE.numbered("head"));
    static final Trie PREFIX = Trie.forward(FILE.numbered("prefix"));
    static final Trie PIVOT = Trie.forward(FILE.numbered("pivot"));
    static final Trie GROWTH = Trie.backward(FILE.numbered("growth", "fall"));
    static final Trie GUARD = Trie.forward(FILE.numbered("guard"));
    static final Trie INNER = Trie.forward(FILE.numbered("inner"));
    static final Trie STAGE = Trie.forward(FILE.numbered("stage"));
    static final Trie IDLE = Trie.forward(FILE.numbered("idle"));
    static final Trie WEAK_HEAD = Trie.backward(FILE.numbered("weakHead"));
    static final Trie VAGUE = Trie.backward(FILE.numbered("vague"));
    static final Trie LEAN = Trie.forward(FILE.numbered("lean"));
    static final Map<String, String[]> FUSED = fused();

    private IndicatorWords() {}

    private static Map<String, String[]> fused() {
        Map<String, String[]> pairs = new LinkedHashMap<>();
        for (String line : FILE.words("fused")) {
            String[] sides = line.split("=");
            pairs.put(sides[0], sides[1].split("\\|"));
        }
        return pairs;
    }

    static java.util.List<String> words(String group) {
        return FILE.words(group);
    }

    /** Where the indicator starts once words of effort, scope and time at {@code from} are passed over. */
    static int pastLead(String text, int from, int to) {
        int at = from;
        while (at < to) {
            char c = text.charAt(at);
            if (c == ' '
                    || c == '\u3000'
                    || c == '\u00a0'
                    || c == '、'
                    || c == '—'
                    || c == '-'
                    || c == '”'
                    || c == '》') {
                at++;
                continue;
            }
            int time = pastTime(text, at, to);
            if (time > at) {
                at = time;
                continue;
            }
            int mark = at == from ? mark(text, at, to) : 0;
            if (mark > 0) {
                at += mark;
                continue;
            }
            int length = Trie.length(LEAD.match(text, at, to));
            if (length == 0
                    || Trie.length(KEEP.match(text, at, to)) > length
                    || Trie.length(GUARD.match(text, at, to)) > length) {
                break;
            }
            at += length;
        }
        return at;
    }

    /** Behind a year, a plan or a span of years that opens a clause: 到2030年, “十五五”末, xxxx年, 三年. */
    private static int pastTime(String text, int from, int to) {
        int at = from;
        if (at < to && "到至比较在".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        boolean quoted = at < to && text.charAt(at) == '“';
        int digits = quoted ? at + 1 : at;
        int i = digits;
        while (i < to && i < digits + 6 && Numeral.begins(text.charAt(i)) != Numeral.Begin.NOTHING) {
            i++;
        }
        if (i == digits || i >= to) {
            return from;
        }
        if (quoted) {
            if (text.charAt(i) != '”' || text.charAt(digits) != '十') {
                return from;
            }
            i++;
        } else if (text.charAt(i) == '年') {
            i++;
            if (i < to && (text.charAt(i) == '度' || text.charAt(i) == '间' || text.charAt(i) == '来')) {
                i++;
            }
        } else if (text.charAt(i) == '月') {
            i++;
            if (i < to && text.charAt(i) == '份') {
                i++;
            }
        } else {
            return from;
        }
        for (String end : TIME_ENDS) {
            if (text.startsWith(end, i) && i + end.length() <= to) {
                return i + end.length();
            }
        }
        return i;
    }

    private static final String[] TIME_ENDS = {"时期", "期间", "期末", "以来", "底前", "末前", "年底", "年末", "底", "末", "内", "前"};

    /** Where the indicator ends once the words that lead to the number are cut off. */
    static int beforeTail(String text, int from, int to) {
        int at = to;
        while (at > from) {
            char c = text.charAt(at - 1);
            if (c == ' ' || c == '\u3000' || c == '\u00a0' || c == '“') {
                at--;
                continue;
            }
            int length = Trie.length(TAIL.match(text, at, from));
            if (length == 0) {
                length = yearAtEnd(text, at, from);
            }
            if (length == 0) {
                break;
            }
            at -= length;
        }
        return at;
    }

    /** Length of a year or a plan at the end: 从2020年, 较“十二五”末 lead to a number and measure nothing. */
    private static int yearAtEnd(String text, int at, int from) {
        for (String end : PLAN_ENDS) {
            if (text.startsWith(end, at - end.length()) && at - end.length() > from) {
                int open = Features.last(text, "“", Math.max(from, at - 8), at);
                return open >= from && at - open <= 8 ? at - open : 0;
            }
        }
        int digits = at - 1;
        if (text.charAt(at - 1) != '年') {
            return 0;
        }
        while (digits > from && Numeral.isDigit(text.charAt(digits - 1))) {
            digits--;
        }
        int length = at - 1 - digits;
        boolean run = length > 0 && length < 3 && digits - 2 >= from && text.startsWith("连续", digits - 2);
        return run ? at - digits + 2 : length == 4 ? at - digits : 0;
    }

    private static final String[] PLAN_ENDS = {"”末", "”时期", "”期间", "”期末", "”初"};

    /** Length of an enumeration mark in front: 六是, （5）. */
    private static int mark(String text, int at, int to) {
        char c = text.charAt(at);
        boolean round = c == '（' || c == '(';
        int i = round ? at + 1 : at;
        int digits = i;
        while (i < to && i < digits + 3 && Numeral.begins(text.charAt(i)) != Numeral.Begin.NOTHING) {
            i++;
        }
        if (i == digits || i >= to) {
            return 0;
        }
        char end = text.charAt(i);
        if (!round && text.startsWith("大类", i)) {
            return i + 2 - at;
        }
        if (!round && end == '批') {
            return i + 1 - at;
        }
        return (round ? end == '）' || end == ')' : end == '是') ? i + 1 - at : 0;
    }

    /** Whether a stretch is made of verbs and adverbs only. */
    static boolean onlyVerbs(String text, int from, int to) {
        int at = from;
        while (at < to) {
            char c = text.charAt(at);
            int length = c == '、' || c == '和' || c == '及' ? 1 : Trie.length(ANY_VERB.match(text, at, to));
            if (length == 0) {
                return false;
            }
            at += length;
        }
        return true;
    }
}
