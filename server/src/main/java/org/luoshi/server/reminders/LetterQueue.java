package org.luoshi.server.reminders;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.audit.Refused;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What waits in the queue of letters and what became of the others, for pages. */
@Component
public class LetterQueue {
    private final JdbcClient sql;
    private final Journal journal;
    private final Clock clock;

    LetterQueue(JdbcClient sql, Journal journal, Clock clock) {
        this.sql = sql;
        this.journal = journal;
        this.clock = clock;
    }

    /** A letter as the queue knows it: never what it says. */
    public record Row(
            long id,
            String name,
            String address,
            String kind,
            String state,
            int tries,
            Instant nextTry,
            @Nullable String problem,
            Instant madeAt,
            @Nullable Instant doneAt) {}

    /** How many letters are in each state. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new java.util.TreeMap<>();
        sql.sql("select state, count(*) as n from mail_letter group by state").query(row -> {
            counts.put(row.getString("state"), row.getInt("n"));
        });
        return counts;
    }

    /** Waiting and failed letters first, then the newest. */
    List<Row> list(int limit) {
        return select(
                        " order by case l.state when 'failed' then 0 when 'waiting' then 1 else 2 end, l.id desc limit :limit")
                .param("limit", limit)
                .query(LetterQueue::row)
                .list();
    }

    /** The last letter of an account that waits after a failure, or failed for good. */
    Optional<Row> findTrouble(long account) {
        return select(" where l.id = (select max(id) from mail_letter where account = :account and address is null)"
                        + " and (l.state = 'failed' or l.state = 'waiting' and l.tries > 0)")
                .param("account", account)
                .query(LetterQueue::row)
                .optional();
    }

    private JdbcClient.StatementSpec select(String rest) {
        return sql.sql("""
                select l.id, p.name, coalesce(l.address, w.address, '') as address, l.kind, l.state, l.tries, l.next_try,
                       l.problem, l.made_at, l.done_at
                from mail_letter l join account a on a.id = l.account join person p on p.id = a.person
                  left join mail_wish w on w.account = l.account
                """ + rest);
    }

    private static Row row(java.sql.ResultSet row, int n) throws java.sql.SQLException {
        return new Row(
                row.getLong("id"),
                row.getString("name"),
                row.getString("address"),
                row.getString("kind"),
                row.getString("state"),
                row.getInt("tries"),
                row.getTimestamp("next_try").toInstant(),
                row.getString("problem"),
                row.getTimestamp("made_at").toInstant(),
                Wishes.instant(row.getTimestamp("done_at")));
    }

    /** Puts a test letter into the queue. */
    void test(User user, String typed) {
        String address = typed.strip();
        if (!Wishes.isAddress(address)) {
            throw new Refused("reminders.refused.address", Letter.oneLine(address));
        }
        journal.write(user.actor(), acts -> {
            sql.sql("""
                            insert into mail_letter (account, kind, address, next_try, made_at)
                            values (:account, 'test', :address, :now, :now)""")
                    .param("account", user.account())
                    .param("address", address)
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
            acts.note("account:" + user.account(), "mail.test", Map.of());
            return true;
        });
    }

    /** Tries a letter again that failed or waits for its next attempt; an address that was refused counts again. */
    void again(User user, long letter) {
        journal.write(user.actor(), acts -> {
            Optional<Long> account = sql.sql("""
                            update mail_letter set state = 'waiting', next_try = :now, made_at = :now, tries = 0,
                              done_at = null
                            where id = :id and state in ('failed', 'waiting') returning account""")
                    .param("now", Timestamp.from(clock.instant()))
                    .param("id", letter)
                    .query(Long.class)
                    .optional();
            account.ifPresent(id -> {
                sql.sql("update mail_wish set refused_at = null, refused_why = null where account = :account")
                        .param("account", id)
                        .update();
                acts.note("account:" + id, "mail.again", Map.of("letter", letter));
            });
            return true;
        });
    }
}
