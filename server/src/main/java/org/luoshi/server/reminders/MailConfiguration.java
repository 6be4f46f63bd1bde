package org.luoshi.server.reminders;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.Duration;
import org.luoshi.server.calendar.Calendars;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Mail from the settings {@code luoshi.mail.*}; the queue is worked on by one of several servers at a time. */
@Configuration(proxyBeanMethods = false)
class MailConfiguration {
    @Bean
    MailSettings mailSettings(
            @Value("${luoshi.mail.host:}") String host,
            @Value("${luoshi.mail.port:587}") int port,
            @Value("${luoshi.mail.user:}") String user,
            @Value("${luoshi.mail.password:}") String password,
            @Value("${luoshi.mail.from:}") String from,
            @Value("${luoshi.mail.security:starttls}") String security,
            @Value("${luoshi.address:}") String address) {
        return new MailSettings(
                host.strip(), port, user, password, from.strip(), MailSettings.Security.of(security), address.strip());
    }

    @Bean
    Outbox outbox(
            JdbcClient sql,
            TransactionTemplate transaction,
            LetterWriter writer,
            Calendars calendars,
            Clock clock,
            MailSettings settings) {
        return new Outbox(sql, transaction, writer, calendars, clock, settings);
    }

    @Bean
    RecurringTask<Void> sendLetters(Outbox outbox, @Value("${luoshi.mail.seconds:20}") int seconds) {
        return Tasks.recurring("send-letters", FixedDelay.of(Duration.ofSeconds(seconds)))
                .execute((instance, context) -> outbox.round());
    }
}
