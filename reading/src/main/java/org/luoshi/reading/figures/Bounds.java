package org.luoshi.reading.figures;

import org.luoshi.reading.figures.Amount.Left;
import org.luoshi.reading.figures.Amount.Right;

/** Reads the words that bound an amount on its left and right: 不低于, 以上, 左右. One reader serves one thread. */
final class Bounds {
    private static final WordFile MODIFIER_WORDS = WordFile.load("modifiers.txt");
    private static final Trie LEFT =
            Trie.backward(MODIFIER_WORDS.numbered("atLeast", "atMost", "below", "about", "reach", "within"));
    private static final Trie RIGHT =
            Trie.forward(MODIFIER_WORDS.numbered("rightAtLeast", "rightAtMost", "rightAbout", "rightMore"));
    private static final Left[] LEFTS = Left.values();
    private static final Right[] RIGHTS = Right.values();

    /** Where the words of the left bound begin. */
    int leftStart;

    Left left(String text, int numberStart, int from, boolean bare) {
        int at = numberStart;
        while (at > from && UnitReader.isBlank(text.charAt(at - 1))) {
            at--;
        }
        Left found = Left.NONE;
        leftStart = numberStart;
        for (int k = 0; k < 3; k++) {
            long match = LEFT.match(text, at, from);
            if (match == 0) {
                break;
            }
            at -= Trie.length(match);
            leftStart = at;
            Left next = LEFTS[Trie.number(match)];
            if (found == Left.NONE || found == Left.ABOUT || found == Left.REACH && next == Left.WITHIN) {
                found = found == Left.ABOUT && next == Left.REACH ? Left.ABOUT : next;
            }
        }
        if (found == Left.NONE && bare && at > from) {
            char c = text.charAt(at - 1);
            if (c == '上' || c == '过') {
                leftStart = at - 1;
                return Left.AT_LEAST;
            }
        }
        return found;
    }

    Right rightFound = Right.NONE;

    int right(String text, int at, int to) {
        rightFound = Right.NONE;
        int i = footnote(text, UnitReader.skipBlanks(text, at, to), to);
        if (i < to && (text.charAt(i) == '（' || text.charAt(i) == '(') && text.startsWith("含）", i + 1)) {
            i += 3;
        }
        long match = RIGHT.match(text, i, to);
        if (match == 0) {
            return at;
        }
        rightFound = RIGHTS[Trie.number(match)];
        return i + Trie.length(match);
    }

    /** Passes over a footnote mark such as [1]. */
    private static int footnote(String text, int at, int to) {
        if (at + 2 < to && (text.charAt(at) == '[' || text.charAt(at) == '〔' || text.charAt(at) == '【')) {
            int i = at + 1;
            while (i < to && i < at + 4 && Numeral.isDigit(text.charAt(i))) {
                i++;
            }
            if (i > at + 1 && i < to && (text.charAt(i) == ']' || text.charAt(i) == '〕' || text.charAt(i) == '】')) {
                return i + 1;
            }
        }
        return at;
    }
}
