package org.luoshi.writing;

import java.io.IOException;
import java.io.OutputStream;

/** Writes a {@link TaskTable} row by row, so that memory does not grow with the table. */
public final class TaskTables {
    private TaskTables() {}

    /** Leaves the stream open. */
    public static void write(TaskTable table, TableFormat format, OutputStream out) throws IOException {
        switch (format) {
            case DOCX -> TaskTableDocx.write(table, out);
            case XLSX -> TaskTableXlsx.write(table, out);
            case CSV -> TaskTableCsv.write(table, out);
            case JSON -> TaskTableJson.write(table, out);
        }
    }
}
