package org.luoshi.server.burden;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds where an answer stands already: in another request that was sent, in the register, in a matter.
 *
 * <p>The same is what has the same plain name, kind, period, measure (or none named in one of the two) and unit. Alike
 * names, overlapping periods, another measure or kind make a question. A target of the register of that name, and the
 * progress of a matter whose title is asked for, stand too.
 */
@Component
class Places {
    private final JdbcClient sql;

    Places(JdbcClient sql) {
        this.sql = sql;
    }

    private record Standing(
            long field,
            String name,
            String plain,
            String kind,
            String measure,
            Period period,
            long request,
            String title,
            long asker,
            long unit,
            boolean answered) {}

    private record Entry(long id, String number, String what, int year, String indicator, List<Long> units) {}

    private record Work(long id, String number, String title, long lead, int year, boolean ended) {}

    /** One place a line, period and thing; the units of it are gathered. */
    private static final class Found {
        private final Map<String, Place> places = new LinkedHashMap<>();

        void add(Place place) {
            String key = place.line() + "|" + place.period().key() + "|" + place.where() + "|" + place.id() + "|"
                    + place.field() + "|" + place.doubt();
            places.merge(key, place, (a, b) -> {
                SequencedSet<Long> units = new LinkedHashSet<>(a.units());
                units.addAll(b.units());
                return new Place(
                        a.line(),
                        a.period(),
                        units,
                        a.where(),
                        a.id(),
                        a.field(),
                        a.name(),
                        a.title(),
                        a.number(),
                        a.unit(),
                        a.exact(),
                        a.answered() && b.answered(),
                        a.doubt());
            });
        }
    }

    /** Where the fields of a request stand, those that are the same before those that are perhaps the same. */
    List<Place> find(Request.Asked asked) {
        Found found = new Found();
        Long[] units = asked.units().toArray(Long[]::new);
        List<Standing> standing = standing(units);
        List<Entry> entries = entries(units);
        List<Work> works = works(units);
        for (int line = 0; line < asked.lines().size(); line++) {
            Request.Line field = asked.lines().get(line);
            for (Period round : asked.periods()) {
                Period about = field.about(round);
                for (Standing other : standing) {
                    add(found, line, field, round, about, other);
                }
                for (Entry entry : entries) {
                    add(found, line, field, round, about, entry, asked);
                }
                for (Work work : works) {
                    add(found, line, field, round, about, work);
                }
            }
        }
        List<Place> places = new ArrayList<>(found.places.values());
        // What is the same for a unit is not asked about again as perhaps the same.
        places.removeIf(p -> !p.exact()
                && places.stream()
                        .anyMatch(q -> q.exact()
                                && q.line() == p.line()
                                && q.period().equals(p.period())
                                && q.units().containsAll(p.units())));
        places.sort(java.util.Comparator.comparing((Place p) -> !p.exact()).thenComparingInt(Place::line));
        return places;
    }

    private static void add(Found found, int line, Request.Line field, Period round, Period about, Standing other) {
        boolean named = field.plain().equals(other.plain());
        if (!about.overlaps(other.period()) || !named && !FieldNames.areAlike(field.plain(), other.plain())) {
            return;
        }
        String measure = FieldNames.plain(field.measure());
        String theirs = FieldNames.plain(other.measure());
        Place.Doubt doubt = !named
                ? Place.Doubt.NAME
                : !field.kind().key().equals(other.kind())
                        ? Place.Doubt.KIND
                        : !about.equals(other.period())
                                ? Place.Doubt.PERIOD
                                : !measure.isEmpty() && !theirs.isEmpty() && !measure.equals(theirs)
                                        ? Place.Doubt.MEASURE
                                        : Place.Doubt.NONE;
        // Another name for another period or kind is another thing: nobody is asked about it.
        if (!named && (!about.equals(other.period()) || !field.kind().key().equals(other.kind()))) {
            return;
        }
        found.add(new Place(
                line,
                round,
                new LinkedHashSet<>(List.of(other.unit())),
                Place.Where.REQUEST,
                other.request(),
                other.field(),
                other.name(),
                other.title(),
                "",
                other.asker(),
                doubt == Place.Doubt.NONE,
                other.answered(),
                doubt));
    }

    private static void add(
            Found found, int line, Request.Line field, Period round, Period about, Entry entry, Request.Asked asked) {
        if (field.kind() != Request.Kind.NUMBER
                || about.months() != 12
                || about.first().getYear() != entry.year()) {
            return;
        }
        String wanted = FieldNames.targetOf(field.plain());
        String indicator = FieldNames.plain(entry.indicator());
        // The name of an indicator alone may mean what was done; with 目标 it can only mean the target.
        boolean same = !wanted.equals(field.plain()) && wanted.equals(indicator);
        boolean alike = field.plain().equals(indicator)
                || !wanted.equals(field.plain()) && FieldNames.areAlike(wanted, indicator);
        if (!same && !alike) {
            return;
        }
        SequencedSet<Long> units = new LinkedHashSet<>(entry.units());
        units.retainAll(asked.units());
        if (!units.isEmpty()) {
            found.add(new Place(
                    line,
                    round,
                    units,
                    Place.Where.REGISTER,
                    entry.id(),
                    null,
                    entry.indicator(),
                    entry.what(),
                    entry.number(),
                    units.getFirst(),
                    same,
                    true,
                    same ? Place.Doubt.NONE : Place.Doubt.NAME));
        }
    }

    private static void add(Found found, int line, Request.Line field, Period round, Period about, Work work) {
        String of = FieldNames.progressOf(field.plain());
        if (of.isEmpty()
                || about.first().getYear() < work.year()
                || work.ended() && about.first().getYear() > work.year()) {
            return;
        }
        String title = FieldNames.plain(work.title());
        boolean same = of.equals(title);
        if (!same && !FieldNames.areAlike(of.replaceAll("\\p{N}+", ""), title.replaceAll("\\p{N}+", ""))) {
            return;
        }
        found.add(new Place(
                line,
                round,
                new LinkedHashSet<>(List.of(work.lead())),
                Place.Where.MATTER,
                work.id(),
                null,
                same ? work.title() : "",
                same ? work.title() : "",
                work.number(),
                work.lead(),
                same,
                true,
                same ? Place.Doubt.NONE : Place.Doubt.NAME));
    }

    private List<Standing> standing(Long[] units) {
        return sql.sql("""
                        select field, name, plain, kind, measure, period, request, title, asker, unit, state
                        from standing_fields(cast(:units as bigint[])) order by request, field, unit""")
                .param("units", units)
                .query((row, n) -> new Standing(
                        row.getLong("field"),
                        row.getString("name"),
                        row.getString("plain"),
                        row.getString("kind"),
                        row.getString("measure"),
                        Period.of(row.getString("period")),
                        row.getLong("request"),
                        row.getString("title"),
                        row.getLong("asker"),
                        row.getLong("unit"),
                        row.getString("state").equals("sent")))
                .list();
    }

    private List<Entry> entries(Long[] units) {
        return sql.sql("""
                        select c.id, coalesce(c.number, '') as number, c.what, t.indicator,
                               extract(year from c.due)::integer as year,
                               array(select u from unnest(
                                 array[c.lead]
                                 || array(select j.unit from commitment_joint j where j.commitment = c.id)
                                 || array(select s.unit from target_share s where s.target = t.id)) u where u is not null)
                                 as units
                        from commitment c join commitment_target t on t.commitment = c.id
                        where c.state = 'registered' and c.due is not null and not t.masked
                          and (c.lead = any(:units)
                            or exists (select 1 from commitment_joint j where j.commitment = c.id and j.unit = any(:units))
                            or exists (select 1 from target_share s where s.target = t.id and s.unit = any(:units)))
                        order by c.id, t.ordinal""")
                .param("units", units)
                .query((row, n) -> new Entry(
                        row.getLong("id"),
                        row.getString("number"),
                        row.getString("what"),
                        row.getInt("year"),
                        row.getString("indicator"),
                        List.of((Long[]) row.getArray("units").getArray())))
                .list();
    }

    private List<Work> works(Long[] units) {
        return sql.sql(
                        "select matter, number, title, lead, year, ended from standing_matters(cast(:units as bigint[])) order by matter")
                .param("units", units)
                .query((row, n) -> new Work(
                        row.getLong("matter"),
                        row.getString("number"),
                        row.getString("title"),
                        row.getLong("lead"),
                        row.getInt("year"),
                        row.getBoolean("ended")))
                .list();
    }

    /** The answer of a unit to a field of a request about a period, where it stands; null where none does. */
    @Nullable
    Long answer(long field, long unit, Period period) {
        return sql.sql("""
                        select answer from standing_fields(array[cast(:unit as bigint)])
                        where field = :field and period = :period""")
                .param("unit", unit)
                .param("field", field)
                .param("period", period.key())
                .query(Long.class)
                .optional()
                .orElse(null);
    }
}
