package org.luoshi.server.commitments;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Words for search without a dictionary: every pair of neighbouring letters or digits, in lower case and half width.
 * A text holds a query exactly where its words hold all the query's words in a row; two-character words are found by an
 * index without scanning.
 */
public final class SearchWords {
    private SearchWords() {}

    /** The pairs of a text, each once, in order of their first place; of a run of one character that character. */
    public static List<String> of(String text) {
        Set<String> words = new LinkedHashSet<>();
        StringBuilder run = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFKC).codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c)) {
                run.appendCodePoint(c);
            } else {
                pairs(run, words);
            }
        });
        pairs(run, words);
        return List.copyOf(words);
    }

    private static void pairs(StringBuilder run, Set<String> words) {
        String letters = run.toString().toLowerCase(Locale.ROOT);
        run.setLength(0);
        int[] points = letters.codePoints().toArray();
        if (points.length == 1) {
            words.add(letters);
        }
        for (int i = 0; i + 1 < points.length; i++) {
            words.add(new String(points, i, 2));
        }
    }
}
