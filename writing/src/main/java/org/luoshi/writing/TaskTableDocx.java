package org.luoshi.writing;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;

/** The table on wide A4 pages. */
final class TaskTableDocx {
    private static final Set<TaskTable.Column> CENTRED = Set.of(
            TaskTable.Column.NUMBER,
            TaskTable.Column.DEADLINE,
            TaskTable.Column.LEAD_LEADER,
            TaskTable.Column.LEAD_UNIT);

    private TaskTableDocx() {}

    static void write(TaskTable table, OutputStream out) throws IOException {
        try (OfficialDocument document = OfficialDocument.begin(out, OfficialDocument.Sheet.WIDE, table.title())) {
            document.title(table.title());
            String note = note(table);
            if (!note.isEmpty()) {
                document.line(note, Face.TABLE_NOTE, OfficialDocument.Place.LEFT);
            }
            List<TaskTable.Column> columns = table.columns();
            document.beginTable(
                    columns.stream().map(TaskTable.Column::millimetres).toList(),
                    columns.stream().map(TaskTable.Column::heading).toList());
            List<Boolean> centred = columns.stream().map(CENTRED::contains).toList();
            for (TaskRow row : table.rows()) {
                document.row(columns.stream().map(column -> column.of(row)).toList(), centred);
            }
            document.endTable();
        }
    }

    /** The line between title and table: who made it and when. */
    static String note(TaskTable table) {
        String unit = table.unit().isEmpty() ? "" : "编制单位：" + table.unit();
        String date = table.date() == null ? "" : "编制日期：" + ChineseDates.of(table.date());
        return unit.isEmpty() || date.isEmpty() ? unit + date : unit + "　　" + date;
    }
}
