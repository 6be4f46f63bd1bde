package org.luoshi.reading.departments;

import java.util.Arrays;

/** The hashes of the runs of two and three characters of a text, each once; runs that cross a mark or digit are left out. */
final class Grams {
    private Grams() {}

    static int[] of(CharSequence text, int start, int end) {
        int opening = TermMatcher.opening(text, start, end);
        var hashes = new int[Math.max(8, 3 * (end - start))];
        int count = 0;
        for (int i = start; i + 1 < end; i++) {
            char a = text.charAt(i);
            char b = text.charAt(i + 1);
            if (!word(a) || !word(b)) {
                continue;
            }
            int two = mix(WordTrie.fold(a) * 0x1F1F1F1F + WordTrie.fold(b));
            hashes[count++] = two;
            if (i < opening) {
                hashes[count++] = mix(two ^ 0x5bd1e995);
            }
            if (i + 2 < end && word(text.charAt(i + 2))) {
                hashes[count++] = mix(two * 31 + WordTrie.fold(text.charAt(i + 2)));
            }
        }
        Arrays.sort(hashes, 0, count);
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || hashes[i] != hashes[i - 1]) {
                hashes[distinct++] = hashes[i];
            }
        }
        return Arrays.copyOf(hashes, distinct);
    }

    private static boolean word(char c) {
        return c >= 0x4E00 && c <= 0x9FFF || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static int mix(int h) {
        h ^= h >>> 16;
        h *= 0x85ebca6b;
        h ^= h >>> 13;
        h *= 0xc2b2ae35;
        return h ^ h >>> 16;
    }
}
