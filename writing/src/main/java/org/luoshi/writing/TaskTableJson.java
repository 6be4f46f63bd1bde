package org.luoshi.writing;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** The table as one JSON object: title, unit, date and rows by the keys of the columns. */
final class TaskTableJson {
    private TaskTableJson() {}

    static void write(TaskTable table, OutputStream out) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        writer.write("{\"title\":" + string(table.title()) + ",\"unit\":" + string(table.unit()) + ",\"date\":"
                + (table.date() == null ? "null" : string(table.date().toString())) + ",\"rows\":[");
        String comma = "\n";
        for (TaskRow row : table.rows()) {
            writer.append(comma).append('{');
            comma = "";
            for (TaskTable.Column column : table.columns()) {
                String value = column == TaskTable.Column.NUMBER ? column.of(row) : string(column.of(row));
                writer.append(comma)
                        .append('"')
                        .append(column.key())
                        .append("\":")
                        .append(value);
                comma = ",";
            }
            writer.write('}');
            comma = ",\n";
        }
        writer.write("\n]}\n");
        writer.flush();
    }

    static String string(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || Character.isSurrogate(c) && !isPaired(text, i)) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }

    private static boolean isPaired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
