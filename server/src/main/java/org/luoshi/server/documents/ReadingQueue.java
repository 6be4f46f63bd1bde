package org.luoshi.server.documents;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The jobs that wait: added in the transaction that stores the file, so that neither exists without the other. */
@Component
class ReadingQueue {
    static final TaskDescriptor<Void> READ = TaskDescriptor.of("read-document");

    private final ObjectProvider<Scheduler> scheduler;
    private final Clock clock;

    ReadingQueue(ObjectProvider<Scheduler> scheduler, Clock clock) {
        this.scheduler = scheduler;
        this.clock = clock;
    }

    void add(long document) {
        scheduler
                .getObject()
                .scheduleIfNotExists(READ.instance(Long.toString(document)).build(), clock.instant());
    }

    /** Has the scheduler look now instead of at its next round; called once the job is committed. */
    void wake() {
        scheduler.getObject().triggerCheckForDueExecutions();
    }
}
