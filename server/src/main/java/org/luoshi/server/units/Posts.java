package org.luoshi.server.units;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.audit.Refused;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who holds which post of a unit, and when one changes hands. */
@Component
public class Posts {
    /** So long after somebody was taken to another unit his post there can still be handed over. */
    public static final Duration LEFT_COUNTS = Duration.ofDays(31);

    private final JdbcClient sql;

    Posts(JdbcClient sql) {
        this.sql = sql;
    }

    /** A post that matters go by. */
    public enum Post {
        /** In charge of the unit's field, from above it. */
        LEADER,
        HEAD,
        HANDLER;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Post of(String key) {
            return switch (key) {
                case "leader" -> LEADER;
                case "head" -> HEAD;
                case "handler" -> HANDLER;
                default -> throw new Refused("units.refused.post", key);
            };
        }

        /** The role that an account has by the post. */
        public Role role() {
            return switch (this) {
                case LEADER -> Role.READER;
                case HEAD -> Role.HEAD;
                case HANDLER -> Role.HANDLER;
            };
        }
    }

    /** Who holds a post now. */
    public record Holder(Post post, long person, String name, String title) {}

    public record Person(long id, String name, String title) {}

    /**
     * A post that changed hands, or will on its day.
     *
     * @param leaves whether the predecessor leaves the house altogether
     * @param matters how many open matters were taken over
     */
    public record HandOver(
            long id,
            long unit,
            Post post,
            long from,
            String fromName,
            long to,
            String toName,
            LocalDate day,
            boolean leaves,
            @Nullable Instant doneAt,
            int matters) {

        /** The same for a predecessor who has another post after it. */
        public HandOver staying() {
            return new HandOver(id, unit, post, from, fromName, to, toName, day, false, doneAt, matters);
        }
    }

    /** The leader in charge of a unit's field on a day, and those whose open accounts make them its head and handlers. */
    public List<Holder> listHolders(long unit, LocalDate day) {
        return sql.sql("""
                        select 'leader' as post, p.id, p.name, coalesce((select min(o.title) from post o where o.person = p.id
                          and o.held_from <= :day and (o.held_to is null or o.held_to > :day)), '') as title
                        from leader_of_unit l join person p on p.id = l.person
                        where l.unit = :unit and l.held_from <= :day and (l.held_to is null or l.held_to > :day)
                        union all
                        select r.role, p.id, p.name, coalesce((select min(o.title) from post o where o.person = p.id and o.unit = :unit
                          and o.held_from <= :day and (o.held_to is null or o.held_to > :day)), '') as title
                        from account a join account_role r on r.account = a.id and r.role in ('head', 'handler')
                          join person p on p.id = a.person
                        where a.unit = :unit and a.active
                        order by 1 desc, 2""")
                .param("unit", unit)
                .param("day", day)
                .query((row, n) -> new Holder(
                        Post.of(row.getString("post")),
                        row.getLong("id"),
                        row.getString("name"),
                        row.getString("title")))
                .list();
    }

    /**
     * Heads and handlers whose account another hand-over took to another unit since a moment, and whose own post was not
     * handed over yet: when posts go round, each is in his new unit before somebody follows him in the old one.
     */
    public List<Holder> listLeft(long unit, Instant since) {
        return sql.sql("""
                        select distinct r.role as post, p.id, p.name from hand_over h
                          join account a on a.person = h.to_person and a.unit <> :unit
                          join person p on p.id = a.person
                          join journal j on j.stream = 'account:' || a.id and j.act = 'account.assign' and j.at >= :since
                            and j.details ->> 'left' = cast(:unit as text)
                          cross join lateral jsonb_array_elements_text(j.details -> 'had') r(role)
                        where h.done_at >= :since and not exists (select 1 from hand_over o
                          where o.unit = :unit and o.post = r.role and o.from_person = p.id and o.done_at >= j.at)
                        order by 1 desc, 2""")
                .param("unit", unit)
                .param("since", Timestamp.from(since))
                .query((row, n) ->
                        new Holder(Post.of(row.getString("post")), row.getLong("id"), row.getString("name"), ""))
                .list();
    }

    /** Whether who hands a post over has another by then: he takes it over on the same day, or it was noted later. */
    public boolean isStaying(HandOver over) {
        return sql.sql("""
                        select exists (select 1 from hand_over h where h.to_person = :from
                          and (h.day = :day or h.day < :day and h.id > :id))""")
                .param("from", over.from())
                .param("day", over.day())
                .param("id", over.id())
                .query(Boolean.class)
                .single();
    }

    public Optional<String> findName(long person) {
        return sql.sql("select name from person where id = :id")
                .param("id", person)
                .query(String.class)
                .optional();
    }

    /** People who can take a post over: who holds one on a day, or has an open account. */
    public List<Person> listPeople(LocalDate day) {
        return sql.sql("""
                        select p.id, p.name, coalesce((select min(o.title) from post o where o.person = p.id
                          and o.held_from <= :day and (o.held_to is null or o.held_to > :day)), '') as title
                        from person p
                        where exists (select 1 from account a where a.person = p.id and a.active)
                          or exists (select 1 from post o where o.person = p.id and (o.held_to is null or o.held_to > :day))
                        order by p.name collate "zh-x-icu", p.id""")
                .param("day", day)
                .query((row, n) -> new Person(row.getLong(1), row.getString(2), row.getString(3)))
                .list();
    }

    private static final String HAND_OVER = """
            select h.id, h.unit, h.post, h.from_person, f.name as from_name, h.to_person, t.name as to_name, h.day, h.leaves,
                   h.done_at, h.matters
            from hand_over h join person f on f.id = h.from_person join person t on t.id = h.to_person
            """;

    /** The hand-overs of a unit, the newest first. */
    public List<HandOver> listHandOvers(long unit) {
        return sql.sql(HAND_OVER + " where h.unit = :unit order by h.day desc, h.id desc")
                .param("unit", unit)
                .query(Posts::handOver)
                .list();
    }

    /** Hand-overs whose day has come and that were not carried out. */
    public List<Long> listDue(LocalDate today) {
        return sql.sql("select id from hand_over where done_at is null and day <= :today order by day, id")
                .param("today", today)
                .query(Long.class)
                .list();
    }

    /** Locks a hand-over that was not carried out; empty where another server has it, or has done it. */
    public Optional<HandOver> lock(long id) {
        return sql.sql(HAND_OVER + " where h.id = :id and h.done_at is null for update of h skip locked")
                .param("id", id)
                .query(Posts::handOver)
                .optional();
    }

    private static HandOver handOver(java.sql.ResultSet row, int n) throws java.sql.SQLException {
        Timestamp done = row.getTimestamp("done_at");
        return new HandOver(
                row.getLong("id"),
                row.getLong("unit"),
                Post.of(row.getString("post")),
                row.getLong("from_person"),
                row.getString("from_name"),
                row.getLong("to_person"),
                row.getString("to_name"),
                row.getObject("day", LocalDate.class),
                row.getBoolean("leaves"),
                done == null ? null : done.toInstant(),
                row.getInt("matters"));
    }

    public long createPerson(String name) {
        return sql.sql("insert into person (key, name) values (:key, :name) returning id")
                .param("key", "p-" + java.util.UUID.randomUUID())
                .param("name", name)
                .query(Long.class)
                .single();
    }

    /** Writes a hand-over down, to be carried out on its day. */
    public long plan(
            Journal.Acts acts,
            long unit,
            Post post,
            long from,
            long to,
            LocalDate day,
            boolean leaves,
            long account,
            Instant now) {
        if (from == to) {
            throw new Refused("units.refused.same-person");
        }
        boolean pending = sql.sql("""
                        select exists (select 1 from hand_over
                          where unit = :unit and post = :post and from_person = :from and done_at is null)""")
                .param("unit", unit)
                .param("post", post.key())
                .param("from", from)
                .query(Boolean.class)
                .single();
        if (pending) {
            throw new Refused("units.refused.hand-over-pending");
        }
        long id = sql.sql("""
                        insert into hand_over (unit, post, from_person, to_person, day, leaves, account, noted_at)
                        values (:unit, :post, :from, :to, :day, :leaves, :account, :now) returning id""")
                .param("unit", unit)
                .param("post", post.key())
                .param("from", from)
                .param("to", to)
                .param("day", day)
                .param("leaves", leaves)
                .param("account", account)
                .param("now", Timestamp.from(now))
                .query(Long.class)
                .single();
        acts.note(
                "unit:" + unit,
                "unit.hand-over",
                Map.of("post", post.key(), "from", from, "to", to, "day", day, "leaves", leaves));
        return id;
    }

    /** Gives the post to the successor from the day on; before it the books keep the predecessor. */
    public void hand(HandOver over) {
        if (over.post() == Post.LEADER) {
            LocalDate since = sql.sql("""
                            select held_from from leader_of_unit where unit = :unit and person = :from
                              and (held_to is null or held_to > :day) order by held_from desc limit 1""")
                    .param("unit", over.unit())
                    .param("from", over.from())
                    .param("day", over.day())
                    .query(LocalDate.class)
                    .optional()
                    .orElseThrow(() -> new Refused("units.refused.no-holder", over.fromName()));
            if (!since.isBefore(over.day())) {
                throw new Refused("units.refused.hand-over-early", over.fromName(), since.toString());
            }
            // Who leaves leaves all his fields; the successor has them until another hand-over says otherwise.
            sql.sql("""
                            with handed as (
                              update leader_of_unit set held_to = :day
                              where person = :from and (unit = :unit or :leaves)
                                and held_from < :day and (held_to is null or held_to > :day)
                              returning unit)
                            insert into leader_of_unit (person, unit, held_from) select :to, unit, :day from handed
                            on conflict (unit, held_from) do update set person = excluded.person""")
                    .param("unit", over.unit())
                    .param("from", over.from())
                    .param("to", over.to())
                    .param("leaves", over.leaves())
                    .param("day", over.day())
                    .update();
        }
        // The successor has the title of the post; one who led from another post keeps his own.
        sql.sql("""
                        insert into post (person, unit, title, held_from)
                        select :to, o.unit, o.title, :day from post o
                        where o.person = :from and (:leader or o.unit = :unit)
                          and o.held_from < :day and (o.held_to is null or o.held_to > :day)
                          and not exists (select 1 from post h where h.person = :to
                            and (:leader or h.unit = :unit) and (h.held_to is null or h.held_to > :day))
                        order by o.held_from desc limit 1""")
                .param("to", over.to())
                .param("from", over.from())
                .param("unit", over.unit())
                .param("leader", over.post() == Post.LEADER)
                .param("day", over.day())
                .update();
        sql.sql("""
                        update post set held_to = :day where person = :from and held_from < :day
                          and (held_to is null or held_to > :day) and (:leaves or not :leader and unit = :unit)""")
                .param("from", over.from())
                .param("unit", over.unit())
                .param("leaves", over.leaves())
                .param("leader", over.post() == Post.LEADER)
                .param("day", over.day())
                .update();
    }

    public void done(HandOver over, int matters, Instant now) {
        sql.sql("update hand_over set done_at = :now, matters = :matters where id = :id")
                .param("now", Timestamp.from(now))
                .param("matters", matters)
                .param("id", over.id())
                .update();
    }
}
