package org.luoshi.writing;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.dhatim.fastexcel.BorderStyle;
import org.dhatim.fastexcel.PaperSize;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** The table as a sheet: title, note, then headings that stay in sight, with a filter. */
final class TaskTableXlsx {
    private static final int HEADINGS = 2;
    private static final int ROWS_HELD = 500;

    /** What Excel takes in one cell. */
    private static final int CELL_CHARS = 32_767;

    private TaskTableXlsx() {}

    static void write(TaskTable table, OutputStream out) throws IOException {
        List<TaskTable.Column> columns = table.columns();
        int last = columns.size() - 1;
        try (Workbook workbook = new Workbook(new Unclosed(out), "Luoshi", "1.0")) {
            workbook.setGlobalDefaultFont("宋体", 11);
            Worksheet sheet = workbook.newWorksheet("任务分解表");
            for (int c = 0; c <= last; c++) {
                sheet.width(c, columns.get(c).millimetres() / 1.9 + 1);
            }
            sheet.freezePane(0, HEADINGS + 1);
            sheet.pageOrientation("landscape");
            sheet.paperSize(PaperSize.A4_PAPER);
            sheet.fitToWidth((short) 1);
            sheet.fitToHeight((short) 0);
            sheet.repeatRows(HEADINGS);
            sheet.inlineString(0, 0, text(table.title()));
            sheet.range(0, 0, 0, last).merge();
            sheet.range(0, 0, 0, last)
                    .style()
                    .bold()
                    .fontSize(16)
                    .horizontalAlignment("center")
                    .set();
            sheet.rowHeight(0, 28);
            sheet.inlineString(1, 0, text(TaskTableDocx.note(table)));
            for (int c = 0; c <= last; c++) {
                sheet.inlineString(HEADINGS, c, columns.get(c).heading());
            }
            sheet.range(HEADINGS, 0, HEADINGS, last)
                    .style()
                    .bold()
                    .fillColor("E8EDF3")
                    .horizontalAlignment("center")
                    .verticalAlignment("center")
                    .borderStyle(BorderStyle.THIN)
                    .set();
            sheet.rowHeight(HEADINGS, 22);
            int r = HEADINGS + 1;
            for (TaskRow row : table.rows()) {
                if (r == Worksheet.MAX_ROWS) {
                    throw new IOException("A sheet of .xlsx holds " + (Worksheet.MAX_ROWS - HEADINGS - 1)
                            + " tasks and there are more. Write .csv instead, or fewer reports at once.");
                }
                row(sheet, r, row, columns);
                r++;
                if (r % ROWS_HELD == 0) {
                    sheet.flush();
                }
            }
            sheet.setAutoFilter(HEADINGS, 0, Math.max(HEADINGS, r - 1), last);
        }
    }

    private static void row(Worksheet sheet, int r, TaskRow row, List<TaskTable.Column> columns) {
        for (int c = 0; c < columns.size(); c++) {
            if (columns.get(c) == TaskTable.Column.NUMBER) {
                sheet.value(r, c, row.number());
            } else {
                // An inline string is text whatever it begins with: it can never become a formula.
                sheet.inlineString(r, c, text(columns.get(c).of(row)));
            }
        }
        sheet.range(r, 0, r, columns.size() - 1)
                .style()
                .wrapText(true)
                .verticalAlignment("center")
                .borderStyle(BorderStyle.THIN)
                .set();
    }

    private static String text(String text) {
        String clean = Characters.clean(text);
        return clean.length() <= CELL_CHARS ? clean : clean.substring(0, CELL_CHARS - 1) + "…";
    }

    /** The caller's stream, which the workbook must not close. */
    private static final class Unclosed extends java.io.FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
