package org.luoshi.writing;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.dhatim.fastexcel.BorderStyle;
import org.dhatim.fastexcel.PaperSize;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Any list as a document: a sheet of .xlsx, or a table on wide A4 pages of .docx or .pdf. Rows are taken one by one, so that a
 * hundred thousand take no more memory than ten; every cell is text, whatever it begins with, and never a formula.
 *
 * @param note a line under the title; empty: none
 */
public record PlainTable(String title, String note, List<Column> columns, Iterable<List<String>> rows) {
    private static final int HEADINGS = 2;
    private static final int ROWS_HELD = 500;
    private static final int CELL_CHARS = 32_767;

    /**
     * A column.
     *
     * @param millimetres its share of a page 225 mm wide
     */
    public record Column(String heading, int millimetres, boolean centred) {}

    public void writeXlsx(OutputStream out) throws IOException {
        int last = columns.size() - 1;
        Workbook workbook = new Workbook(out, "Luoshi", "1.0");
        workbook.setGlobalDefaultFont("宋体", 11);
        Worksheet sheet = workbook.newWorksheet("Sheet1");
        for (int c = 0; c <= last; c++) {
            sheet.width(c, columns.get(c).millimetres() / 1.9 + 1);
        }
        sheet.freezePane(0, HEADINGS + 1);
        sheet.pageOrientation("landscape");
        sheet.paperSize(PaperSize.A4_PAPER);
        sheet.fitToWidth((short) 1);
        sheet.fitToHeight((short) 0);
        sheet.repeatRows(HEADINGS);
        sheet.inlineString(0, 0, text(title));
        sheet.range(0, 0, 0, last).merge();
        sheet.range(0, 0, 0, last)
                .style()
                .bold()
                .fontSize(16)
                .horizontalAlignment("center")
                .set();
        sheet.inlineString(1, 0, text(note));
        for (int c = 0; c <= last; c++) {
            sheet.inlineString(HEADINGS, c, columns.get(c).heading());
        }
        sheet.range(HEADINGS, 0, HEADINGS, last)
                .style()
                .bold()
                .fillColor("E8EDF3")
                .horizontalAlignment("center")
                .borderStyle(BorderStyle.THIN)
                .set();
        int r = HEADINGS + 1;
        for (List<String> row : rows) {
            if (r == Worksheet.MAX_ROWS) {
                throw new IOException("A sheet of .xlsx holds " + (Worksheet.MAX_ROWS - HEADINGS - 1)
                        + " rows and there are more. Filter the list first.");
            }
            for (int c = 0; c <= last; c++) {
                sheet.inlineString(r, c, text(row.get(c)));
            }
            r++;
            if (r % ROWS_HELD == 0) {
                sheet.flush();
            }
        }
        sheet.setAutoFilter(HEADINGS, 0, Math.max(HEADINGS, r - 1), last);
        workbook.finish();
    }

    public void writeDocx(OutputStream out) throws IOException {
        try (OfficialDocument document = OfficialDocument.begin(out, OfficialDocument.Sheet.WIDE, title)) {
            document.title(title);
            if (!note.isEmpty()) {
                document.line(note, Face.TABLE_NOTE, OfficialDocument.Place.LEFT);
            }
            document.beginTable(
                    columns.stream().map(Column::millimetres).toList(),
                    columns.stream().map(Column::heading).toList());
            List<Boolean> centred = columns.stream().map(Column::centred).toList();
            for (List<String> row : rows) {
                document.row(row, centred);
            }
            document.endTable();
        }
    }

    public void writePdf(OutputStream out) throws IOException {
        try (TablePdf pdf = new TablePdf(this)) {
            pdf.write(rows, out);
        }
    }

    private static String text(String text) {
        String clean = Characters.clean(text);
        return clean.length() <= CELL_CHARS ? clean : clean.substring(0, CELL_CHARS - 1) + "…";
    }
}
