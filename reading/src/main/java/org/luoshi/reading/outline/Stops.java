package org.luoshi.reading.outline;

/** The characters and marks that part a text. */
public final class Stops {
    private Stops() {}

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

    /** The offset after 一是, （一）, 1. and the like, {@code start} where the words begin with none (一、二、三产业). */
    public static int afterMarker(String text, int start, int end) {
        int at = start;
        if (at < end && "（(".indexOf(text.charAt(at)) >= 0) {
            int i = at + 1;
            while (i < end && i < at + 4 && numeral(text.charAt(i))) {
                i++;
            }
            return i > at + 1 && i < end && "）)".indexOf(text.charAt(i)) >= 0 ? blank(text, i + 1, end) : at;
        }
        while (at < end && at < start + 3 && numeral(text.charAt(at))) {
            at++;
        }
        if (at > start && at < end) {
            char c = text.charAt(at);
            boolean point = c == '.' && !(at + 1 < end && Character.isDigit(text.charAt(at + 1)));
            boolean listed = c == '、' && at + 1 < end && !numeral(text.charAt(at + 1));
            if (c == '是' && at + 1 < end || point || listed || c == '．') {
                return blank(text, at + 1, end);
            }
        }
        return start;
    }

    private static int blank(String text, int from, int end) {
        int at = from;
        while (at < end && " 　,，:：".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < end ? at : from;
    }

    private static boolean numeral(char c) {
        return c >= '0' && c <= '9' || "一二三四五六七八九十".indexOf(c) >= 0;
    }
}
