package org.luoshi.server.burden;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.database.Asking;
import org.luoshi.server.database.Kept;
import org.luoshi.server.database.Revisions;
import org.luoshi.server.matters.Types;
import org.luoshi.server.matters.types.Condition;
import org.luoshi.server.matters.types.LightRule;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.Move;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What units were asked for in a time: requests for data by the day on which they were asked, progress that the type of a
 * matter wants every so many days, and notices that want an answer. Nobody types any of this.
 */
@Component
class Burdens {
    private final JdbcClient sql;
    private final Types types;
    private final BurdenRules rules;
    private final Revisions revisions;
    private final Asking.Finder who;
    private final Clock clock;
    /** Sums that are kept: about as many as a hundred people see of a large county. */
    private final Kept<Question, List<Sum>> kept = new Kept<>(250_000, sums -> sums.size() + 1);

    Burdens(JdbcClient sql, Types types, BurdenRules rules, Revisions revisions, Asking.Finder who, Clock clock) {
        this.sql = sql;
        this.revisions = revisions;
        this.who = who;
        this.types = types;
        this.rules = rules;
        this.clock = clock;
    }

    /** What a unit was asked for by another, in sum. @param kind request, progress or notice */
    record Sum(long unit, @Nullable Long asker, String kind, long requests, long fields, long minutes) {}

    /** One thing that was asked. @param each minutes of a field, where all are alike; 0: they are not */
    public record Asked(
            String kind,
            long unit,
            @Nullable Long asker,
            String title,
            String about,
            String address,
            LocalDate day,
            int fields,
            int minutes,
            int each) {}

    /** How often a type of matter wants progress, and how many inputs a report has. */
    private record Rhythm(String type, int days, int inputs) {}

    /** What sums depend on beside what was asked, the day and who asks among it: row level security shows rows by that. */
    private record Question(
            Set<Long> units,
            LocalDate from,
            LocalDate to,
            LocalDate today,
            Rules rules,
            List<Rhythm> rhythms,
            @Nullable Asking who) {}

    private static final String ASKED = """
            with asked as (
              select 'request' as kind, a.unit, r.asker, r.title, d.period as about, '/requests/' || r.id as address,
                     d.asked_on as day, f.fields, f.minutes, case when f.least = f.most then f.most else 0 end as each
              from data_answer a join data_round d on d.id = a.round join data_request r on r.id = a.request
                cross join lateral (
                  select count(*) as fields, coalesce(sum(f.minutes), 0) as minutes, min(f.minutes) as least, max(f.minutes) as most
                  from data_request_field f where f.request = r.id and not exists (
                    select 1 from data_known k where k.round = d.id and k.field = f.id and k.unit = a.unit)) f
              where a.unit = any(cast(:units as bigint[])) and r.state = 'sent' and d.asked_on between :from and :to
              union all
              select 'notice', m.lead, coalesce(c.unit, m.giver), m.title, coalesce(n.number, ''), '/matters/' || m.id,
                     (n.at at time zone 'Asia/Shanghai')::date, 1, :notice, :notice
              from matter_notice n join matter m on m.id = n.matter left join account c on c.id = n.account
              where n.level <> 'reminder' and m.lead = any(cast(:units as bigint[]))
                and n.at >= (cast(:from as date)::timestamp at time zone 'Asia/Shanghai')
                and n.at < ((cast(:to as date) + 1)::timestamp at time zone 'Asia/Shanghai')
              union all
              select 'progress', m.lead, m.giver, m.title, '', '/matters/' || m.id, g.day::date, t.inputs, t.inputs * :progress, :progress
              from (select w.*, (w.given_at at time zone 'Asia/Shanghai')::date as given from matter w
                    where w.given_at is not null and w.lead = any(cast(:units as bigint[]))) m
                join unnest(cast(:types as text[]), cast(:days as integer[]), cast(:inputs as integer[])) as t(type, days, inputs) on t.type = m.type
                cross join lateral generate_series(
                  m.given + t.days * greatest(1, (cast(:from as date) - m.given + t.days - 1) / t.days),
                  least(cast(:to as date), cast(:today as date), coalesce((m.struck_at at time zone 'Asia/Shanghai')::date, cast(:to as date))),
                  make_interval(days => t.days)) as g(day))
            """;

    private JdbcClient.StatementSpec statement(
            String query, Collection<Long> units, LocalDate from, LocalDate to, Rules rules, List<Rhythm> rhythms) {
        return sql.sql(ASKED + query)
                .param("from", from)
                .param("to", to)
                .param("today", LocalDate.now(clock))
                .param("notice", rules.minutesOf("notice"))
                .param("progress", rules.minutesOf("progress"))
                .param("types", rhythms.stream().map(Rhythm::type).toArray(String[]::new))
                .param("days", rhythms.stream().map(Rhythm::days).toArray(Integer[]::new))
                .param("inputs", rhythms.stream().map(Rhythm::inputs).toArray(Integer[]::new))
                .param("units", units.toArray(Long[]::new));
    }

    /** By unit, asker and kind; kept in memory until something of it changes. */
    List<Sum> sums(Collection<Long> units, LocalDate from, LocalDate to) {
        Asking asking = who.find();
        Question question =
                new Question(Set.copyOf(units), from, to, LocalDate.now(clock), rules.rules(), rhythms(), asking);
        Revisions.Seen seen = revisions.now();
        return kept.get(revisions.mattersOf(asking) + seen.people() + seen.requests(), question, () -> read(question));
    }

    private List<Sum> read(Question asked) {
        return statement(
                        "select unit, asker, kind, count(*), sum(fields), sum(minutes) from asked group by unit, asker, kind",
                        asked.units(),
                        asked.from(),
                        asked.to(),
                        asked.rules(),
                        asked.rhythms())
                .query((row, n) -> new Sum(
                        row.getLong(1),
                        row.getObject(2, Long.class),
                        row.getString(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6)))
                .list();
    }

    /** What one unit was asked for, newest first. @param asker null: by anybody. @param kind empty: any */
    List<Asked> list(
            Collection<Long> units, @Nullable Long asker, String kind, LocalDate from, LocalDate to, int most) {
        return statement("""
                        select kind, unit, asker, title, about, address, day, fields, minutes, each from asked
                        where (cast(:asker as bigint) is null or asker = :asker)
                          and (:kind = '' or kind = :kind)
                        order by day desc, minutes desc, address limit :most""", units, from, to, rules.rules(), rhythms())
                .param("asker", asker)
                .param("kind", kind)
                .param("most", most)
                .query((row, n) -> new Asked(
                        row.getString("kind"),
                        row.getLong("unit"),
                        row.getObject("asker", Long.class),
                        row.getString("title"),
                        row.getString("about"),
                        row.getString("address"),
                        row.getObject("day", LocalDate.class),
                        row.getInt("fields"),
                        row.getInt("minutes"),
                        row.getInt("each")))
                .list();
    }

    /** Types that turn a light when nobody reports for so many days want a report that often. */
    private List<Rhythm> rhythms() {
        List<Rhythm> rhythms = new ArrayList<>();
        for (MatterType type : types.list()) {
            int days = type.lights().stream()
                    .map(LightRule::when)
                    .mapToInt(Burdens::silent)
                    .filter(d -> d > 0)
                    .min()
                    .orElse(0);
            Move report = type.findMove("report").orElse(null);
            if (days > 0 && report != null) {
                rhythms.add(new Rhythm(type.key(), days, (int) report.asks().keySet().stream()
                        // A percentage or a figure, not both.
                        .filter(ask -> !ask.equals("files") && !ask.equals("value"))
                        .count()));
            }
        }
        return rhythms;
    }

    private static int silent(Condition condition) {
        return switch (condition) {
            case Condition.Silent s -> s.days();
            case Condition.All all ->
                all.parts().stream().mapToInt(Burdens::silent).max().orElse(0);
            case Condition.Any any ->
                any.parts().stream().mapToInt(Burdens::silent).max().orElse(0);
            case Condition.ClockLeft c -> 0;
            case Condition.ClockOver c -> 0;
            case Condition.Behind c -> 0;
            case Condition.InState c -> 0;
            case Condition.MilestoneMissed c -> 0;
            case Condition.After c -> 0;
            case Condition.Recurred c -> 0;
        };
    }
}
