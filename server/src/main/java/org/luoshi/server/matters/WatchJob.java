package org.luoshi.server.matters;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The look over all matters as a job: one of several servers does it, every quarter of an hour. */
@Configuration(proxyBeanMethods = false)
class WatchJob {
    @Bean
    RecurringTask<Void> watchMatters(Watch watch) {
        return Tasks.recurring("watch-matters", FixedDelay.of(Duration.ofMinutes(15)))
                .execute((instance, context) -> watch.look());
    }
}
