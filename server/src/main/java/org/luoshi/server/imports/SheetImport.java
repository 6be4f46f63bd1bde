package org.luoshi.server.imports;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A list on its way in.
 *
 * @param tables names of the sheets that hold anything
 * @param chosen place of the one that is brought in
 * @param head number of the row that holds the headings
 * @param whole all rows or none; else the good ones
 * @param progress rows of {@code total} that are made, while it runs
 * @param undone matters of it that were taken back
 * @param failure why the last run stopped; nothing of it was kept
 */
public record SheetImport(
        long id,
        String type,
        String fileName,
        List<String> tables,
        int chosen,
        int head,
        Matching matching,
        State state,
        boolean whole,
        int progress,
        int total,
        @Nullable Failure failure,
        int made,
        int known,
        int leftOut,
        int undone,
        @Nullable Undo undo,
        long account,
        String by,
        Instant at,
        @Nullable Instant doneAt,
        int version) {

    /** Where it stands. */
    public enum State {
        DRAFT,
        RUNNING,
        DONE,
        DROPPED,
        UNDOING,
        UNDONE;

        /** Whether a job is making or taking back its matters. */
        public boolean isAtWork() {
            return this == RUNNING || this == UNDOING;
        }

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How a sheet is read.
     *
     * @param columns fields by the place of the column
     * @param names what some names mean that the county has not
     * @param headings of the columns when they were matched
     * @param past whether deadlines that are over may come in
     * @param handDown whether rows with a lead unit and a deadline are handed down at once
     * @param campaign that gathers what is made
     */
    public record Matching(
            Map<Integer, String> columns,
            Map<String, String> names,
            List<String> headings,
            boolean past,
            boolean handDown,
            @Nullable Long campaign) {}

    /** Who takes an import back, and why. */
    record Undo(long account, String reason) {}

    public record Failure(String key, List<String> arguments) {}

    List<String> headings() {
        return matching.headings();
    }
}
