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
            long match = LEAD.match(text, at, to);
            int length = Trie.length(match);
            if (length == 0 || Trie.length(KEEP.match(text, at, to)) > length) {
                break;
            }
            at += length;
        }
        return at;
    }

    /** Where the indicator ends once the words that lead to the number are cut off. */
    static int beforeTail(String text, int from, int to) {
        int at = to;
        while (at > from) {
            char c = text.charAt(at - 1);
            if (c == ' ' || c == '\u3000' || c == '\u00a0') {
                at--;
                continue;
            }
            int length = Trie.length(TAIL.match(text, at, from));
            if (length == 0) {
                break;
            }
            at -= length;
        }
        return at;
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
