package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was reported, and what of it was confirmed. */
@Component
public class Progresses {
    private final JdbcClient sql;

    Progresses(JdbcClient sql) {
        this.sql = sql;
    }

    /** @param state reported, confirmed or returned */
    record Progress(
            long id,
            @Nullable Long account,
            String who,
            @Nullable Long unit,
            Instant at,
            String words,
            @Nullable BigDecimal percent,
            String state,
            String finding,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt) {

        /** The report as it stood at a moment: a verdict that came later is not known yet. */
        Progress asOf(Instant moment) {
            return decidedAt == null || !decidedAt.isAfter(moment)
                    ? this
                    : new Progress(id, account, who, unit, at, words, percent, "reported", "", null, null);
        }
    }

    /** @param target what it was measured by; null: nothing is known */
    record Figure(BigDecimal value, @Nullable BigDecimal target) {}

    long report(
            long matter,
            long account,
            long unit,
            String words,
            @Nullable BigDecimal percent,
            @Nullable Figure figure,
            Instant at) {
        return sql.sql("""
                        insert into matter_progress (matter, account, unit, at, words, percent, value, target, state)
                        values (:matter, :account, :unit, :at, :words, :percent, :value, :target, 'reported') returning id""")
                .param("matter", matter)
                .param("account", account)
                .param("unit", unit)
                .param("at", Timestamp.from(at))
                .param("words", words)
                .param("percent", percent)
                .param("value", figure == null ? null : figure.value())
                .param("target", figure == null ? null : figure.target())
                .query(Long.class)
                .single();
    }

    void decide(long progress, boolean confirmed, String finding, long account, Instant at) {
        sql.sql("""
                        update matter_progress set state = :state, finding = :finding, decided_by = :account, decided_at = :at
                        where id = :id""")
                .param("state", confirmed ? "confirmed" : "returned")
                .param("finding", finding)
                .param("account", account)
                .param("at", Timestamp.from(at))
                .param("id", progress)
                .update();
    }

    private static final String SELECT = """
            select p.id, p.account, coalesce(n.name, '') as who, p.unit, p.at, p.words, p.percent, p.state, p.finding,
                   d.name as decided_by, p.decided_at
            from matter_progress p left join account a on a.id = p.account left join person n on n.id = a.person
              left join account b on b.id = p.decided_by left join person d on d.id = b.person
            """;

    List<Progress> list(long matter) {
        return sql.sql(SELECT + " where p.matter = :matter order by p.at desc, p.id desc")
                .param("matter", matter)
                .query((row, n) -> progress(row))
                .list();
    }

    /** The oldest report that waits to be confirmed, or a named one. */
    Optional<Progress> findWaiting(long matter, @Nullable Long id) {
        return sql.sql(SELECT + """
                         where p.matter = :matter and p.state = 'reported' and (cast(:id as bigint) is null or p.id = :id)
                        order by p.at, p.id limit 1""")
                .param("matter", matter)
                .param("id", id)
                .query((row, n) -> progress(row))
                .optional();
    }

    int countWaiting(long matter) {
        return sql.sql("select count(*) from matter_progress where matter = :matter and state = 'reported'")
                .param("matter", matter)
                .query(Integer.class)
                .single();
    }

    /** Leaves what was confirmed so far to the work as it was before: it no longer counts. */
    void begunAnew(long matter) {
        sql.sql("update matter_progress set past = true where matter = :matter and state = 'confirmed' and not past")
                .param("matter", matter)
                .update();
    }

    /** The percentage that was confirmed last since the work began, or began anew; empty where none was. */
    Optional<BigDecimal> findConfirmed(long matter) {
        return sql.sql("""
                        select percent from matter_progress
                        where matter = :matter and state = 'confirmed' and not past and percent is not null
                        order by at desc, id desc limit 1""").param("matter", matter).query(BigDecimal.class).optional();
    }

    private static Progress progress(ResultSet row) throws SQLException {
        return new Progress(
                row.getLong("id"),
                row.getObject("account", Long.class),
                row.getString("who"),
                row.getObject("unit", Long.class),
                row.getTimestamp("at").toInstant(),
                row.getString("words"),
                row.getBigDecimal("percent"),
                row.getString("state"),
                row.getString("finding"),
                row.getString("decided_by"),
                MatterStore.instant(row, "decided_at"));
    }
}
