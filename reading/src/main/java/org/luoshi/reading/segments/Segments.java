package org.luoshi.reading.segments;

import java.util.ArrayList;
import java.util.List;
import org.luoshi.reading.SourceText;
import org.luoshi.reading.Span;
import org.luoshi.reading.outline.Stops;

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
            if (Stops.isEnd(text.charAt(i))) {
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
        while (start < end && Stops.isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && Stops.isBlank(text.charAt(end - 1))) {
            end--;
        }
        if (start < end) {
            spans.add(new Span(start, end));
        }
    }
}
