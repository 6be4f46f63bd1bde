package org.luoshi.server.commitments;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who is reviewing a document at this moment, so that two do not trip over each other. Nothing of it is kept. */
@Component
class Presence {
    private static final Duration FRESH = Duration.ofSeconds(12);

    private final JdbcClient sql;
    private final Clock clock;

    Presence(JdbcClient sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Somebody else who has the document open, and what they look at. */
    record Other(String name, @Nullable Long commitment) {}

    List<Other> seen(long document, long account, @Nullable Long commitment) {
        Timestamp now = Timestamp.from(clock.instant());
        sql.sql("""
                        insert into presence (document, account, commitment, seen_at) values (:document, :account, :commitment, :now)
                        on conflict (document, account) do update set commitment = excluded.commitment, seen_at = excluded.seen_at""")
                .param("document", document)
                .param("account", account)
                .param("commitment", commitment)
                .param("now", now)
                .update();
        return sql.sql("""
                        select p.name, s.commitment from presence s
                          join account a on a.id = s.account join person p on p.id = a.person
                        where s.document = :document and s.account <> :account and s.seen_at > :since
                        order by p.name""")
                .param("document", document)
                .param("account", account)
                .param("since", Timestamp.from(clock.instant().minus(FRESH)))
                .query((row, n) -> new Other(row.getString(1), row.getObject(2, Long.class)))
                .list();
    }
}
