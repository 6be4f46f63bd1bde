package org.luoshi.server.register;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.luoshi.server.database.Kept;
import org.luoshi.server.database.Revisions;
import org.luoshi.server.documents.Taxonomy;
import org.luoshi.server.register.Entry.Target;
import org.luoshi.server.register.Entry.UnitName;
import org.luoshi.server.register.RegisterFilter.Dimension;
import org.luoshi.server.register.RegisterFilter.Due;
import org.luoshi.server.register.RegisterFilter.State;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/**
 * Questions to the register. A list first finds the ids it shows by narrow indexes, then reads those rows alone; counts
 * and orders are kept in memory until something in the register changes.
 */
@Component
public class Register {
    static final ZoneId HOUSE = ZoneId.of("Asia/Shanghai");
    private static final int BATCH = 1_000;
    private static final int LONGEST_KEPT = 200;

    private final JdbcClient sql;
    private final Revisions revisions;
    private final Taxonomy themes;
    private final Clock clock;
    private final Kept<String, UnitNames> names = new Kept<>(1, units -> 1);
    private final Kept<Asked, Long> counts = new Kept<>(20_000, count -> 1);
    private final RegisterOrders orders;
    /** The pages that many look at, the first above all; an entry takes about a kilobyte. */
    private final Kept<List<Long>, List<Entry>> pages = new Kept<>(10_000, List::size);

    /** What a count depends on: "overdue" is another question every day. */
    private record Asked(RegisterFilter filter, LocalDate today) {}

    Register(JdbcClient sql, Revisions revisions, Taxonomy themes, Clock clock) {
        this.themes = themes;
        this.sql = sql;
        this.revisions = revisions;
        this.clock = clock;
        this.orders = new RegisterOrders(sql);
    }

    /** A choice of a pick list with the number of entries it would leave. */
    record Choice(String value, long count) {}

    /** What a unit has to answer for. */
    record Duty(long unit, long lead, long joint, long overdue, long month) {}

    /** What entries are filed under. */
    Taxonomy themes() {
        return themes;
    }

    UnitNames units() {
        return names.get(revisions.now().people(), "", () -> UnitNames.read(sql));
    }

    /** Entries and units together: a filter by a unit means all units below it. */
    private long revision() {
        Revisions.Seen now = revisions.now();
        return now.register() + now.people();
    }

    long count(RegisterFilter filter) {
        return count(filter, units());
    }

    long count(RegisterFilter filter, UnitNames units) {
        return counts.get(revision(), new Asked(filter, LocalDate.now(clock)), () -> {
            RegisterCondition where = condition(filter, units);
            return ask("select count(*) from commitment c where " + where.text(), where)
                    .query(Long.class)
                    .single();
        });
    }

    /** The entries of a part of the list, in its order. */
    List<Entry> list(RegisterFilter filter, RegisterSort sort, boolean descending, long offset, int limit) {
        return list(filter, sort, descending, offset, limit, units());
    }

    List<Entry> list(
            RegisterFilter filter, RegisterSort sort, boolean descending, long offset, int limit, UnitNames units) {
        List<Long> ids = ids(filter, sort, descending, offset, limit, units);
        return limit > LONGEST_KEPT ? read(ids, units) : pages.get(revision(), ids, () -> read(ids, units));
    }

    /** Every entry of the list, in its order; a thousand are in memory at a time. */
    Iterator<Entry> walk(RegisterFilter filter, RegisterSort sort, boolean descending) {
        UnitNames units = units();
        List<Long> ids = ids(filter, sort, descending, 0, Integer.MAX_VALUE, units);
        return new Iterator<>() {
            private int next;
            private Iterator<Entry> batch = List.<Entry>of().iterator();

            @Override
            public boolean hasNext() {
                while (!batch.hasNext() && next < ids.size()) {
                    int end = Math.min(ids.size(), next + BATCH);
                    batch = read(ids.subList(next, end), units).iterator();
                    next = end;
                }
                return batch.hasNext();
            }

            @Override
            public Entry next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return batch.next();
            }
        };
    }

    /** The chosen entries, in the order they are chosen in; ids that the register does not hold are left out. */
    List<Entry> listChosen(Collection<Long> ids) {
        return read(List.copyOf(ids), units());
    }

    Optional<Entry> find(long id) {
        return listChosen(List.of(id)).stream().findFirst();
    }

    private List<Long> ids(
            RegisterFilter filter, RegisterSort sort, boolean descending, long offset, int limit, UnitNames units) {
        LocalDate today = LocalDate.now(clock);
        return orders.part(revision(), new RegisterOrders.Order(filter, sort, descending, today), offset, limit, units);
    }

    private RegisterCondition condition(RegisterFilter filter, UnitNames units) {
        return RegisterCondition.of(filter, LocalDate.now(clock), units);
    }

    private StatementSpec ask(String text, RegisterCondition where) {
        return sql.sql(text).params(where.values());
    }

    private List<Entry> read(List<Long> ids, UnitNames units) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Long[] chosen = ids.toArray(Long[]::new);
        Map<Long, List<Target>> targets = targets(chosen);
        return sql.sql("""
                        select c.id, c.number, c.year, c.what, c.lead, c.due, c.due_inferred, c.theme, c.subtheme,
                               c.document, d.title, c.section, p.name as leader, c.registered_at,
                               array(select j.unit from commitment_joint j where j.commitment = c.id order by j.ordinal) as joint
                        from unnest(:ids) with ordinality as wanted (id, n)
                        join commitment c on c.id = wanted.id and c.state = 'registered'
                        join document d on d.id = c.document
                        left join person p on p.id = c.leader
                        order by wanted.n""")
                .param("ids", chosen)
                .query((row, n) -> entry(row, units, targets.getOrDefault(row.getLong("id"), List.of())))
                .list();
    }

    private static Entry entry(ResultSet row, UnitNames units, List<Target> targets) throws SQLException {
        Instant registered = row.getTimestamp("registered_at").toInstant();
        LocalDate day = LocalDate.ofInstant(registered, HOUSE);
        Array joint = row.getArray("joint");
        Long lead = row.getObject("lead", Long.class);
        return new Entry(
                row.getLong("id"),
                row.getString("number"),
                row.getInt("year"),
                row.getString("what"),
                lead == null ? null : name(lead, day, units),
                Arrays.stream((Long[]) joint.getArray())
                        .map(unit -> name(unit, day, units))
                        .toList(),
                row.getObject("due", LocalDate.class),
                row.getBoolean("due_inferred"),
                row.getString("theme"),
                row.getString("subtheme"),
                row.getLong("document"),
                row.getString("title"),
                row.getString("section"),
                row.getString("leader"),
                targets,
                registered);
    }

    private static UnitName name(long unit, LocalDate day, UnitNames units) {
        return new UnitName(unit, units.full(unit, day), units.brief(unit, day));
    }

    private Map<Long, List<Target>> targets(Long[] commitments) {
        Map<Long, List<Target>> found = new HashMap<>();
        sql.sql("""
                        select t.id, t.commitment, t.indicator, t.op, t.value, t.value2, t.unit, t.basis, t.masked, t.stretch,
                               s.target is not null as split,
                               s.target is null or (t.basis = 'level' and not t.masked and t.value2 is null
                                 and t.value is not distinct from
                                   (select sum(x.value) from target_share x where x.target = t.id)) as adds
                        from commitment_target t left join target_split s on s.target = t.id
                        where t.commitment = any(:ids) order by t.commitment, t.ordinal, t.id""").param("ids", commitments).query(row -> {
            found.computeIfAbsent(row.getLong("commitment"), key -> new ArrayList<>())
                    .add(new Target(
                            row.getLong("id"),
                            row.getString("indicator"),
                            row.getString("op"),
                            row.getBigDecimal("value"),
                            row.getBigDecimal("value2"),
                            row.getString("unit"),
                            row.getString("basis"),
                            row.getBoolean("masked"),
                            row.getBoolean("stretch"),
                            row.getBoolean("split"),
                            row.getBoolean("adds")));
        });
        return found;
    }

    /** The choices of a dimension among the entries that the other dimensions leave, each with its count. */
    List<Choice> choices(Dimension dimension, RegisterFilter filter) {
        RegisterFilter others = filter.without(dimension);
        UnitNames units = units();
        return switch (dimension) {
            case YEAR -> grouped("c.year::text", "1 desc", others, units);
            case THEME -> grouped("c.theme || '/' || c.subtheme", "1", others, units);
            case SOURCE -> grouped("c.document::text", "max(c.document) desc", others, units);
            case UNIT -> unitChoices(others, units);
            case DUE ->
                Arrays.stream(Due.Span.values())
                        .map(span -> new Choice(span.key(), count(others.withDue(span), units)))
                        .toList();
            case STATE ->
                Arrays.stream(State.values())
                        .map(state -> new Choice(state.key(), count(others.withState(state), units)))
                        .toList();
            case TEXT -> List.of();
        };
    }

    private List<Choice> grouped(String key, String order, RegisterFilter filter, UnitNames units) {
        RegisterCondition where = condition(filter, units);
        return ask(
                        "select " + key + " as value, count(*) as count from commitment c where " + where.text()
                                + " group by 1 order by " + order,
                        where)
                .query((row, n) -> new Choice(row.getString(1), row.getLong(2)))
                .list();
    }

    /** Each unit with the entries that it leads or joins in itself, in the order of the tree. */
    private List<Choice> unitChoices(RegisterFilter filter, UnitNames units) {
        RegisterCondition where = condition(filter, units);
        Map<Long, Long> counts = new HashMap<>();
        ask("""
                        with c as materialized (select c.id, c.lead from commitment c where %s)
                        select unit, count(*) from (
                          select lead as unit, id from c where lead is not null
                          union
                          select j.unit, c.id from c join commitment_joint j on j.commitment = c.id) answers
                        group by unit""".formatted(where.text()), where).query(row -> {
            counts.put(row.getLong(1), row.getLong(2));
        });
        return units.ordered().stream()
                .filter(unit -> counts.containsKey(unit.id()))
                .map(unit -> new Choice(Long.toString(unit.id()), counts.getOrDefault(unit.id(), 0L)))
                .toList();
    }

    /** What each unit has to answer for, in the order of the tree; entries that nobody leads are left out. */
    List<Duty> duties(RegisterFilter filter, UnitNames units) {
        RegisterCondition where = condition(filter, units);
        LocalDate today = LocalDate.now(clock);
        Map<Long, Duty> duties = new HashMap<>();
        ask("""
                        with c as materialized (select c.id, c.lead, c.due from commitment c where %s)
                        select unit, count(*) filter (where leads) as lead, count(*) filter (where not leads) as joint,
                               count(*) filter (where leads and due < :today) as overdue,
                               count(*) filter (where leads and due between :first and :last) as month
                        from (select lead as unit, due, true as leads from c where lead is not null
                              union all
                              select j.unit, c.due, false from c join commitment_joint j on j.commitment = c.id) answers
                        group by unit""".formatted(where.text()), where)
                .param("today", today)
                .param("first", today.withDayOfMonth(1))
                .param("last", today.withDayOfMonth(1).plusMonths(1).minusDays(1))
                .query(row -> {
                    duties.put(
                            row.getLong("unit"),
                            new Duty(
                                    row.getLong("unit"),
                                    row.getLong("lead"),
                                    row.getLong("joint"),
                                    row.getLong("overdue"),
                                    row.getLong("month")));
                });
        List<Duty> ordered = new ArrayList<>();
        for (UnitNames.Node unit : units.ordered()) {
            Duty duty = duties.get(unit.id());
            if (duty != null) {
                ordered.add(duty);
            }
        }
        return ordered;
    }

    /** Titles of documents by id. */
    Map<Long, String> titles(Collection<Long> documents) {
        Map<Long, String> titles = new HashMap<>();
        if (!documents.isEmpty()) {
            sql.sql("select id, title from document where id = any(:ids)")
                    .param("ids", documents.toArray(Long[]::new))
                    .query(row -> {
                        titles.put(row.getLong(1), row.getString(2));
                    });
        }
        return titles;
    }

    /** The newest year that has entries. */
    Optional<Integer> newestYear() {
        return Optional.ofNullable(sql.sql("select max(year) from commitment c where c.state = 'registered'")
                .query((row, n) -> row.getObject(1, Integer.class))
                .list()
                .getFirst());
    }
}
