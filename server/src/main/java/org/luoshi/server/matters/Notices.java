package org.luoshi.server.matters;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Notices of the ladder. The same cause never brings the same level twice. */
@Component
public class Notices {
    static final List<String> LEVELS = List.of("reminder", "blue", "yellow", "orange", "red");

    private final JdbcClient sql;
    private final JsonMapper json;

    Notices(JdbcClient sql, JsonMapper json) {
        this.sql = sql;
        this.json = json;
    }

    /** @param number of the letter; null where none goes out */
    public record Notice(
            long id,
            long matter,
            String level,
            @Nullable String number,
            Instant at,
            boolean byRule,
            String words,
            Map<String, String> why,
            @Nullable Instant seenAt,
            @Nullable String seenBy) {

        /** The notice as it stood at a moment: who signed for it later had not yet. */
        Notice asOf(Instant moment) {
            return seenAt == null || !seenAt.isAfter(moment)
                    ? this
                    : new Notice(id, matter, level, number, at, byRule, words, why, null, null);
        }
    }

    /** What is to be sent. */
    record Sending(
            long matter,
            String level,
            String cause,
            boolean letter,
            boolean byRule,
            @Nullable Long account,
            String words,
            Map<String, String> why,
            Instant at,
            int year) {}

    /** Sends a notice; empty where it was sent for this cause before. */
    Optional<Notice> send(Sending sending) {
        boolean known = sql.sql(
                        "select exists (select 1 from matter_notice where matter = :matter and level = :level and cause = :cause)")
                .param("matter", sending.matter())
                .param("level", sending.level())
                .param("cause", sending.cause())
                .query(Boolean.class)
                .single();
        if (known) {
            return Optional.empty();
        }
        String number = sending.letter() ? number(sending.level(), sending.year()) : null;
        Long id = sql.sql("""
                        insert into matter_notice (matter, level, cause, number, at, by_rule, account, words, why)
                        values (:matter, :level, :cause, :number, :at, :rule, :account, :words, cast(:why as jsonb))
                        on conflict (matter, level, cause) do nothing returning id""")
                .param("matter", sending.matter())
                .param("level", sending.level())
                .param("cause", sending.cause())
                .param("number", number)
                .param("at", Timestamp.from(sending.at()))
                .param("rule", sending.byRule())
                .param("account", sending.account())
                .param("words", sending.words())
                .param("why", json.writeValueAsString(sending.why()))
                .query(Long.class)
                .optional()
                .orElse(null);
        return id == null ? Optional.empty() : find(id);
    }

    /** 督蓝〔2026〕17号: each colour has its own row of numbers. */
    private String number(String level, int year) {
        int n = sql.sql("""
                        insert into notice_number (level, year, last) values (:level, :year, 1)
                        on conflict (level, year) do update set last = notice_number.last + 1 returning last""")
                .param("level", level)
                .param("year", year)
                .query(Integer.class)
                .single();
        String colour = switch (level) {
            case "blue" -> "蓝";
            case "yellow" -> "黄";
            case "orange" -> "橙";
            case "red" -> "红";
            default -> "";
        };
        return "督" + colour + "〔" + year + "〕" + n + "号";
    }

    Optional<Notice> find(long id) {
        return select("where o.id = :id").param("id", id).query(this::notice).optional();
    }

    List<Notice> list(long matter) {
        return select("where o.matter = :matter order by o.at desc, o.id desc")
                .param("matter", matter)
                .query(this::notice)
                .list();
    }

    private JdbcClient.StatementSpec select(String where) {
        return sql.sql("""
                select o.id, o.matter, o.level, o.number, o.at, o.by_rule, o.words, o.why, o.seen_at, p.name as seen_by
                from matter_notice o left join account a on a.id = o.seen_by left join person p on p.id = a.person
                """ + where);
    }

    boolean sign(long notice, long account, Instant at) {
        return sql.sql("update matter_notice set seen_at = :at, seen_by = :account where id = :id and seen_at is null")
                        .param("at", Timestamp.from(at))
                        .param("account", account)
                        .param("id", notice)
                        .update()
                > 0;
    }

    private Notice notice(java.sql.ResultSet row, int n) throws java.sql.SQLException {
        return new Notice(
                row.getLong("id"),
                row.getLong("matter"),
                row.getString("level"),
                row.getString("number"),
                row.getTimestamp("at").toInstant(),
                row.getBoolean("by_rule"),
                row.getString("words"),
                json.readValue(row.getString("why"), new TypeReference<Map<String, String>>() {}),
                MatterStore.instant(row, "seen_at"),
                row.getString("seen_by"));
    }

    /** The higher of two levels. */
    static @Nullable String higher(@Nullable String a, String b) {
        return a == null || LEVELS.indexOf(b) > LEVELS.indexOf(a) ? b : a;
    }
}
