package org.luoshi.reading.files;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamConstants;
import org.jspecify.annotations.Nullable;

/**
 * The text of a .docx as a reader of the page sees it: with automatic numbering, without tracked deletions, hidden text,
 * headers, footers and tables of contents. A table gives a line for each row with its cells parted by tabs, a text box
 * gives lines of its own after the paragraph that it hangs on, notes stand as {@code [1]} with their text at the end.
 */
final class DocxText {
    private static final String WORD = "wordprocessingml/";

    /** A paragraph that has begun: one in a text box begins and ends within another. */
    private static final class Paragraph {
        final StringBuilder text = new StringBuilder();
        final List<String> after = new ArrayList<>();
        String style = "";

        @Nullable
        String list;

        int depth = -1;
    }

    private static final class Row {
        final List<String> cells = new ArrayList<>();
        List<String> cell = new ArrayList<>();
    }

    private final DocxStyles styles = new DocxStyles();
    private final Lines lines = new Lines();
    private final Deque<Paragraph> paragraphs = new ArrayDeque<>();
    private final Deque<Row> rows = new ArrayDeque<>();
    private final Map<String, Integer> noteMarks = new HashMap<>();
    private final TreeMap<Integer, String> notes = new TreeMap<>();
    private boolean hidden;

    private DocxText() {}

    static Extracted read(ZipParts zip) throws Refusal {
        if (zip.hasPartEndingIn("vbaproject.bin")) {
            throw Refusal.of(FileRefused.Reason.MACRO);
        }
        DocxText docx = new DocxText();
        String main = mainPart(zip);
        String folder = main.substring(0, main.lastIndexOf('/') + 1);
        byte[] styles = zip.find(folder + "styles.xml");
        byte[] numbering = zip.find(folder + "numbering.xml");
        if (styles != null) {
            docx.styles.readStyles(styles);
        }
        if (numbering != null) {
            docx.styles.readNumbering(numbering);
        }
        docx.walk(zip.get(main), main);
        docx.readNotes(zip.find(folder + "footnotes.xml"), "footnote");
        docx.readNotes(zip.find(folder + "endnotes.xml"), "endnote");
        for (Map.Entry<Integer, String> note : docx.notes.entrySet()) {
            docx.lines.add("[" + note.getKey() + "]" + note.getValue());
        }
        return new Extracted(docx.lines.toString(), List.of(), pages(zip));
    }

    /** The name of the part that holds the text, as the package's relations tell. */
    static String mainPart(ZipParts zip) throws Refusal {
        byte[] relations = zip.find("_rels/.rels");
        if (relations != null) {
            try (Xml xml = Xml.of(relations, "_rels/.rels")) {
                int event;
                while ((event = xml.next()) != XMLStreamConstants.END_DOCUMENT) {
                    if (event == XMLStreamConstants.START_ELEMENT
                            && xml.attribute("Type", "").endsWith("/officeDocument")) {
                        String target = xml.attribute("Target", "");
                        String plain = target.startsWith("/") ? target.substring(1) : target;
                        if (zip.has(plain)) {
                            return plain;
                        }
                    }
                }
            }
        }
        return "word/document.xml";
    }

    private static @Nullable Integer pages(ZipParts zip) throws Refusal {
        byte[] part = zip.find("docProps/app.xml");
        if (part == null) {
            return null;
        }
        try (Xml xml = Xml.of(part, "docProps/app.xml")) {
            boolean inPages = false;
            int event;
            while ((event = xml.next()) != XMLStreamConstants.END_DOCUMENT) {
                if (event == XMLStreamConstants.START_ELEMENT) {
                    inPages = xml.name().equals("Pages");
                } else if (inPages && event == XMLStreamConstants.CHARACTERS) {
                    String digits = xml.text().strip();
                    return digits.matches("[1-9]\\d{0,4}") ? Integer.valueOf(digits) : null;
                }
            }
        }
        return null;
    }

    private void walk(byte[] part, String name) throws Refusal {
        try (Xml xml = Xml.of(part, name)) {
            int event;
            while ((event = xml.next()) != XMLStreamConstants.END_DOCUMENT) {
                if (event == XMLStreamConstants.START_ELEMENT) {
                    start(xml);
                } else if (event == XMLStreamConstants.END_ELEMENT
                        && xml.namespace().contains(WORD)) {
                    end(xml.name());
                }
            }
        }
    }

    private void start(Xml xml) throws Refusal {
        if (!xml.namespace().contains(WORD)) {
            if (xml.name().equals("Fallback")) {
                xml.skip();
            } else if (xml.name().equals("t") && xml.namespace().endsWith("/math")) {
                append(text(xml));
            }
            return;
        }
        switch (xml.name()) {
            // Deleted or moved away; a reading aid over characters; how something was formatted before a change.
            case "del", "moveFrom", "rt", "instrText", "delText", "pPrChange", "rPrChange", "numberingChange" ->
                xml.skip();
            case "p" -> paragraphs.push(new Paragraph());
            case "pStyle" -> current(p -> p.style = xml.attribute("val", ""));
            case "numId" -> current(p -> p.list = xml.attribute("val", "0"));
            case "ilvl" -> current(p -> p.depth = xml.number("val", 0));
            case "r" -> hidden = false;
            case "vanish" -> hidden = hidden || xml.isOn();
            case "t" -> append(text(xml));
            case "tab" -> {
                // With a value it is a tab stop of the paragraph, not a character.
                if (xml.attribute("val") == null) {
                    append("\t");
                }
            }
            case "br" -> append(xml.attribute("type", "textWrapping").equals("textWrapping") ? "\n" : "");
            case "cr" -> append("\n");
            case "noBreakHyphen" -> append("-");
            case "footnoteReference", "endnoteReference" -> {
                if (!hidden) {
                    String note = xml.name().substring(0, xml.name().length() - 9) + " " + xml.attribute("id", "");
                    append("[" + noteMarks.computeIfAbsent(note, k -> noteMarks.size() + 1) + "]");
                }
            }
            case "docPartGallery" -> {
                if (xml.attribute("val", "").startsWith("Table of Contents")) {
                    skipContents(xml);
                }
            }
            case "tr" -> rows.push(new Row());
            case "tc" -> {
                if (!rows.isEmpty()) {
                    rows.element().cell = new ArrayList<>();
                }
            }
            default -> {}
        }
    }

    private void end(String name) throws Refusal {
        switch (name) {
            case "p" -> endParagraph();
            case "tc" -> {
                if (!rows.isEmpty()) {
                    Row row = rows.element();
                    row.cells.add(String.join("\n", row.cell));
                    row.cell = new ArrayList<>();
                }
            }
            case "tr" -> endRow();
            default -> {}
        }
    }

    /** A generated table of contents: from its properties to the end of its content. */
    private static void skipContents(Xml xml) throws Refusal {
        int event;
        while ((event = xml.next()) != XMLStreamConstants.END_DOCUMENT) {
            if (event == XMLStreamConstants.START_ELEMENT && xml.name().equals("sdtContent")) {
                xml.skip();
                return;
            }
            if (event == XMLStreamConstants.END_ELEMENT && xml.name().equals("sdt")) {
                return;
            }
        }
    }

    private void endParagraph() throws Refusal {
        Paragraph paragraph = paragraphs.poll();
        if (paragraph == null) {
            return;
        }
        List<String> out = new ArrayList<>();
        String text = paragraph.text.toString();
        String mark = mark(paragraph);
        if (!text.isBlank() && !styles.isContents(paragraph.style)) {
            out.add(mark + text.strip());
        }
        out.addAll(paragraph.after);
        Paragraph around = paragraphs.peek();
        if (around != null) {
            around.after.addAll(out);
        } else if (!rows.isEmpty()) {
            rows.element().cell.addAll(out);
        } else {
            for (String line : out) {
                lines.add(line);
            }
        }
    }

    private String mark(Paragraph paragraph) {
        DocxStyles.ListPlace styled = styles.placeOf(paragraph.style);
        String list = paragraph.list != null ? paragraph.list : styled != null ? styled.list() : "0";
        if (list.equals("0")) {
            return "";
        }
        int depth = paragraph.depth >= 0 ? paragraph.depth : styled != null ? styled.depth() : 0;
        return styles.numbering().next(list, depth);
    }

    private void endRow() throws Refusal {
        Row row = rows.poll();
        if (row == null) {
            return;
        }
        // A row of one cell is most often a frame around running text: its paragraphs stay lines.
        String line = row.cells.size() == 1
                ? row.cells.getFirst()
                : String.join(
                        "\t", row.cells.stream().map(c -> c.replace('\n', ' ')).toList());
        if (line.isBlank()) {
            return;
        }
        Paragraph around = paragraphs.peek();
        if (around != null) {
            around.after.add(line);
        } else if (!rows.isEmpty()) {
            rows.element().cell.add(line);
        } else {
            lines.add(line);
        }
    }

    private void readNotes(byte @Nullable [] part, String element) throws Refusal {
        if (part == null) {
            return;
        }
        try (Xml xml = Xml.of(part, element + "s.xml")) {
            StringBuilder note = new StringBuilder();
            String id = "";
            int event;
            while ((event = xml.next()) != XMLStreamConstants.END_DOCUMENT) {
                if (event == XMLStreamConstants.START_ELEMENT) {
                    switch (xml.name()) {
                        case "footnote", "endnote" -> {
                            note.setLength(0);
                            id = xml.attribute("id", "");
                        }
                        case "del", "moveFrom", "instrText", "delText" -> xml.skip();
                        case "t" -> note.append(text(xml));
                        default -> {}
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT && xml.name().equals(element)) {
                    // Notes that nothing points to, such as the separators, are not seen on the page either.
                    Integer mark = noteMarks.get(element + " " + id);
                    if (mark != null) {
                        notes.put(mark, note.toString().strip());
                    }
                }
            }
        }
    }

    private interface Change {
        void on(Paragraph paragraph);
    }

    private void current(Change change) {
        Paragraph paragraph = paragraphs.peek();
        if (paragraph != null) {
            change.on(paragraph);
        }
    }

    private void append(String text) throws Refusal {
        Paragraph paragraph = paragraphs.peek();
        if (paragraph != null && !hidden) {
            paragraph.text.append(text);
            Lines.limit(paragraph.text.length());
        }
    }

    private static String text(Xml xml) throws Refusal {
        StringBuilder text = new StringBuilder();
        int event;
        while ((event = xml.next()) != XMLStreamConstants.END_DOCUMENT && event != XMLStreamConstants.END_ELEMENT) {
            if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.SPACE) {
                text.append(xml.text());
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                xml.skip();
            }
        }
        return text.toString();
    }
}
