package org.luoshi.server.reminders;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.Accounts;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Secret addresses of calendars, one an account at most. Only their hashes are kept. */
@Component
class Feeds {
    private static final Duration USE_COUNTS = Duration.ofMinutes(10);

    private final JdbcClient sql;
    private final Journal journal;
    private final Accounts accounts;
    private final Clock clock;

    Feeds(JdbcClient sql, Journal journal, Accounts accounts, Clock clock) {
        this.sql = sql;
        this.journal = journal;
        this.accounts = accounts;
        this.clock = clock;
    }

    record Feed(Instant madeAt, @Nullable Instant usedAt) {}

    Optional<Feed> find(long account) {
        return sql.sql("select made_at, used_at from feed where account = :account")
                .param("account", account)
                .query((row, n) ->
                        new Feed(row.getTimestamp("made_at").toInstant(), Wishes.instant(row.getTimestamp("used_at"))))
                .optional();
    }

    /** Makes a secret, which is shown this once; one that was there before opens nothing any more. */
    String renew(User user) {
        String secret = Secrets.fresh();
        return journal.write(user.actor(), acts -> {
            sql.sql("""
                            insert into feed (account, secret, made_at) values (:account, :secret, :now)
                            on conflict (account) do update set secret = :secret, made_at = :now, used_at = null""")
                    .param("account", user.account())
                    .param("secret", Secrets.sha256(secret))
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
            acts.note("account:" + user.account(), "account.feed-made", Map.of());
            return secret;
        });
    }

    void withdraw(User user) {
        journal.write(user.actor(), acts -> {
            int gone = sql.sql("delete from feed where account = :account")
                    .param("account", user.account())
                    .update();
            if (gone > 0) {
                acts.note("account:" + user.account(), "account.feed-withdrawn", Map.of());
            }
            return true;
        });
    }

    /** Whose calendar a secret opens; empty for an unknown one and for a closed account. */
    Optional<User> open(String secret) {
        return sql.sql("select account from feed where secret = :secret")
                .param("secret", Secrets.sha256(secret))
                .query(Long.class)
                .optional()
                .flatMap(accounts::findCurrent);
    }

    /** Programs fetch often: when, to ten minutes, is enough to see whether somebody uses the address. */
    void used(User user) {
        Instant now = clock.instant();
        sql.sql("""
                        update feed set used_at = :now
                        where account = :account and (used_at is null or used_at < :before)""")
                .param("now", Timestamp.from(now))
                .param("before", Timestamp.from(now.minus(USE_COUNTS)))
                .param("account", user.account())
                .update();
    }
}
