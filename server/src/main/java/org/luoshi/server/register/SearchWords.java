package org.luoshi.server.register;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;

/**
 * What a person types into the search field, taken apart: runs of letters and digits, and of each word the pairs of
 * neighbouring characters that the column {@code commitment.words} is searched by. Pairs alone may hit a text that
 * holds them in other places, so longer words are looked for once more in the few texts found.
 *
 * @param words as typed, folded to the form that is stored
 * @param number the query is the number of an entry, such as {@code 26-0087}
 */
record SearchWords(List<String> words, boolean number) {

    static SearchWords of(String query) {
        String folded = fold(query);
        if (folded.matches("\\d{2,4}-\\d{1,6}")) {
            return new SearchWords(List.of(folded), true);
        }
        List<String> words = new ArrayList<>();
        for (String word : folded.split("[^\\p{L}\\p{Nd}]+")) {
            if (!word.isBlank()) {
                words.add(word);
            }
        }
        return new SearchWords(words, false);
    }

    /** Full-width letters and digits as half-width ones, capitals as small letters. */
    static String fold(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
    }

    /** All pairs of all words that have at least two characters. */
    String[] pairs() {
        SequencedSet<String> pairs = new LinkedHashSet<>();
        for (String word : words) {
            for (int i = 0; i + 2 <= word.length(); i++) {
                pairs.add(word.substring(i, i + 2));
            }
        }
        return pairs.toArray(String[]::new);
    }

    /** Patterns for what pairs cannot decide: single characters and words of three and more. */
    String[] patterns() {
        return words.stream()
                .filter(word -> word.length() != 2)
                .map(word ->
                        "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%")
                .toArray(String[]::new);
    }
}
