package org.luoshi.server.imports;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/** Imports that wait to be run or taken back: one of several servers does each, and one whose server died begins anew. */
@Component
class ImportQueue {
    private static final TaskDescriptor<Void> RUN = TaskDescriptor.of("import-sheet");

    private final ObjectProvider<Scheduler> scheduler;
    private final Clock clock;

    ImportQueue(ObjectProvider<Scheduler> scheduler, Clock clock) {
        this.scheduler = scheduler;
        this.clock = clock;
    }

    @Configuration(proxyBeanMethods = false)
    static class Task {
        @Bean
        OneTimeTask<Void> importSheet(SheetImports imports, ImportUndo undo) {
            return Tasks.oneTime(RUN).execute((instance, context) -> {
                long id = Long.parseLong(instance.getId());
                imports.run(id);
                undo.run(id);
            });
        }
    }

    void add(long id) {
        scheduler
                .getObject()
                .scheduleIfNotExists(RUN.instance(Long.toString(id)).build(), clock.instant());
    }

    /** Has the scheduler look now; called once the job is committed. */
    void wake() {
        scheduler.getObject().triggerCheckForDueExecutions();
    }
}
