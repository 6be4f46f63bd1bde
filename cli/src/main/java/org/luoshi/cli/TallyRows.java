package org.luoshi.cli;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.luoshi.writing.TaskRow;

/** The rows of all files one after the other, each file awaited only when the table has come to it. */
final class TallyRows implements Iterator<TaskRow> {
    private final Batch<Task.Result> batch;
    private final Tally tally;
    private Iterator<TaskRow> current = Collections.emptyIterator();

    TallyRows(Batch<Task.Result> batch, Tally tally) {
        this.batch = batch;
        this.tally = tally;
    }

    @Override
    public boolean hasNext() {
        while (!current.hasNext() && batch.hasNext()) {
            Task.Result result = batch.next();
            if (tally.take(result)) {
                current = tally.number(result.rows()).iterator();
            }
        }
        return current.hasNext();
    }

    @Override
    public TaskRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException("All rows are written");
        }
        return current.next();
    }
}
