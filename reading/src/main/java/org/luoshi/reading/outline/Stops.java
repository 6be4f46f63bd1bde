package org.luoshi.reading.outline;

/** The characters that part a text. */
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
}
