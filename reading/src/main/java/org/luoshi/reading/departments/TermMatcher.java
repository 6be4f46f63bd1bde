package org.luoshi.reading.departments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.luoshi.reading.Span;

/**
 * Adds up what the terms of a text say for each of a number of classes (departments, themes). A term inside a longer
 * term does not count, a repeated one counts less each time, one in the opening phrase counts threefold. Immutable after
 * {@link #add}ing.
 */
public final class TermMatcher {
    private static final double OPENING = 3;
    private static final double FIRST = 2;
    private static final double REPEATED = 0.3;
    private static final int LONGEST_OPENING = 45;
    private static final int SHORTEST_CLAUSE = 8;
    private static final int SHORTEST_TEXT = 40;

    private static final int MOST_HITS = 512;

    private final WordTrie trie = new WordTrie();
    private final List<String> terms = new ArrayList<>();
    private int[][] ownersOf = new int[1024][];
    private double[][] weightsOf = new double[1024][];
    private final int owners;

    public TermMatcher(int owners) {
        this.owners = owners;
    }

    /** Takes in a term that speaks for no class, so that shorter terms inside it are not heard. */
    public void silence(String term) {
        place(term);
    }

    private int place(String term) {
        int before = trie.add(term, terms.size());
        if (before >= 0) {
            return before;
        }
        int index = terms.size();
        terms.add(term);
        if (index == ownersOf.length) {
            ownersOf = Arrays.copyOf(ownersOf, index * 2);
            weightsOf = Arrays.copyOf(weightsOf, index * 2);
        }
        ownersOf[index] = new int[0];
        weightsOf[index] = new double[0];
        return index;
    }

    public void add(String term, int owner, double weight) {
        int index = place(term);
        int size = ownersOf[index].length;
        ownersOf[index] = Arrays.copyOf(ownersOf[index], size + 1);
        weightsOf[index] = Arrays.copyOf(weightsOf[index], size + 1);
        ownersOf[index][size] = owner;
        weightsOf[index][size] = weight;
    }

    /** What the terms said: scores by class, 0 where nothing speaks for it, and the terms that were found. */
    public final class Tally {
        private final double[] scores = new double[owners];

        /** Term, start, end of every counted hit, one after another. */
        private int[] hits = new int[24];

        private double[] factors = new double[8];
        private int count;

        private Tally() {}

        public double[] scores() {
            return scores;
        }

        private void add(int term, int start, int end, double opening) {
            double factor = opening;
            for (int i = 0; i < count; i++) {
                if (hits[3 * i] == term) {
                    factor *= REPEATED;
                }
            }
            if (count == factors.length) {
                if (count >= MOST_HITS) {
                    return;
                }
                factors = Arrays.copyOf(factors, count * 2);
                hits = Arrays.copyOf(hits, count * 6);
            }
            hits[3 * count] = term;
            hits[3 * count + 1] = start;
            hits[3 * count + 2] = end;
            factors[count++] = factor;
            int[] owner = ownersOf[term];
            double[] weight = weightsOf[term];
            for (int i = 0; i < owner.length; i++) {
                scores[owner[i]] += weight[i] * factor;
            }
        }

        /** The position among the hits of the term that says most for a class, -1 where none does. */
        public int best(int owner) {
            int best = -1;
            double most = 0;
            for (int i = 0; i < count; i++) {
                int[] all = ownersOf[hits[3 * i]];
                for (int k = 0; k < all.length; k++) {
                    double says = all[k] == owner ? weightsOf[hits[3 * i]][k] * factors[i] : 0;
                    if (says > most) {
                        most = says;
                        best = i;
                    }
                }
            }
            return best;
        }

        public String term(int hit) {
            return terms.get(hits[3 * hit]);
        }

        public Span span(int hit) {
            return new Span(hits[3 * hit + 1], hits[3 * hit + 2]);
        }
    }

    /** Tallies {@code text[start, end)}; the scores do not grow with length alone. */
    public Tally tally(CharSequence text, int start, int end) {
        var tally = new Tally();
        int opening = opening(text, start, end);
        int first = firstClause(text, opening, end);
        int covered = start;
        for (int i = start; i < end; i++) {
            long found = trie.longestAt(text, i, end);
            if (found >= 0 && (int) found > covered) {
                covered = (int) found;
                tally.add((int) (found >>> 32), i, covered, i < opening ? OPENING : i < first ? FIRST : 1);
            }
        }
        if (tally.count > 0) {
            double scale = 6 / Math.sqrt(Math.max(SHORTEST_TEXT, end - start));
            double[] scores = tally.scores;
            for (int i = 0; i < owners; i++) {
                scores[i] *= scale;
            }
        }
        return tally;
    }

    /** The end of the first clause after the opening phrase: what is done stands there, how it is done behind. */
    private static int firstClause(CharSequence text, int start, int end) {
        int stop = Math.min(end, start + LONGEST_OPENING);
        for (int i = start + SHORTEST_CLAUSE; i < stop; i++) {
            char c = text.charAt(i);
            if (c == '，' || c == ',' || c == '。' || c == '；') {
                return i;
            }
        }
        return stop;
    }

    /** The end of the opening phrase that many tasks begin with (强化算力供给。…), {@code start} where there is none. */
    static int opening(CharSequence text, int start, int end) {
        int stop = Math.min(end, start + LONGEST_OPENING);
        for (int i = start; i < stop; i++) {
            char c = text.charAt(i);
            if (c == '。' || c == '：' || c == ':') {
                return i + 1 < end ? i : start;
            }
        }
        return start;
    }
}
