package org.luoshi.reading.files;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a file is by its content.
 *
 * @param format null where it is none of the formats that are read
 * @param refusal why not, where that is known
 * @param decoded the characters of a file that is text itself
 */
record FileType(@Nullable Format format, @Nullable Refusal refusal, PlainText.@Nullable Decoded decoded) {
    private static final Pattern HTML =
            Pattern.compile("(?i)<(!doctype\\s+html|html|head|body|div|p|table|meta|span|h1)\\b");

    static FileType of(byte[] bytes) {
        if (bytes.length == 0) {
            return refused(Refusal.of(FileRefused.Reason.EMPTY));
        }
        String head = new String(bytes, 0, Math.min(1024, bytes.length), StandardCharsets.ISO_8859_1);
        if (head.startsWith("PK\u0003\u0004") || head.startsWith("PK\u0005\u0006")) {
            return ofZip(bytes);
        }
        if (head.startsWith("\u00d0\u00cf\u0011\u00e0")) {
            return new FileType(Format.DOC, null, null);
        }
        if (head.contains("%PDF-")) {
            return new FileType(Format.PDF, null, null);
        }
        String other = otherKind(head);
        if (other != null) {
            return refused(Refusal.of(FileRefused.Reason.UNSUPPORTED, "found", other));
        }
        if (bytes.length > Limits.TEXT_BYTES) {
            return refused(Refusal.tooLong(FileRefused.Reason.TEXT_TOO_LONG, bytes.length, Limits.TEXT_BYTES));
        }
        return ofText(PlainText.decode(bytes));
    }

    private static FileType refused(Refusal refusal) {
        return new FileType(null, refusal, null);
    }

    private static FileType ofZip(byte[] bytes) {
        try (ZipParts zip = ZipParts.open(bytes)) {
            if (zip.has("OFD.xml")) {
                return new FileType(Format.OFD, null, null);
            }
            if (zip.has("word/document.xml")
                    || zip.has("[Content_Types].xml")
                            && zip.has(DocxText.mainPart(zip))
                            && !zip.has("xl/workbook.xml")
                            && !zip.has("ppt/presentation.xml")) {
                return new FileType(Format.DOCX, null, null);
            }
            String found = zip.has("xl/workbook.xml") ? "xlsx" : zip.has("ppt/presentation.xml") ? "pptx" : "archive";
            return refused(Refusal.of(FileRefused.Reason.UNSUPPORTED, "found", found));
        } catch (Refusal refusal) {
            return refused(refusal);
        }
    }

    private static FileType ofText(PlainText.@Nullable Decoded decoded) {
        if (decoded == null) {
            return new FileType(null, null, null);
        }
        String start = decoded.text()
                .substring(0, Math.min(4096, decoded.text().length()))
                .stripLeading();
        if (start.isEmpty() && decoded.text().isBlank()) {
            return refused(Refusal.of(FileRefused.Reason.EMPTY));
        }
        String lower = start.toLowerCase(Locale.ROOT);
        if (lower.startsWith("mime-version:") || lower.contains("content-type: multipart/related")) {
            return refused(Refusal.of(FileRefused.Reason.UNSUPPORTED, "found", "mail"));
        }
        if (lower.startsWith("<?xml") && (lower.contains("<!doctype") && !lower.contains("<!doctype html"))) {
            return refused(Refusal.of(FileRefused.Reason.ENTITIES, "part", "DOCTYPE"));
        }
        boolean html = start.startsWith("<") && HTML.matcher(start).find();
        return new FileType(html ? Format.HTML : Format.TXT, null, decoded);
    }

    /** Kinds that people do send by mistake, by the bytes they begin with. */
    private static @Nullable String otherKind(String head) {
        if (head.startsWith("{\\rtf")) {
            return "rtf";
        }
        if (head.startsWith("\u0089PNG")
                || head.startsWith("\u00ff\u00d8\u00ff")
                || head.startsWith("GIF8")
                || head.startsWith("II*\u0000")
                || head.startsWith("MM\u0000*")
                || head.startsWith("BM") && head.indexOf('\u0000') > 0) {
            return "picture";
        }
        if (head.startsWith("Rar!") || head.startsWith("7z\u00bc\u00af") || head.startsWith("\u001f\u008b")) {
            return "archive";
        }
        if (head.startsWith("MZ") && head.indexOf('\u0000') > 0 || head.startsWith("\u007fELF")) {
            return "program";
        }
        return null;
    }
}
