package org.luoshi.reading;

/**
 * The text that was read, line ends and all as stored: every offset of a reading points into it.
 *
 * @param name the file's name without folders, for messages
 * @param text the whole text
 */
public record SourceText(String name, String text) {

    /** The offset in Unicode code points of an offset in UTF-16 units. */
    public int codePoints(int offset) {
        return text.codePointCount(0, offset);
    }

    public String at(Span span) {
        return span.of(text);
    }
}
