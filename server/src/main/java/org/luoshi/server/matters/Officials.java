package org.luoshi.server.matters;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.database.Kept;
import org.luoshi.server.database.Revisions;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** People as matters name them. */
@Component
class Officials {
    private final JdbcClient sql;
    /** So many names are kept. */
    private static final long MOST = 50_000;

    /** An account belongs to one person for ever. */
    private final Map<Long, Long> persons = new ConcurrentHashMap<>();

    private final Revisions revisions;
    private final Kept<Object, Object> kept =
            new Kept<>(MOST, value -> value instanceof List<?> names ? names.size() + 1 : 1);

    Officials(JdbcClient sql, Revisions revisions) {
        this.sql = sql;
        this.revisions = revisions;
    }

    private record Held(long person, LocalDate day) {}

    @SuppressWarnings("unchecked") // a question has one type of answer
    private <T> T keep(Object question, Supplier<T> read) {
        return (T) kept.get(revisions.now().people(), question, read::get);
    }

    /** A person with the post that is held on a day. */
    record Leader(long id, String name, String title) {}

    long personOf(long account) {
        return persons.computeIfAbsent(
                account,
                id -> sql.sql("select person from account where id = :id")
                        .param("id", id)
                        .query(Long.class)
                        .single());
    }

    Set<Long> existing(Collection<Long> ids) {
        return ids.isEmpty()
                ? Set.of()
                : new HashSet<>(sql.sql("select id from person where id = any(:ids)")
                        .param("ids", ids.toArray(Long[]::new))
                        .query(Long.class)
                        .list());
    }

    Optional<Leader> find(@Nullable Long person, LocalDate day) {
        return person == null ? Optional.empty() : keep(new Held(person, day), () -> read(person, day));
    }

    private Optional<Leader> read(long person, LocalDate day) {
        return sql.sql("""
                        select p.id, p.name, coalesce((select title from post o where o.person = p.id
                          and o.held_from <= :day and (o.held_to is null or o.held_to > :day) order by o.id limit 1), '') as title
                        from person p where p.id = :id""")
                .param("id", person)
                .param("day", day)
                .query((row, n) -> new Leader(row.getLong(1), row.getString(2), row.getString(3)))
                .optional();
    }

    /** Those who lead units on a day, the choices for a leader in charge. */
    List<Leader> listLeaders(LocalDate day) {
        return sql.sql("""
                        select p.id, p.name, min(o.title) as title from person p
                          join leader_of_unit l on l.person = p.id and l.held_from <= :day and (l.held_to is null or l.held_to > :day)
                          left join post o on o.person = p.id and o.held_from <= :day and (o.held_to is null or o.held_to > :day)
                        group by p.id, p.name order by p.id""")
                .param("day", day)
                .query((row, n) -> new Leader(row.getLong(1), row.getString(2), String.valueOf(row.getString(3))))
                .list();
    }

    /** The leader in charge of a unit's field on a day; a successor takes over without a new document. */
    Optional<Long> findLeaderOf(long unit, LocalDate day) {
        return sql.sql("""
                        select person from leader_of_unit
                        where unit = :unit and held_from <= :day and (held_to is null or held_to > :day)
                        order by held_from desc limit 1""")
                .param("unit", unit)
                .param("day", day)
                .query(Long.class)
                .optional();
    }

    /** The people who work for some units, for the list of who answers. */
    List<String> names(Collection<Long> units) {
        return keep(Set.copyOf(units), () -> readNames(units));
    }

    private List<String> readNames(Collection<Long> units) {
        return List.copyOf(sql.sql("""
                        select distinct p.name from account a join person p on p.id = a.person
                          join account_role r on r.account = a.id and r.role in ('handler', 'head')
                        where a.active and a.unit = any(:units) order by p.name""")
                .param("units", units.toArray(Long[]::new))
                .query(String.class)
                .list());
    }
}
