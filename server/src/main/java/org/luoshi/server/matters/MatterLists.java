package org.luoshi.server.matters;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.calendar.Limit;
import org.luoshi.server.calendar.WorkingTime;
import org.luoshi.server.database.Asking;
import org.luoshi.server.database.Kept;
import org.luoshi.server.database.Revisions;
import org.luoshi.server.units.UnitTree;
import org.luoshi.server.units.Units;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lists of matters, as they are and as they were. */
@Component
public class MatterLists {
    /** The columns that a list needs, without the wide ones. */
    private static final String ROW = """
            m.id, m.type, m.type_version, m.number, m.title, m.state, m.ended, m.done, m.lead, m.joint, m.due, m.progress,
            m.unverified, m.light, m.light_word, m.waits, m.waits_until, m.closed_at, m.struck_at, m.level, m.is_public,
            m.fields ->> 'result' as result""";

    private final JdbcClient sql;
    private final Units units;
    private final Clock clock;

    /** Rows of lists that are kept: about as many as fifty pages of a hundred people. */
    private static final long MOST = 250_000;

    private final Revisions revisions;
    private final Asking.Finder who;
    private final Kept<Object, Object> kept = new Kept<>(MOST, MatterLists::weight);

    private static long weight(Object value) {
        return switch (value) {
            case List<?> rows -> rows.size() + 1L;
            case long[] ids -> 1 + ids.length / 32L;
            default -> 1;
        };
    }

    /** Of a list of at most so many matters, the order is kept, and its pages are cut from it. */
    private static final long SHORT = 5_000;

    MatterLists(JdbcClient sql, Units units, Revisions revisions, Asking.Finder who, Clock clock) {
        this.sql = sql;
        this.units = units;
        this.revisions = revisions;
        this.who = who;
        this.clock = clock;
    }

    /**
     * What a list depends on beside the matters: what is asked, the day that "overdue" means, and who asks, because
     * row level security shows different rows to different people.
     */
    private record Question(
            String kind,
            Object asked,
            long offset,
            int limit,
            LocalDate today,
            @Nullable Asking who) {}

    @SuppressWarnings("unchecked") // a kind of question has one type of answer
    private <T> T keep(String kind, Object asked, long offset, int limit, Supplier<T> read) {
        Asking asking = who.find();
        Question question = new Question(kind, asked, offset, limit, LocalDate.now(clock), asking);
        return (T) kept.get(revisions.mattersOf(asking) + revisions.now().people(), question, read::get);
    }

    /** The same for a list; what stood on a day that is over stands so for ever, whatever changes now. */
    @SuppressWarnings("unchecked") // a kind of question has one type of answer
    private <T> T keep(String kind, Listing asked, long offset, int limit, Supplier<T> read) {
        if (!isOver(asked)) {
            return keep(kind, (Object) asked, offset, limit, read);
        }
        Question question = new Question(kind, asked, offset, limit, LocalDate.MIN, who.find());
        return (T) kept.get(revisions.now().people(), question, read::get);
    }

    private boolean isOver(Listing asked) {
        LocalDate on = asked.on();
        return on != null && on.isBefore(LocalDate.now(clock));
    }

    public record Row(
            long id,
            String type,
            int typeVersion,
            String number,
            String title,
            String state,
            boolean ended,
            boolean done,
            @Nullable Long lead,
            List<Long> joint,
            @Nullable LocalDate due,
            java.math.@Nullable BigDecimal progress,
            int unverified,
            String light,
            String lightWord,
            List<String> waits,
            @Nullable Instant waitsUntil,
            @Nullable Instant closedAt,
            @Nullable Instant struckAt,
            @Nullable String level,
            boolean isPublic,
            @Nullable String result) {

        /** Whether it was struck off, or ended without, after its last deadline; how long it was watched does not count. */
        public boolean late() {
            LocalDate last = due;
            Instant struck = struckAt;
            return last != null && struck != null && !struck.isBefore(Limit.endOf(last, WorkingTime.BEIJING));
        }
    }

    private static Row row(java.sql.ResultSet row, int n) throws java.sql.SQLException {
        return new Row(
                row.getLong("id"),
                row.getString("type"),
                row.getInt("type_version"),
                row.getString("number"),
                row.getString("title"),
                row.getString("state"),
                row.getBoolean("ended"),
                row.getBoolean("done"),
                row.getObject("lead", Long.class),
                MatterStore.longs(row.getArray("joint")),
                row.getObject("due", LocalDate.class),
                row.getBigDecimal("progress"),
                row.getInt("unverified"),
                row.getString("light"),
                row.getString("light_word"),
                List.of((String[]) row.getArray("waits").getArray()),
                MatterStore.instant(row, "waits_until"),
                MatterStore.instant(row, "closed_at"),
                MatterStore.instant(row, "struck_at"),
                row.getString("level"),
                row.getBoolean("is_public"),
                row.getString("result"));
    }

    /**
     * Where a list is read from: the matters as they are, or the rows as they stood at the end of a day.
     */
    private static String from(Listing listing) {
        if (listing.on() == null) {
            return " from matter m ";
        }
        return " from " + MatterStore.THEN + " ";
    }

    private static Map<String, Object> parameters(Listing listing, Listing.Clause clause) {
        Map<String, Object> parameters = new java.util.HashMap<>(clause.parameters());
        if (listing.on() != null) {
            parameters.put("at", Timestamp.from(Listing.endOf(listing.on())));
        }
        return parameters;
    }

    List<Long> below(Listing listing, UnitTree tree) {
        Set<Long> below = new LinkedHashSet<>();
        listing.units().forEach(unit -> below.addAll(tree.withAllBelow(unit)));
        return List.copyOf(below);
    }

    List<Row> list(Listing listing, long offset, int limit) {
        // Nothing is in the order of a past day, so that it is found once for all pages, long as it may be.
        boolean inOrder = isOver(listing) || listing.on() == null && limit <= Listing.PAGE && count(listing) <= SHORT;
        if (!inOrder) {
            return keep("list", listing, offset, limit, () -> read(listing, offset, limit));
        }
        long[] order = keep("order", listing.onFirstPage(), 0, 0, () -> order(listing));
        return keep("list", listing, offset, limit, () -> read(listing, order, offset, limit));
    }

    private long[] order(Listing listing) {
        Listing.Clause clause = listing.clause(LocalDate.now(clock), below(listing, units.tree()));
        return sql
                .sql("select m.id" + from(listing) + "where " + clause.sql() + " order by "
                        + listing.sort().order(listing.descending()))
                .params(parameters(listing, clause))
                .query(Long.class)
                .list()
                .stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    private List<Row> read(Listing listing, long[] order, long offset, int limit) {
        Long[] page = Arrays.stream(order).skip(offset).limit(limit).boxed().toArray(Long[]::new);
        return sql.sql(
                        "select " + ROW + from(listing)
                                + "where m.id = any(cast(:page as bigint[])) order by array_position(cast(:page as bigint[]), m.id)")
                .params(parameters(listing, new Listing.Clause("", Map.of())))
                .param("page", page)
                .query(MatterLists::row)
                .list();
    }

    private List<Row> read(Listing listing, long offset, int limit) {
        Listing.Clause clause = listing.clause(LocalDate.now(clock), below(listing, units.tree()));
        String order = " order by " + listing.sort().order(listing.descending());
        String inner = listing.on() == null
                // The narrow columns find the page, only its rows are read in full.
                ? "select " + ROW + " from (select m.id from matter m where " + clause.sql() + order
                        + " limit :limit offset :offset) p join matter m on m.id = p.id" + order
                : "select " + ROW + from(listing) + "where " + clause.sql() + order + " limit :limit offset :offset";
        return sql.sql(inner)
                .params(parameters(listing, clause))
                .param("limit", limit)
                .param("offset", offset)
                .query(MatterLists::row)
                .list();
    }

    long count(Listing listing) {
        return keep("count", listing.whole(), 0, 0, () -> counted(listing));
    }

    private long counted(Listing listing) {
        Listing.Clause clause = listing.clause(LocalDate.now(clock), below(listing, units.tree()));
        return sql.sql("select count(*)" + from(listing) + "where " + clause.sql())
                .params(parameters(listing, clause))
                .query(Long.class)
                .single();
    }

    /** What a unit has on its table. */
    public record Duty(
            long unit,
            long lead,
            long joint,
            long ended,
            long red,
            long yellow,
            long overdue,
            java.math.@Nullable BigDecimal progress) {}

    List<Duty> duties(Listing listing) {
        Listing asked = listing.duties();
        return keep("duties", asked, 0, 0, () -> summed(asked));
    }

    private List<Duty> summed(Listing listing) {
        List<Long> below = below(listing, units.tree());
        Listing.Clause clause = listing.clause(LocalDate.now(clock), below);
        Map<String, Object> parameters = parameters(listing, clause);
        parameters.put("of", below.toArray(Long[]::new));
        LocalDate today = listing.on() == null ? LocalDate.now(clock) : listing.on();
        return sql.sql("with chosen as (select m.lead, m.joint, m.ended, m.light, m.due, m.struck_at, m.progress"
                        + from(listing)
                        + "where " + clause.sql() + """
                        ), led as (
                          select lead as unit, count(*) as lead, count(*) filter (where ended) as ended,
                                 count(*) filter (where light = 'red' and not ended) as red,
                                 count(*) filter (where light = 'yellow' and not ended) as yellow,
                                 count(*) filter (where due < :today and struck_at is null) as overdue,
                                 avg(progress) as progress
                          from chosen where lead is not null group by lead),
                        joined as (select unit, count(*) as joint from chosen, unnest(joint) as unit group by unit)
                        select coalesce(l.unit, j.unit) as unit, coalesce(l.lead, 0) as lead, coalesce(j.joint, 0) as joint,
                               coalesce(l.ended, 0) as ended, coalesce(l.red, 0) as red, coalesce(l.yellow, 0) as yellow,
                               coalesce(l.overdue, 0) as overdue, round(l.progress, 1) as progress
                        from led l full join joined j on j.unit = l.unit
                        where cardinality(cast(:of as bigint[])) = 0 or coalesce(l.unit, j.unit) = any(:of)
                        order by 5 desc, 6 desc, 2 desc, 1""")
                .params(parameters)
                .param("today", today)
                .query((row, n) -> new Duty(
                        row.getLong("unit"),
                        row.getLong("lead"),
                        row.getLong("joint"),
                        row.getLong("ended"),
                        row.getLong("red"),
                        row.getLong("yellow"),
                        row.getLong("overdue"),
                        row.getBigDecimal("progress")))
                .list();
    }

    /** Open matters that wait for somebody with some keys, the most urgent first. */
    List<Row> waiting(Collection<String> keys, int limit) {
        return keep("waiting", Set.copyOf(keys), 0, limit, () -> read(keys, limit));
    }

    private List<Row> read(Collection<String> keys, int limit) {
        return sql.sql("select " + ROW + """
                         from matter m where not m.ended and m.waits && cast(:keys as text[])
                        order by m.waits_until nulls last, m.id limit :limit""")
                .param("keys", keys.toArray(String[]::new))
                .param("limit", limit)
                .query(MatterLists::row)
                .list();
    }

    int countWaiting(Collection<String> keys) {
        return keep("waiting-count", Set.copyOf(keys), 0, 0, () -> counted(keys));
    }

    private int counted(Collection<String> keys) {
        return sql.sql("select count(*) from matter m where not m.ended and m.waits && cast(:keys as text[])")
                .param("keys", keys.toArray(String[]::new))
                .query(Integer.class)
                .single();
    }

    /** Open matters in which some units have a part, but which wait for others. */
    List<Row> elsewhere(Collection<Long> parties, Collection<String> keys, int limit) {
        return sql.sql("select " + ROW + """
                         from matter m where not m.ended and m.parties && cast(:parties as bigint[]) and not m.waits && cast(:keys as text[])
                        order by m.waits_until nulls last, m.id limit :limit""")
                .param("parties", new HashSet<>(parties).toArray(Long[]::new))
                .param("keys", keys.toArray(String[]::new))
                .param("limit", limit)
                .query(MatterLists::row)
                .list();
    }

    /** Matters of some units that have ended, the newest first. */
    List<Row> ended(Collection<Long> parties, int limit) {
        return sql.sql("select " + ROW + """
                         from matter m where m.ended and m.parties && cast(:parties as bigint[])
                        order by m.closed_at desc nulls last, m.id limit :limit""")
                .param("parties", new HashSet<>(parties).toArray(Long[]::new))
                .param("limit", limit)
                .query(MatterLists::row)
                .list();
    }

    List<Row> followed(long account, int limit) {
        return sql.sql("select " + ROW + """
                         from matter m join follower f on f.matter = m.id where f.account = :account
                        order by m.ended, m.waits_until nulls last, m.id limit :limit""")
                .param("account", account)
                .param("limit", limit)
                .query(MatterLists::row)
                .list();
    }

    List<Row> byId(Collection<Long> ids) {
        return new ArrayList<>(
                sql.sql("select " + ROW + " from matter m where m.id = any(:ids) order by m.year, m.number")
                        .param("ids", ids.toArray(Long[]::new))
                        .query(MatterLists::row)
                        .list());
    }
}
