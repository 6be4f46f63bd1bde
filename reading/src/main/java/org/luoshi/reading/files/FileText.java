package org.luoshi.reading.files;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.SourceText;

/**
 * A file that was read.
 *
 * @param stored the text as the file has it. Of a text file exactly what it decodes to, line ends and all; a byte
 *     order mark is kept where the file is UTF-8, for it counts as a character there, and dropped elsewhere
 * @param simplified the same text for reading: equal to {@code stored}, or with traditional characters replaced one to
 *     one, so that every offset into the one is an offset into the other
 * @param sha256 of the file's bytes, 64 hexadecimal digits in lower case: the same file is known again by it
 * @param pages number of pages where the file tells it, else null
 */
public record FileText(
        SourceText stored,
        SourceText simplified,
        Format format,
        List<FileNote> notes,
        String sha256,
        @Nullable Integer pages) {}
