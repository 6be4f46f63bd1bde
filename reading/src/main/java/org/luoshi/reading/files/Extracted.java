package org.luoshi.reading.files;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the reader of one format gives: the text, what to say of it, and the number of pages if the file tells. */
record Extracted(
        String text, List<FileNote> notes, @Nullable Integer pages) {
    static Extracted of(String text) {
        return new Extracted(text, List.of(), null);
    }
}
