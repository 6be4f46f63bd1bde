package org.luoshi.writing;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A 任务分解表: who does what by when.
 *
 * @param title as it stands above the table
 * @param unit the unit that made the table, empty for none
 * @param date of the table, null for none
 * @param columns which columns, in their order
 * @param rows walked through once, so that they may be made as they are written
 */
public record TaskTable(
        String title, String unit, @Nullable LocalDate date, List<Column> columns, Iterable<TaskRow> rows) {

    /** The columns of the published tables, and one for remarks. */
    public static final List<Column> USUAL = List.of(
            Column.NUMBER,
            Column.TASK,
            Column.TARGETS,
            Column.DEADLINE,
            Column.LEAD_LEADER,
            Column.LEAD_UNIT,
            Column.JOINT_UNITS,
            Column.SOURCE);

    public TaskTable {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("A task table needs at least one column; TaskTable.USUAL has eight");
        }
    }

    /** A column: its heading, its key in JSON and its width in millimetres on a page of 225 mm. */
    public enum Column {
        NUMBER("序号", "number", 12),
        TASK("目标任务", "task", 56),
        TARGETS("目标值", "targets", 35),
        DEADLINE("完成时限", "deadline", 30),
        LEAD_LEADER("牵头领导", "leadLeader", 22),
        LEAD_UNIT("牵头单位", "leadUnit", 25),
        JOINT_UNITS("配合单位", "jointUnits", 26),
        SOURCE("来源", "source", 22),
        REMARK("备注", "remark", 24);

        private final String heading;
        private final String key;
        private final int millimetres;

        Column(String heading, String key, int millimetres) {
            this.heading = heading;
            this.key = key;
            this.millimetres = millimetres;
        }

        public String heading() {
            return heading;
        }

        public String key() {
            return key;
        }

        int millimetres() {
            return millimetres;
        }

        String of(TaskRow row) {
            return switch (this) {
                case NUMBER -> Integer.toString(row.number());
                case TASK -> row.task();
                case TARGETS -> row.targets();
                case DEADLINE -> row.deadline();
                case LEAD_LEADER -> row.leadLeader();
                case LEAD_UNIT -> row.leadUnit();
                case JOINT_UNITS -> row.jointUnits();
                case SOURCE -> row.source();
                case REMARK -> row.remark();
            };
        }
    }
}
