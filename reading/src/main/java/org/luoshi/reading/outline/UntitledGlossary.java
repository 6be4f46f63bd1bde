package org.luoshi.reading.outline;

/** A glossary at the end that has no title: at least three numbered lines that each explain a term. */
final class UntitledGlossary {
    private static final int FEWEST = 3;

    private UntitledGlossary() {}

    /** Its start, or -1. Looks from the end, line by line, and stops at the first line that explains nothing. */
    static int find(String text) {
        int lines = 0;
        int start = -1;
        int lineEnd = text.length();
        while (lineEnd > 0) {
            int lineStart = lineEnd;
            while (lineStart > 0 && !Stops.isLineEnd(text.charAt(lineStart - 1))) {
                lineStart--;
            }
            int from = lineStart;
            while (from < lineEnd && Stops.isBlank(text.charAt(from))) {
                from++;
            }
            if (from < lineEnd) {
                if (!explains(text, from, lineEnd)) {
                    break;
                }
                lines++;
                start = from;
            }
            lineEnd = lineStart - 1;
        }
        return lines >= FEWEST ? start : -1;
    }

    private static boolean explains(String text, int from, int to) {
        char c = text.charAt(from);
        boolean numbered = c == '[' || c == '【' || c == '〔' || (c >= '①' && c <= '⑳');
        if (!numbered) {
            Marker marker = Marker.at(text, from);
            numbered = marker != null && marker.depth() == 3;
        }
        int colon = Words.find(text, from, Math.min(to, from + 40), "：");
        return numbered && (colon > 0 || Words.has(text, from, Math.min(to, from + 60), "是指", "即", "指"));
    }
}
