package org.luoshi.reading.outline;

/** Looking for words in a stretch of a text without copying it. */
final class Words {
    private Words() {}

    /** The offset of the word in {@code from..to}, or -1. */
    static int find(String text, int from, int to, String word) {
        int end = Math.min(to, text.length());
        return from >= end ? -1 : text.indexOf(word, from, end);
    }

    static boolean has(String text, int from, int to, String... words) {
        for (String word : words) {
            if (find(text, from, to, word) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** How often the words occur in {@code from..to}. */
    static int count(String text, int from, int to, String... words) {
        int count = 0;
        for (String word : words) {
            for (int at = find(text, from, to, word); at >= 0; at = find(text, at + word.length(), to, word)) {
                count++;
            }
        }
        return count;
    }
}
