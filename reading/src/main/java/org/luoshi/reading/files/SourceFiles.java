package org.luoshi.reading.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.SourceText;

/**
 * Reads a file of any format in {@link Format} into text. What a file is follows from its content; where its name says
 * otherwise a note tells so. Safe for many threads at once.
 */
public final class SourceFiles {
    private SourceFiles() {}

    /** @throws FileRefused also where the file cannot be opened ({@link FileRefused.Reason#UNREADABLE}) */
    public static FileText read(Path path) throws FileRefused {
        @Nullable Path last = path.getFileName();
        String name = last == null ? path.toString() : last.toString();
        try {
            if (Files.isDirectory(path)) {
                throw new FileRefused(name, FileRefused.Reason.UNREADABLE, Map.of("detail", path + " is a folder"));
            }
            long size = Files.size(path);
            if (size > Limits.FILE_BYTES) {
                throw tooLarge(name, size);
            }
            return read(name, Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            throw new FileRefused(name, FileRefused.Reason.UNREADABLE, Map.of("detail", path + " does not exist"));
        } catch (IOException e) {
            throw new FileRefused(name, FileRefused.Reason.UNREADABLE, Map.of("detail", e.toString()));
        }
    }

    /**
     * Reads at most the limit of bytes, whatever the stream claims.
     *
     * @param name the file's name; folders in front of it are left out
     * @throws IOException where the stream itself fails
     */
    public static FileText read(String name, InputStream in) throws FileRefused, IOException {
        byte[] bytes = in.readNBytes(Limits.FILE_BYTES + 1);
        return read(name, bytes);
    }

    /** @param name the file's name; folders in front of it are left out */
    public static FileText read(String name, byte[] bytes) throws FileRefused {
        String file = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        if (bytes.length > Limits.FILE_BYTES) {
            throw tooLarge(file, bytes.length);
        }
        FileType type = FileType.of(bytes);
        String kind = type.format() == null ? "office" : type.format().extension();
        try {
            return textOf(file, bytes, type);
        } catch (Refusal refusal) {
            throw refusal.in(file, kind);
        } catch (OutOfMemoryError e) {
            // The limits should not let it come to this; one wicked file must not stop the others all the same.
            throw Refusal.of(FileRefused.Reason.BOMB, "part", "memory").in(file, kind);
        }
    }

    private static FileText textOf(String file, byte[] bytes, FileType type) throws Refusal {
        String named = extension(file);
        if (type.refusal() != null) {
            throw type.refusal();
        }
        @Nullable Format format = type.format();
        if (format == null) {
            boolean claimsText = named.isEmpty() || Format.TXT.isNamedBy(named) || Format.HTML.isNamedBy(named);
            throw claimsText
                    ? Refusal.of(FileRefused.Reason.ENCODING)
                    : Refusal.of(FileRefused.Reason.NOT_A_DOCUMENT, "named", named);
        }
        Extracted extracted = extract(format, bytes, type);
        String text = extracted.text();
        if (text.isBlank()) {
            throw Refusal.of(FileRefused.Reason.EMPTY);
        }
        Lines.limit(text.length());
        List<FileNote> notes = new ArrayList<>(extracted.notes());
        if (!named.isEmpty() && !format.isNamedBy(named)) {
            notes.add(new FileNote("note.type-differs", Map.of("named", named, "found", format.extension())));
        }
        SourceText stored = new SourceText(file, text);
        SourceText simplified = stored;
        if (Traditional.is(text)) {
            notes.add(new FileNote("note.traditional", Map.of()));
            simplified = new SourceText(file, Traditional.toSimplified(text));
        }
        return new FileText(stored, simplified, format, List.copyOf(notes), sha256(bytes), extracted.pages());
    }

    private static Extracted extract(Format format, byte[] bytes, FileType type) throws Refusal {
        switch (format) {
            case DOCX, OFD -> {
                try (ZipParts zip = ZipParts.open(bytes)) {
                    return format == Format.DOCX ? DocxText.read(zip) : OfdText.read(zip);
                }
            }
            case DOC, PDF -> {
                try {
                    return format == Format.DOC ? DocText.read(bytes) : PdfText.read(bytes);
                } catch (IOException | RuntimeException | StackOverflowError e) {
                    // POI and PDFBox answer damage with whatever the damage makes them trip over.
                    throw Refusal.damaged("structure");
                }
            }
            case HTML, TXT -> {
                PlainText.@Nullable Decoded decoded = type.decoded();
                if (decoded == null) {
                    throw Refusal.of(FileRefused.Reason.ENCODING);
                }
                return format == Format.HTML
                        ? HtmlText.read(decoded)
                        : new Extracted(decoded.stored(), decoded.notes(), null);
            }
        }
        throw new IllegalStateException("A format without a reader: " + format);
    }

    private static FileRefused tooLarge(String file, long size) {
        return Refusal.tooLong(FileRefused.Reason.TOO_LARGE, size, Limits.FILE_BYTES)
                .in(file, "office");
    }

    /** In lower case without the dot, empty where there is none. */
    private static String extension(String file) {
        int dot = file.lastIndexOf('.');
        return dot < 0 ? "" : file.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
