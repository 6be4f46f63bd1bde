package org.luoshi.server.burden;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    private static final Pattern NUMBERS = Pattern.compile("\\p{N}+");

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
            List<Long> units,
            boolean answered) {}

    /** @param plain the plain name of the indicator */
    private record Entry(
            long id, String number, String what, int year, String indicator, String plain, List<Long> units) {}

    /** @param plain the plain title; {@code core} is it without numbers */
    private record Work(
            long id, String number, String title, String plain, String core, long lead, int year, boolean ended) {}

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
        List<Period> periods = asked.periods();
        Set<Period> abouts = asked.lines().stream()
                .flatMap(line -> periods.stream().map(line::about))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<Standing> standing = standing(units, abouts);
        List<Entry> entries = asked.lines().stream().anyMatch(l -> l.kind() == Request.Kind.NUMBER)
                ? entries(units, abouts)
                : List.of();
        List<Work> works = asked.lines().stream()
                        .anyMatch(l -> !FieldNames.progressOf(l.plain()).isEmpty())
                ? works(units, abouts)
                : List.of();
        for (int line = 0; line < asked.lines().size(); line++) {
            Request.Line field = asked.lines().get(line);
            String plain = field.plain();
            String target = FieldNames.targetOf(plain);
            for (Period round : periods) {
                Period about = field.about(round);
                for (Standing other : standing) {
                    add(found, line, field, plain, round, about, other);
                }
                for (Entry entry : entries) {
                    add(found, line, field, plain, target, round, about, entry, asked);
                }
            }
            String progress = FieldNames.progressOf(plain);
            if (!progress.isEmpty()) {
                addWorks(found, line, field, progress, periods, works);
            }
        }
        List<Place> places = new ArrayList<>(found.places.values());
        // What is the same for a unit is not asked about again as perhaps the same.
        Map<String, List<Place>> exact = places.stream()
                .filter(Place::exact)
                .collect(Collectors.groupingBy(p -> p.line() + "|" + p.period().key()));
        places.removeIf(p -> !p.exact()
                && exact.getOrDefault(p.line() + "|" + p.period().key(), List.of()).stream()
                        .anyMatch(q -> q.units().containsAll(p.units())));
        places.sort(java.util.Comparator.comparing((Place p) -> !p.exact()).thenComparingInt(Place::line));
        return places;
    }

    private static void add(
            Found found, int line, Request.Line field, String plain, Period round, Period about, Standing other) {
        boolean named = plain.equals(other.plain());
        if (!about.overlaps(other.period())) {
            return;
        }
        // Another name for another period or kind is another thing: nobody is asked about it.
        if (!named
                && (!about.equals(other.period())
                        || !field.kind().key().equals(other.kind())
                        || !FieldNames.areAlike(plain, other.plain()))) {
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
        found.add(new Place(
                line,
                round,
                new LinkedHashSet<>(other.units()),
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
            Found found,
            int line,
            Request.Line field,
            String plain,
            String wanted,
            Period round,
            Period about,
            Entry entry,
            Request.Asked asked) {
        if (field.kind() != Request.Kind.NUMBER
                || about.months() != 12
                || about.first().getYear() != entry.year()) {
            return;
        }
        String indicator = entry.plain();
        // The name of an indicator alone may mean what was done; with 目标 it can only mean the target.
        boolean same = !wanted.equals(plain) && wanted.equals(indicator);
        boolean alike = plain.equals(indicator) || !wanted.equals(plain) && FieldNames.areAlike(wanted, indicator);
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

    /** Titles are compared once, whatever the number of rounds. */
    private static void addWorks(
            Found found, int line, Request.Line field, String of, List<Period> periods, List<Work> works) {
        String core = withoutNumbers(of);
        for (Work work : works) {
            boolean same = of.equals(work.plain());
            if (!same && !FieldNames.areAlike(core, work.core())) {
                continue;
            }
            for (Period round : periods) {
                int year = field.about(round).first().getYear();
                if (year == work.year() || year > work.year() && !work.ended()) {
                    add(found, line, round, work, same);
                }
            }
        }
    }

    private static String withoutNumbers(String plain) {
        return NUMBERS.matcher(plain).replaceAll("");
    }

    private static void add(Found found, int line, Period round, Work work, boolean same) {
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

    /** What was asked of units about periods that overlap some. */
    private List<Standing> standing(Long[] units, Set<Period> abouts) {
        return sql.sql("""
                        select field, name, plain, kind, measure, period, request, title, asker, units, answered
                        from standing_fields(cast(:units as bigint[]), cast(:periods as text[])) order by request, field, period""")
                .param("units", units)
                .param(
                        "periods",
                        abouts.stream()
                                .flatMap(p -> p.overlapping().stream())
                                .map(Period::key)
                                .distinct()
                                .toArray(String[]::new))
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
                        List.of((Long[]) row.getArray("units").getArray()),
                        row.getBoolean("answered")))
                .list();
    }

    /** Targets of units for the years that are asked about. */
    private List<Entry> entries(Long[] units, Set<Period> abouts) {
        Integer[] years = abouts.stream()
                .filter(p -> p.months() == 12)
                .map(p -> p.first().getYear())
                .toArray(Integer[]::new);
        if (years.length == 0) {
            return List.of();
        }
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
                          and extract(year from c.due)::integer = any(:years)
                          and (c.lead = any(:units)
                            or exists (select 1 from commitment_joint j where j.commitment = c.id and j.unit = any(:units))
                            or exists (select 1 from target_share s where s.target = t.id and s.unit = any(:units)))
                        order by c.id, t.ordinal""")
                .param("units", units)
                .param("years", years)
                .query((row, n) -> new Entry(
                        row.getLong("id"),
                        row.getString("number"),
                        row.getString("what"),
                        row.getInt("year"),
                        row.getString("indicator"),
                        FieldNames.plain(row.getString("indicator")),
                        List.of((Long[]) row.getArray("units").getArray())))
                .list();
    }

    /** Matters of units that were reported on in the years that are asked about. */
    private List<Work> works(Long[] units, Set<Period> abouts) {
        IntSummaryStatistics years =
                abouts.stream().mapToInt(p -> p.first().getYear()).summaryStatistics();
        return sql.sql("""
                        select matter, number, title, lead, year, ended
                        from standing_matters(cast(:units as bigint[]), :first, :last) order by matter""")
                .param("units", units)
                .param("first", years.getMin())
                .param("last", years.getMax())
                .query((row, n) -> {
                    String plain = FieldNames.plain(row.getString("title"));
                    return new Work(
                            row.getLong("matter"),
                            row.getString("number"),
                            row.getString("title"),
                            plain,
                            withoutNumbers(plain),
                            row.getLong("lead"),
                            row.getInt("year"),
                            row.getBoolean("ended"));
                })
                .list();
    }

    /** The answers of units to a field of a request about a period, by unit, where they stand. */
    Map<Long, Long> answers(long field, Collection<Long> units, Period period) {
        Map<Long, Long> answers = new LinkedHashMap<>();
        sql.sql("select answer, unit from standing_answers(:field, :period, cast(:units as bigint[]))")
                .param("units", units.toArray(Long[]::new))
                .param("field", field)
                .param("period", period.key())
                .query(row -> {
                    answers.put(row.getLong("unit"), row.getLong("answer"));
                });
        return answers;
    }
}
