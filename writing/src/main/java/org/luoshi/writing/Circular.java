package org.luoshi.writing;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.List;

/**
 * A 通报: parts with a heading, sentences and perhaps a table each, in the layout of GB/T 9704.
 *
 * @param title over the whole
 * @param subtitle such as the period; empty: none
 * @param parts in their order
 * @param office that signs it
 * @param issued day of signing
 */
public record Circular(String title, String subtitle, List<Part> parts, String office, LocalDate issued) {

    /**
     * A part.
     *
     * @param heading such as 一、总体情况
     * @param sentences paragraphs
     * @param columns of its table, in millimetres of a text 156 mm wide; none: no table
     */
    public record Part(
            String heading, List<String> sentences, List<PlainTable.Column> columns, List<List<String>> rows) {
        public Part {
            for (List<String> row : rows) {
                if (row.size() != columns.size()) {
                    throw new IllegalArgumentException("A row of " + row.size() + " cells in a table of "
                            + columns.size() + " columns under " + heading);
                }
            }
        }
    }

    /** Writes it as .docx; leaves the stream open. */
    public void writeDocx(OutputStream out) throws IOException {
        try (OfficialDocument document = OfficialDocument.begin(out, OfficialDocument.Sheet.UPRIGHT, title)) {
            document.title(title);
            if (!subtitle.isEmpty()) {
                document.line(subtitle, Face.BODY, OfficialDocument.Place.CENTRE);
            }
            for (Part part : parts) {
                document.heading(part.heading());
                for (String sentence : part.sentences()) {
                    document.text(sentence);
                }
                if (!part.columns().isEmpty() && !part.rows().isEmpty()) {
                    document.beginTable(
                            part.columns().stream()
                                    .map(PlainTable.Column::millimetres)
                                    .toList(),
                            part.columns().stream()
                                    .map(PlainTable.Column::heading)
                                    .toList());
                    List<Boolean> centred = part.columns().stream()
                            .map(PlainTable.Column::centred)
                            .toList();
                    for (List<String> row : part.rows()) {
                        document.row(row, centred);
                    }
                    document.endTable();
                    document.blankLine();
                }
            }
            document.blankLine();
            document.line(office, Face.BODY, OfficialDocument.Place.RIGHT);
            document.line(ChineseDates.of(issued), Face.BODY, OfficialDocument.Place.RIGHT);
        }
    }
}
