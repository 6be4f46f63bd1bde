package org.luoshi.server.matters;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The look over all matters as a job: one of several servers does it, every quarter of an hour. First it counts clocks
 * anew that a server left behind which ended while it did so.
 */
@Configuration(proxyBeanMethods = false)
class WatchJob {
    @Bean
    RecurringTask<Void> watchMatters(
            Recounting recounting, Watch watch, @Value("${luoshi.watch-minutes:15}") int minutes) {
        return Tasks.recurring("watch-matters", FixedDelay.of(Duration.ofMinutes(minutes)))
                .execute((instance, context) -> {
                    recounting.goOn();
                    watch.look();
                });
    }
}
