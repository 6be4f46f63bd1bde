package org.luoshi.reading.figures;

import java.util.Map;

/**
 * A dictionary of short words with a small number each, matched in place without cutting strings out of the text.
 *
 * <p>Children of a node form a linked list, because below the first character the lists are short; the first character
 * is an array lookup, because nearly every position of a text fails there.
 */
final class Trie {
    private static final int NONE = -1;

    private final boolean backward;
    private final short[] first = new short[1 << 16];

    /** The first two characters of the words, hashed to bits: most places that get past the first character fail here. */
    private final long[] pairs = new long[1 << 9];

    private char[] label = new char[64];
    private short[] child = new short[64];
    private short[] sibling = new short[64];
    private int[] value = new int[64];
    private int size = 1;

    private Trie(boolean backward) {
        this.backward = backward;
    }

    /** A dictionary whose words are matched from a position to the right. */
    static Trie forward(Map<String, Integer> words) {
        return new Trie(false).addAll(words);
    }

    /** A dictionary whose words are matched from a position to the left. */
    static Trie backward(Map<String, Integer> words) {
        return new Trie(true).addAll(words);
    }

    private Trie addAll(Map<String, Integer> words) {
        words.forEach(this::add);
        return this;
    }

    private void add(String word, int number) {
        int length = word.length();
        char head = word.charAt(backward ? length - 1 : 0);
        short node = first[head];
        if (node == 0) {
            node = grow(head);
            first[head] = node;
        }
        for (int i = 1; i < length; i++) {
            char c = word.charAt(backward ? length - 1 - i : i);
            if (i == 1) {
                int pair = pair(head, c);
                pairs[pair >>> 6] |= 1L << (pair & 63);
            }
            short next = find(child[node], c);
            if (next == 0) {
                next = grow(c);
                sibling[next] = child[node];
                child[node] = next;
            }
            node = next;
        }
        value[node] = number;
    }

    private short grow(char c) {
        if (size == Short.MAX_VALUE) {
            throw new IllegalStateException("A word list of more than " + size + " nodes does not fit; split it.");
        }
        if (size == label.length) {
            label = java.util.Arrays.copyOf(label, size * 2);
            child = java.util.Arrays.copyOf(child, size * 2);
            sibling = java.util.Arrays.copyOf(sibling, size * 2);
            value = java.util.Arrays.copyOf(value, size * 2);
        }
        label[size] = c;
        value[size] = NONE;
        return (short) size++;
    }

    private short find(short node, char c) {
        short at = node;
        while (at != 0 && label[at] != c) {
            at = sibling[at];
        }
        return at;
    }

    /**
     * The longest word at a position.
     *
     * @param at where the word starts, or for a backward dictionary where it ends (exclusive)
     * @param limit how far the word may reach: the end (exclusive), or for a backward dictionary the start
     * @return length and number as made by {@link #length} and {@link #number}, 0 where no word fits
     */
    long match(String text, int at, int limit) {
        int step = backward ? -1 : 1;
        int i = backward ? at - 1 : at;
        int available = backward ? at - limit : limit - at;
        if (available <= 0) {
            return 0;
        }
        short node = first[text.charAt(i)];
        long best = 0;
        int length = 0;
        while (node != 0) {
            length++;
            if (value[node] != NONE) {
                best = ((long) length << 32) | value[node];
            }
            if (length == available) {
                break;
            }
            i += step;
            char c = text.charAt(i);
            if (length == 1) {
                int pair = pair(text.charAt(i - step), c);
                if ((pairs[pair >>> 6] & 1L << (pair & 63)) == 0) {
                    break;
                }
            }
            node = find(child[node], c);
        }
        return best;
    }

    private static int pair(char first, char second) {
        return (first * 0x9E3779B1 + second * 0x85EBCA77) >>> 17;
    }

    static int length(long match) {
        return (int) (match >>> 32);
    }

    static int number(long match) {
        return (int) match;
    }
}
