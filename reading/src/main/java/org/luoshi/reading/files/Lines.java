package org.luoshi.reading.files;

/** A text that grows line by line up to the limit. */
final class Lines {
    private final StringBuilder text = new StringBuilder();

    /** Adds a line without its trailing white space; an empty one is left out. */
    void add(CharSequence line) throws Refusal {
        String stripped = line.toString().stripTrailing();
        if (stripped.isBlank()) {
            return;
        }
        limit(text.length() + stripped.length());
        text.append(stripped).append('\n');
    }

    static void limit(long chars) throws Refusal {
        if (chars > Limits.TEXT_CHARS) {
            throw Refusal.tooLong(FileRefused.Reason.TEXT_TOO_LONG, chars * 2, Limits.TEXT_CHARS * 2L);
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
