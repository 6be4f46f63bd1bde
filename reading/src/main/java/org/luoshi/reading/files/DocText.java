package org.luoshi.reading.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.hwpf.HWPFDocument;
import org.apache.poi.hwpf.OldWordFileFormatException;
import org.apache.poi.hwpf.extractor.Word6Extractor;
import org.apache.poi.hwpf.model.LFO;
import org.apache.poi.hwpf.model.LFOData;
import org.apache.poi.hwpf.model.ListData;
import org.apache.poi.hwpf.model.ListLevel;
import org.apache.poi.hwpf.model.ListTables;
import org.apache.poi.hwpf.usermodel.CharacterRun;
import org.apache.poi.hwpf.usermodel.Paragraph;
import org.apache.poi.hwpf.usermodel.Range;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.jspecify.annotations.Nullable;

/** The text of a Word 97 to 2003 file, and of the files of WPS that follow it. */
final class DocText {
    private static final char FIELD_BEGIN = 0x13;
    private static final char FIELD_SEPARATOR = 0x14;
    private static final char FIELD_END = 0x15;
    private static final char CELL_END = 0x07;
    private static final char LINE_BREAK = 0x0b;
    private static final char PAGE_BREAK = 0x0c;
    private static final char NOTE_MARK = 0x02;
    private static final char NO_BREAK_HYPHEN = 0x1e;

    private final Lines lines = new Lines();
    private final Numbering numbering = new Numbering();
    private final Set<Integer> defined = new HashSet<>();
    private @Nullable ListTables lists;
    private int noteMarks;

    private DocText() {}

    /** Says what an OLE2 file holds, or reads it. */
    static Extracted read(byte[] bytes) throws Refusal, IOException {
        try (POIFSFileSystem files = new POIFSFileSystem(new ByteArrayInputStream(bytes))) {
            DirectoryNode root = files.getRoot();
            if (root.hasEntry("EncryptedPackage") || root.hasEntry("EncryptionInfo")) {
                throw Refusal.of(FileRefused.Reason.ENCRYPTED);
            }
            if (!root.hasEntry("WordDocument")) {
                throw Refusal.of(FileRefused.Reason.UNSUPPORTED, "found", kind(root));
            }
            if (root.hasEntry("Macros") || root.hasEntry("_VBA_PROJECT_CUR")) {
                throw Refusal.of(FileRefused.Reason.MACRO);
            }
            return word(root);
        }
    }

    private static String kind(DirectoryNode root) {
        if (root.hasEntry("Workbook") || root.hasEntry("Book")) {
            return "xls";
        }
        return root.hasEntry("PowerPoint Document") ? "ppt" : "office";
    }

    private static Extracted word(DirectoryNode root) throws Refusal, IOException {
        try (HWPFDocument document = new HWPFDocument(root)) {
            DocText doc = new DocText();
            doc.lists = document.getListTables();
            doc.body(document.getRange());
            // Each note begins with its own mark again.
            doc.noteMarks = 0;
            doc.notes(document.getFootnoteRange());
            doc.notes(document.getEndnoteRange());
            int pages = document.getSummaryInformation() == null
                    ? 0
                    : document.getSummaryInformation().getPageCount();
            return new Extracted(doc.lines.toString(), List.of(), pages > 0 ? Integer.valueOf(pages) : null);
        } catch (EncryptedDocumentException e) {
            throw Refusal.of(FileRefused.Reason.ENCRYPTED);
        } catch (OldWordFileFormatException e) {
            try (Word6Extractor old = new Word6Extractor(root)) {
                Lines lines = new Lines();
                for (String paragraph : old.getParagraphText()) {
                    lines.add(paragraph);
                }
                return Extracted.of(lines.toString());
            }
        }
    }

    private void define(int list) {
        ListTables tables = lists;
        if (tables == null || list <= 0 || !defined.add(list)) {
            return;
        }
        LFO override = tables.getLfo(list);
        ListData origin = override == null ? null : tables.getListData(override.getLsid());
        if (override == null || origin == null) {
            return;
        }
        Integer[] starts = new Integer[Numbering.LEVELS];
        LFOData changes = tables.getLfoData(list);
        if (changes != null && changes.getRgLfoLvl() != null) {
            for (var change : changes.getRgLfoLvl()) {
                if (change.isStartAt() && change.getLevelNum() >= 0 && change.getLevelNum() < starts.length) {
                    starts[change.getLevelNum()] = change.getIStartAt();
                }
            }
        }
        Numbering.Level[] levels = new Numbering.Level[Numbering.LEVELS];
        for (int depth = 0; depth < Math.min(levels.length, origin.numLevels()); depth++) {
            levels[depth] = level(origin.getLevel(depth + 1));
        }
        numbering.define(
                Integer.toString(list), new Numbering.Definition(Integer.toString(override.getLsid()), levels, starts));
    }

    private static Numbering.@Nullable Level level(@Nullable ListLevel level) {
        if (level == null) {
            return null;
        }
        // Word 97 writes the place of each level's number as one character from 0 to 8.
        StringBuilder pattern = new StringBuilder();
        String template = level.getNumberText();
        if (template != null) {
            template.chars().forEach(c -> {
                if (c < Numbering.LEVELS) {
                    pattern.append('%').append(c + 1);
                } else {
                    pattern.append((char) c);
                }
            });
        }
        return new Numbering.Level(level.getStartAt(), format(level.getNumberFormat()), pattern.toString(), -1, false);
    }

    /** The number formats of [MS-OSHARED] 2.2.1.3 that Chinese documents use. */
    private static String format(int code) {
        return switch (code) {
            case 1 -> "upperRoman";
            case 2 -> "lowerRoman";
            case 3 -> "upperLetter";
            case 4 -> "lowerLetter";
            case 10, 11, 33, 35, 37, 39 -> "chineseCounting";
            case 34, 38 -> "chineseLegalSimplified";
            case 14, 19 -> "decimalFullWidth";
            case 17 -> "ideographDigital";
            case 18, 28 -> "decimalEnclosedCircle";
            case 22 -> "decimalZero";
            case 23 -> "bullet";
            case 30 -> "ideographTraditional";
            case 255 -> "none";
            default -> "decimal";
        };
    }

    private void body(Range range) throws Refusal {
        StringBuilder row = new StringBuilder();
        StringBuilder cell = new StringBuilder();
        int count = range.numParagraphs();
        for (int i = 0; i < count; i++) {
            Paragraph paragraph = range.getParagraph(i);
            String text = text(paragraph);
            if (paragraph.isTableRowEnd()) {
                lines.add(row);
                row.setLength(0);
                cell.setLength(0);
            } else if (paragraph.isInTable()) {
                cell.append(cell.isEmpty() || text.isEmpty() ? "" : " ")
                        .append(mark(paragraph))
                        .append(text);
                if (paragraph.text().indexOf(CELL_END) >= 0) {
                    row.append(row.isEmpty() ? "" : "\t").append(cell);
                    cell.setLength(0);
                }
                Lines.limit(row.length() + (long) cell.length());
            } else {
                String mark = mark(paragraph);
                if (!text.isBlank()) {
                    lines.add(mark + text);
                }
            }
        }
        lines.add(row);
    }

    private void notes(@Nullable Range range) throws Refusal {
        if (range == null) {
            return;
        }
        for (int i = 0; i < range.numParagraphs(); i++) {
            lines.add(text(range.getParagraph(i)));
        }
    }

    private String mark(Paragraph paragraph) {
        if (!paragraph.isInList()) {
            return "";
        }
        try {
            define(paragraph.getIlfo());
        } catch (NoSuchElementException e) {
            // The paragraph points to a list that the file lacks: it shows no number either.
            return "";
        }
        return numbering.next(Integer.toString(paragraph.getIlfo()), paragraph.getIlvl());
    }

    /** What a paragraph shows: no deleted or hidden runs, of a field the result and not its code. */
    private String text(Paragraph paragraph) {
        StringBuilder out = new StringBuilder();
        int codes = 0;
        for (int i = 0; i < paragraph.numCharacterRuns(); i++) {
            CharacterRun run = paragraph.getCharacterRun(i);
            boolean seen = !run.isMarkedDeleted() && !run.isVanished();
            for (char c : run.text().toCharArray()) {
                switch (c) {
                    case FIELD_BEGIN -> codes++;
                    case FIELD_SEPARATOR, FIELD_END -> codes = Math.max(0, codes - 1);
                    default -> {
                        if (seen && codes == 0) {
                            append(out, c);
                        }
                    }
                }
            }
        }
        return out.toString().strip();
    }

    private void append(StringBuilder out, char c) {
        switch (c) {
            case LINE_BREAK -> out.append('\n');
            case NO_BREAK_HYPHEN -> out.append('-');
            case NOTE_MARK -> out.append('[').append(++noteMarks).append(']');
            case '\t' -> out.append('\t');
            case CELL_END, PAGE_BREAK -> {}
            default -> {
                if (c >= ' ') {
                    out.append(c);
                }
            }
        }
    }
}
