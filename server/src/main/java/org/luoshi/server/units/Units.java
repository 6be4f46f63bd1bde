package org.luoshi.server.units;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.audit.Actor;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.audit.Refused;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The dated tree of units. */
@Component
public class Units {
    private static final long FRESH_NANOS = 10_000_000_000L;

    private final JdbcClient sql;
    private final Journal journal;
    private final Clock clock;
    private volatile @Nullable Kept kept;

    private record Kept(UnitTree tree, long readAt) {}

    Units(JdbcClient sql, Journal journal, Clock clock) {
        this.sql = sql;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * A unit as it was on a day.
     *
     * @param depth distance from the root
     */
    public record Unit(
            long id,
            String key,
            String kind,
            @Nullable Long parent,
            String name,
            String shortName,
            LocalDate founded,
            @Nullable LocalDate closed,
            @Nullable Long mergedInto,
            int depth) {}

    /** A name over a period; {@code to} is the first day on which it no longer holds. */
    public record Name(
            String name,
            String shortName,
            LocalDate from,
            @Nullable LocalDate to) {}

    private static final String AS_OF = """
            with recursive tree as (
              select u.id, u.key, u.kind, u.parent, u.founded, u.closed, u.merged_into, 0 as depth,
                     array[u.ordinal::bigint, u.id] as path
              from unit u where u.parent is null
              union all
              select u.id, u.key, u.kind, u.parent, u.founded, u.closed, u.merged_into, t.depth + 1,
                     t.path || u.ordinal::bigint || u.id
              from unit u join tree t on u.parent = t.id)
            select t.*, n.name, n.short_name
            from tree t join unit_name n on n.unit = t.id and n.valid_from <= :day and (n.valid_to is null or n.valid_to > :day)
            where t.founded <= :day and (t.closed is null or t.closed > :day)
            """;

    /** All units that existed on a day, parents before children. */
    public List<Unit> listUnits(LocalDate day) {
        return sql.sql(AS_OF + " order by t.path")
                .param("day", day)
                .query((row, n) -> unit(row))
                .list();
    }

    public List<Unit> listUnits() {
        return listUnits(LocalDate.now(clock));
    }

    /** The whole tree, read anew at most every ten seconds: another server may have changed it. */
    public UnitTree tree() {
        Kept found = kept;
        if (found == null || System.nanoTime() - found.readAt() > FRESH_NANOS) {
            found = new Kept(UnitTree.read(sql), System.nanoTime());
            kept = found;
        }
        return found.tree();
    }

    /** Reads the tree anew with the next question. */
    public void forget() {
        kept = null;
    }

    /** The unit under the name it had on a day; after its end, under its last name. */
    public Unit getUnit(long id, LocalDate day) {
        return sql.sql("""
                        select u.*, n.name, n.short_name, 0 as depth
                        from unit u join lateral (
                          select name, short_name from unit_name where unit = u.id
                          order by case when valid_from <= :day then valid_from end desc nulls last, valid_from
                          limit 1) n on true
                        where u.id = :id""")
                .param("id", id)
                .param("day", day)
                .query((row, n) -> unit(row))
                .optional()
                .orElseThrow(() -> new IllegalArgumentException("There is no unit " + id));
    }

    public Unit getUnit(long id) {
        return getUnit(id, LocalDate.now(clock));
    }

    /** The unit that carries a full or short name on a day. */
    public Optional<Unit> findByName(String name, LocalDate day) {
        return sql.sql(AS_OF + " and (n.name = :name or n.short_name = :name) order by t.path limit 1")
                .param("day", day)
                .param("name", name.strip())
                .query((row, n) -> unit(row))
                .optional();
    }

    /** The unit that answers for a duty on a day. */
    public Optional<Unit> findByDuty(String duty, LocalDate day) {
        return sql.sql(AS_OF + " and t.id in (select unit from unit_duty where duty = :duty) order by t.path limit 1")
                .param("day", day)
                .param("duty", duty)
                .query((row, n) -> unit(row))
                .optional();
    }

    public Optional<Unit> findByKey(String key) {
        return sql.sql("""
                        select u.*, n.name, n.short_name, 0 as depth from unit u
                        join lateral (select name, short_name from unit_name where unit = u.id order by valid_from desc limit 1) n on true
                        where u.key = :key""").param("key", key).query((row, n) -> unit(row)).optional();
    }

    public List<Name> listNames(long unit) {
        return sql.sql(
                        "select name, short_name, valid_from, valid_to from unit_name where unit = :unit order by valid_from")
                .param("unit", unit)
                .query((row, n) -> new Name(
                        row.getString(1),
                        row.getString(2),
                        row.getObject(3, LocalDate.class),
                        row.getObject(4, LocalDate.class)))
                .list();
    }

    /** A unit to be founded. */
    public record Founding(
            String key,
            String kind,
            @Nullable Long parent,
            List<String> duties,
            String name,
            String shortName,
            LocalDate day) {}

    public long found(Actor actor, Founding founding) {
        long unit = journal.write(actor, acts -> {
            long id = sql.sql("""
                            insert into unit (key, kind, parent, founded, ordinal)
                            values (:key, :kind, :parent, :day,
                                    coalesce((select max(ordinal) + 1 from unit where parent is not distinct from :parent), 0))
                            returning id""")
                    .param("key", founding.key())
                    .param("kind", founding.kind())
                    .param("parent", founding.parent())
                    .param("day", founding.day())
                    .query(Long.class)
                    .single();
            sql.sql("insert into unit_name (unit, name, short_name, valid_from) values (:unit, :name, :short, :day)")
                    .param("unit", id)
                    .param("name", founding.name())
                    .param("short", founding.shortName())
                    .param("day", founding.day())
                    .update();
            for (String duty : founding.duties()) {
                sql.sql("insert into unit_duty (unit, duty) values (:unit, :duty)")
                        .param("unit", id)
                        .param("duty", duty)
                        .update();
            }
            acts.note("unit:" + id, "unit.found", Map.of("name", founding.name(), "day", founding.day()));
            return id;
        });
        forget();
        return unit;
    }

    /**
     * Gives a unit a new name from a day on; before that day it keeps the old one.
     *
     * @throws Refused {@code units.refused.order} where a name already begins on or after that day
     */
    public void rename(Actor actor, long unit, String name, String shortName, LocalDate day) {
        journal.write(actor, acts -> {
            List<Name> names = lockNames(unit);
            Name last = names.getLast();
            if (!last.from().isBefore(day)) {
                throw new Refused(
                        "units.refused.order", last.name(), last.from().toString());
            }
            sql.sql("update unit_name set valid_to = :day where unit = :unit and valid_to is null")
                    .param("day", day)
                    .param("unit", unit)
                    .update();
            sql.sql("insert into unit_name (unit, name, short_name, valid_from) values (:unit, :name, :short, :day)")
                    .param("unit", unit)
                    .param("name", name)
                    .param("short", shortName)
                    .param("day", day)
                    .update();
            acts.note("unit:" + unit, "unit.rename", Map.of("before", last.name(), "after", name, "day", day));
            return true;
        });
        forget();
    }

    /** Ends a unit on a day, merged into another where one is named. */
    public void close(Actor actor, long unit, LocalDate day, @Nullable Long mergedInto) {
        journal.write(actor, acts -> {
            lockNames(unit);
            Unit now = getUnit(unit, day);
            if (now.closed() != null) {
                throw new Refused(
                        "units.refused.closed", now.name(), now.closed().toString());
            }
            if (!now.founded().isBefore(day)) {
                throw new Refused(
                        "units.refused.before-founding",
                        now.name(),
                        now.founded().toString());
            }
            if (mergedInto != null && mergedInto == unit) {
                throw new Refused("units.refused.into-itself", now.name());
            }
            sql.sql("update unit set closed = :day, merged_into = :into where id = :unit")
                    .param("day", day)
                    .param("into", mergedInto)
                    .param("unit", unit)
                    .update();
            acts.note(
                    "unit:" + unit,
                    mergedInto == null ? "unit.close" : "unit.merge",
                    mergedInto == null ? Map.of("day", day) : Map.of("day", day, "into", mergedInto));
            return true;
        });
        forget();
    }

    private List<Name> lockNames(long unit) {
        sql.sql("select id from unit where id = :unit for update")
                .param("unit", unit)
                .query(Long.class)
                .single();
        return listNames(unit);
    }

    private static Unit unit(ResultSet row) throws SQLException {
        return new Unit(
                row.getLong("id"),
                row.getString("key"),
                row.getString("kind"),
                row.getObject("parent", Long.class),
                row.getString("name"),
                row.getString("short_name"),
                row.getObject("founded", LocalDate.class),
                row.getObject("closed", LocalDate.class),
                row.getObject("merged_into", Long.class),
                row.getInt("depth"));
    }
}
