package org.luoshi.server.matters;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.units.Units;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What people are told: in the application at once, by mail where they gave an address. */
@Component
public class Messages {
    private final JdbcClient sql;
    private final Units units;
    private final JsonMapper json;

    Messages(JdbcClient sql, Units units, JsonMapper json) {
        this.sql = sql;
        this.units = units;
        this.json = json;
    }

    /** A message to one account. */
    public record Message(
            long id,
            @Nullable Long matter,
            String number,
            String title,
            String kind,
            Map<String, String> details,
            Instant at,
            boolean read) {

        /** A page of the application that it is about; null: a matter, a meeting or none. */
        public @Nullable String page() {
            String page = details.get("page");
            return page != null && page.startsWith("/") && !page.startsWith("//") ? page : null;
        }
    }

    /**
     * Tells everybody whom some keys mean (see {@link Standing#keys}), and those who follow the matter, but not the one
     * who did it.
     *
     * @param matter null where the message is about several
     */
    void tell(
            Collection<String> keys,
            @Nullable Long matter,
            String kind,
            Map<String, String> details,
            @Nullable Long but,
            Instant at) {
        Set<Long> handlers = new LinkedHashSet<>();
        Set<Long> heads = new LinkedHashSet<>();
        Set<Long> people = new LinkedHashSet<>();
        boolean office = keys.contains("office");
        for (String key : keys) {
            int colon = key.indexOf(':');
            if (colon > 0) {
                long id = Long.parseLong(key.substring(colon + 1));
                switch (key.substring(0, colon)) {
                    case "unit" -> handlers.addAll(withSections(id));
                    case "head" -> heads.addAll(withSections(id));
                    default -> people.add(id);
                }
            }
        }
        sql.sql("""
                        insert into message (account, matter, kind, details, at)
                        select distinct a.id, cast(:matter as bigint), :kind, cast(:details as jsonb), cast(:at as timestamptz)
                        from account a left join account_role r on r.account = a.id
                        where a.active and a.id is distinct from :but and (
                          a.unit = any(:handlers) and r.role in ('handler', 'head')
                          or a.unit = any(:heads) and r.role = 'head'
                          or a.person = any(:people)
                          or :office and r.role = 'supervision'
                          or a.id in (select followers_of(cast(:matter as bigint))))""")
                .param("matter", matter)
                .param("kind", kind)
                .param("details", json.writeValueAsString(details))
                .param("at", Timestamp.from(at))
                .param("but", but)
                .param("handlers", handlers.toArray(Long[]::new))
                .param("heads", heads.toArray(Long[]::new))
                .param("people", people.toArray(Long[]::new))
                .param("office", office)
                .update();
    }

    /** Tells the heads of some units something that is not about one matter, but not the one who did it. */
    public void tellHeads(
            Collection<Long> heads, String kind, Map<String, String> details, @Nullable Long but, Instant at) {
        tell(heads.stream().map(unit -> "head:" + unit).toList(), null, kind, details, but, at);
    }

    /** Tells the people who work for some units something that is not about a matter, but not the one who did it. */
    public void tellUnits(
            Collection<Long> those, String kind, Map<String, String> details, @Nullable Long but, Instant at) {
        tell(those.stream().map(unit -> "unit:" + unit).toList(), null, kind, details, but, at);
    }

    /** Tells one account something that is not about one matter. */
    void tellOne(long account, String kind, Map<String, String> details, Instant at) {
        sql.sql("""
                        insert into message (account, kind, details, at)
                        values (:account, :kind, cast(:details as jsonb), :at)""")
                .param("account", account)
                .param("kind", kind)
                .param("details", json.writeValueAsString(details))
                .param("at", Timestamp.from(at))
                .update();
    }

    /** A unit and its sections: their people work for it. */
    private Set<Long> withSections(long unit) {
        Set<Long> found = new LinkedHashSet<>();
        var tree = units.tree();
        for (long below : tree.withAllBelow(unit)) {
            if (tree.worksFor(below).contains(unit)) {
                found.add(below);
            }
        }
        return found;
    }

    private static final String SELECT = """
            select g.id, g.matter, coalesce(m.number, '') as number, coalesce(m.title, '') as title, g.kind, g.details,
                   g.at, g.read_at is not null as read
            from message g left join matter m on m.id = g.matter
            """;

    /** The newest messages of an account, without those of matters that whoever asks may not see now. */
    List<Message> list(long account, int limit) {
        return sql.sql(SELECT + """
                        where g.account = :account and (g.matter is null or m.id is not null)
                        order by g.at desc, g.id desc limit :limit""")
                .param("account", account)
                .param("limit", limit)
                .query(this::message)
                .list();
    }

    /** Some messages of an account, oldest first, without those of matters that whoever asks may not see. */
    List<Message> listVisible(long account, Collection<Long> ids) {
        return sql.sql(SELECT + """
                        where g.account = :account and g.id = any(cast(:ids as bigint[]))
                          and (g.matter is null or m.id is not null) order by g.at, g.id""")
                .param("account", account)
                .param("ids", ids.toArray(Long[]::new))
                .query(this::message)
                .list();
    }

    private Message message(ResultSet row, int n) throws SQLException {
        return new Message(
                row.getLong("id"),
                row.getObject("matter", Long.class),
                row.getString("number"),
                row.getString("title"),
                row.getString("kind"),
                json.readValue(row.getString("details"), new TypeReference<Map<String, String>>() {}),
                row.getTimestamp("at").toInstant(),
                row.getBoolean("read"));
    }

    int unread(long account) {
        return sql.sql("""
                        select count(*) from message g where account = :account and read_at is null
                          and (matter is null or exists (select 1 from matter m where m.id = g.matter))""").param("account", account).query(Integer.class).single();
    }

    /** Marks as read what {@link #list} shows: what nobody could read is not read. */
    void read(long account, Instant at) {
        sql.sql("""
                        update message g set read_at = :at where account = :account and read_at is null
                          and (matter is null or exists (select 1 from matter m where m.id = g.matter))""").param("at", Timestamp.from(at)).param("account", account).update();
    }
}
