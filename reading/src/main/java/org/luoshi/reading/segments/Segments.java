package org.luoshi.reading.segments;

import java.util.ArrayList;
import java.util.List;
import org.luoshi.reading.SourceText;
import org.luoshi.reading.Span;

/** Cuts a text into segments. */
public final class Segments {
    private Segments() {}

    /**
     * The trimmed, non-empty runs between any of {@code 。；！？;!?} and line ends, in order of the text. Linear in the
     * length of the text.
     */
    public static List<Span> split(SourceText source) {
        String text = source.text();
        List<Span> spans = new ArrayList<>(text.length() / 40 + 1);
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isEnd(text.charAt(i))) {
                add(text, start, i, spans);
                start = i + 1;
            }
        }
        add(text, start, text.length(), spans);
        return spans;
    }

    private static void add(String text, int from, int to, List<Span> spans) {
        int start = from;
        int end = to;
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        if (start < end) {
            spans.add(new Span(start, end));
        }
    }

    /** Whether the character closes a segment. */
    public static boolean isEnd(char c) {
        return switch (c) {
            case '。', '；', '！', '？', ';', '!', '?' -> true;
            default -> isLineEnd(c);
        };
    }

    public static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029' || c == '\u0085' || c == '\f' || c == '\u000b';
    }

    /** Whether the character is trimmed: blanks of every width and the marks of byte order and zero width. */
    public static boolean isBlank(char c) {
        if (c <= ' ') {
            return true;
        }
        return c >= '\u0085'
                && (c == '\u3000'
                        || c == '\u00a0'
                        || c == '\ufeff'
                        || c == '\u200b'
                        || (c < '\u3000' && (Character.isSpaceChar(c) || c == '\u0085')));
    }
}
