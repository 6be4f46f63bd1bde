package org.luoshi.reading.departments;

import java.util.ArrayList;
import java.util.List;

/**
 * Adds up what the terms of a text say for each of a number of classes (departments, themes). A term inside a longer
 * term does not count, a repeated one counts less each time, one in the opening phrase counts double. Immutable after
 * {@link #add}ing.
 */
public final class TermMatcher {
    private static final double OPENING = 2.0;
    private static final double REPEATED = 0.6;
    private static final int LONGEST_OPENING = 45;
    private static final int SHORTEST_TEXT = 40;

    private record Weight(int owner, double weight) {}

    private final WordTrie trie = new WordTrie();
    private final List<String> terms = new ArrayList<>();
    private final List<List<Weight>> weights = new ArrayList<>();
    private final int owners;

    public TermMatcher(int owners) {
        this.owners = owners;
    }

    public void add(String term, int owner, double weight) {
        int before = trie.add(term, terms.size());
        if (before >= 0) {
            weights.get(before).add(new Weight(owner, weight));
            return;
        }
        terms.add(term);
        var list = new ArrayList<Weight>(2);
        list.add(new Weight(owner, weight));
        weights.add(list);
    }

    /**
     * What the terms said.
     *
     * @param scores by class, 0 where nothing speaks for it
     * @param best the number of the weightiest term by class, -1 where there is none
     * @param starts offset of that term
     * @param ends its end
     */
    public record Tally(double[] scores, int[] best, int[] starts, int[] ends) {}

    public String term(int index) {
        return terms.get(index);
    }

    /** Tallies {@code text[start, end)}; the scores do not grow with length alone. */
    public Tally tally(CharSequence text, int start, int end) {
        var scores = new double[owners];
        var best = new int[owners];
        var starts = new int[owners];
        var ends = new int[owners];
        var heaviest = new double[owners];
        java.util.Arrays.fill(best, -1);
        int opening = opening(text, start, end);
        int[] seen = new int[16];
        int seenCount = 0;
        int covered = start;
        for (int i = start; i < end; i++) {
            long found = trie.longestAt(text, i, end);
            if (found < 0) {
                continue;
            }
            int stop = (int) found;
            if (stop <= covered) {
                continue;
            }
            covered = stop;
            int term = (int) (found >>> 32);
            double factor = i < opening ? OPENING : 1;
            for (int s = 0; s < seenCount; s++) {
                if (seen[s] == term) {
                    factor *= REPEATED;
                }
            }
            if (seenCount == seen.length && seen.length < 256) {
                seen = java.util.Arrays.copyOf(seen, seen.length * 2);
            }
            if (seenCount < seen.length) {
                seen[seenCount++] = term;
            }
            List<Weight> list = weights.get(term);
            for (int w = 0; w < list.size(); w++) {
                Weight weight = list.get(w);
                double add = weight.weight() * factor;
                scores[weight.owner()] += add;
                if (add > heaviest[weight.owner()]) {
                    heaviest[weight.owner()] = add;
                    best[weight.owner()] = term;
                    starts[weight.owner()] = i;
                    ends[weight.owner()] = stop;
                }
            }
        }
        double scale = 6 / Math.sqrt(Math.max(SHORTEST_TEXT, end - start));
        for (int i = 0; i < owners; i++) {
            scores[i] *= scale;
        }
        return new Tally(scores, best, starts, ends);
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
