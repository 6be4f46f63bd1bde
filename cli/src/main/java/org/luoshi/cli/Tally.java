package org.luoshi.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.luoshi.writing.TaskRow;

/** Counts what came of the files, in their order, and tells of failures as they come. */
final class Tally {
    private final Progress progress;
    private final Words words;
    private final Map<String, String> seen = new HashMap<>();
    int done;
    int read;
    int failed;
    int rows;
    String title = "";

    Tally(Progress progress, Words words) {
        this.progress = progress;
        this.words = words;
    }

    /** Whether the file's rows belong into a table: it was read, and no file of equal content before it. */
    boolean take(Task.Result result) {
        done++;
        result.notes().forEach(progress::say);
        boolean listed = false;
        if (!result.failure().isEmpty()) {
            fail(result.failure());
        } else {
            read++;
            title = result.title();
            String before = seen.putIfAbsent(result.sha256(), result.file().toString());
            listed = before == null;
            if (!listed) {
                progress.say(words.say("duplicate", result.file(), before));
            }
        }
        progress.advance(Task.baseName(result.file()));
        return listed;
    }

    void fail(String reason) {
        failed++;
        progress.say(reason);
    }

    /** The rows numbered on from those before. */
    List<TaskRow> number(List<TaskRow> unnumbered) {
        List<TaskRow> numbered = new ArrayList<>(unnumbered.size());
        for (TaskRow row : unnumbered) {
            rows++;
            numbered.add(new TaskRow(
                    rows,
                    row.task(),
                    row.targets(),
                    row.deadline(),
                    row.leadLeader(),
                    row.leadUnit(),
                    row.jointUnits(),
                    row.source(),
                    row.remark()));
        }
        return numbered;
    }
}
