package org.luoshi.reading.departments;

import java.util.Arrays;
import java.util.Locale;

/**
 * Words to numbers, matched at a place of a text without making objects. Latin letters match in either case.
 *
 * <p>The nodes' edges lie in one open-addressed table keyed by node and character, so a step is one probe on average.
 */
public final class WordTrie {
    private static final int NEXT_BITS = 24;
    private static final long NEXT_MASK = (1L << NEXT_BITS) - 1;

    /** An edge in one number, so that a step reads one place: node, character, next node; -1 where there is none. */
    private long[] table = new long[1 << 12];

    private static final int MOST_NODES = 1 << 23;
    private int edges;
    private int[] values = new int[1 << 10];
    private int nodes = 1;
    private int longest;

    /** The characters that words begin with, as bits: most places of a text are answered by this alone. */
    private final long[] firsts = new long[1 << 10];

    /** The first two characters of the words, hashed to bits that stay in the nearest cache. */
    private final long[] pairs = new long[1 << 9];

    /** The characters that are words by themselves. */
    private final long[] singles = new long[1 << 10];

    public WordTrie() {
        Arrays.fill(table, -1);
        Arrays.fill(values, -1);
    }

    /** The number under which the word stands already, else -1 and it now stands under {@code value}. */
    public int add(String word, int value) {
        int node = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = fold(word.charAt(i));
            int next = step(node, c);
            if (next < 0) {
                if (nodes == MOST_NODES) {
                    throw new IllegalArgumentException("More than " + MOST_NODES
                            + " places in one list of words. Split the list or take words out of the file.");
                }
                next = nodes++;
                if (next == values.length) {
                    values = Arrays.copyOf(values, next * 2);
                    Arrays.fill(values, next, values.length, -1);
                }
                put(key(node, c), next);
            }
            node = next;
        }
        longest = Math.max(longest, word.length());
        if (!word.isEmpty()) {
            char first = fold(word.charAt(0));
            firsts[first >>> 6] |= 1L << (first & 63);
            if (word.length() == 1) {
                singles[first >>> 6] |= 1L << (first & 63);
            } else {
                int pair = pair(first, fold(word.charAt(1)));
                pairs[pair >>> 6] |= 1L << (pair & 63);
            }
        }
        int before = values[node];
        if (before < 0) {
            values[node] = value;
        }
        return before;
    }

    /** The node after {@code c} from {@code node} (0 is the start), -1 where no word goes on so. */
    public int step(int node, char c) {
        long[] edges = table;
        long key = key(node, fold(c));
        int mask = edges.length - 1;
        int slot = slot(key, mask);
        while (edges[slot] != -1) {
            if (edges[slot] >>> NEXT_BITS == key) {
                return (int) (edges[slot] & NEXT_MASK);
            }
            slot = (slot + 1) & mask;
        }
        return -1;
    }

    /** The number of the word that ends at the node, -1 where none does. */
    public int value(int node) {
        return values[node];
    }

    /**
     * The longest word that starts at {@code start}: its number in the upper 32 bits, its end in the lower; -1 where
     * none does.
     */
    public long longestAt(CharSequence text, int start, int end) {
        if (start >= end) {
            return -1;
        }
        char first = fold(text.charAt(start));
        long bit = 1L << (first & 63);
        if ((firsts[first >>> 6] & bit) == 0) {
            return -1;
        }
        if ((singles[first >>> 6] & bit) == 0) {
            if (start + 1 >= end) {
                return -1;
            }
            int pair = pair(first, fold(text.charAt(start + 1)));
            if ((pairs[pair >>> 6] & 1L << (pair & 63)) == 0) {
                return -1;
            }
        }
        int node = 0;
        long found = -1;
        int stop = Math.min(end, start + longest);
        for (int i = start; i < stop; i++) {
            node = step(node, text.charAt(i));
            if (node < 0) {
                break;
            }
            if (values[node] >= 0) {
                found = ((long) values[node] << 32) | (i + 1);
            }
        }
        return found;
    }

    /** Whether some word begins with the character. */
    public boolean begins(char c) {
        char first = fold(c);
        return (firsts[first >>> 6] & 1L << (first & 63)) != 0;
    }

    /** The number of the whole text as a word, -1 where it is none. */
    public int exact(CharSequence text) {
        int node = 0;
        for (int i = 0; i < text.length() && node >= 0; i++) {
            node = step(node, text.charAt(i));
        }
        return node < 0 ? -1 : values[node];
    }

    static char fold(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }

    static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static int pair(char first, char second) {
        return (first * 0x9E3779B1 + second * 0x85EBCA77) >>> 17;
    }

    private static long key(int node, char c) {
        return ((long) node << 16) | c;
    }

    private static int slot(long key, int mask) {
        long h = key * 0x9E3779B97F4A7C15L;
        return (int) (h >>> 40) & mask;
    }

    private void put(long key, int next) {
        if (edges * 2 >= table.length) {
            long[] old = table;
            table = new long[old.length * 2];
            Arrays.fill(table, -1);
            for (long edge : old) {
                if (edge != -1) {
                    insert(edge >>> NEXT_BITS, edge);
                }
            }
        }
        insert(key, key << NEXT_BITS | next);
        edges++;
    }

    private void insert(long key, long edge) {
        int mask = table.length - 1;
        int slot = slot(key, mask);
        while (table[slot] != -1) {
            slot = (slot + 1) & mask;
        }
        table[slot] = edge;
    }
}
