package org.luoshi.writing;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** The table by RFC 4180, in UTF-8 with a byte order mark, for without one Excel takes it for GBK. */
final class TaskTableCsv {
    /** What spreadsheets take for the start of a formula, the full-width signs included. */
    private static final String FORMULA = "=+-@\t\r＝＋－＠";

    private TaskTableCsv() {}

    static void write(TaskTable table, OutputStream out) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        writer.write('\ufeff');
        String comma = "";
        for (TaskTable.Column column : table.columns()) {
            writer.append(comma).append(column.heading());
            comma = ",";
        }
        writer.write("\r\n");
        for (TaskRow row : table.rows()) {
            comma = "";
            for (TaskTable.Column column : table.columns()) {
                writer.append(comma).append(field(column.of(row)));
                comma = ",";
            }
            writer.write("\r\n");
        }
        writer.flush();
    }

    static String field(String text) {
        String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
