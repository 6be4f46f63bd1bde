package org.luoshi.server.burden;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads requests and answers; row level security keeps away what the person has no part in. */
@Component
public class RequestStore {
    private final JdbcClient sql;

    RequestStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** A request in a list. @param answered of {@code asked} answers that are due by now */
    record Line(
            long id,
            String title,
            long asker,
            String repeats,
            String state,
            @Nullable LocalDate due,
            int fields,
            int minutes,
            int asked,
            int answered) {}

    /** An answer that waits for a unit. */
    record Open(
            long answer,
            long request,
            String title,
            long asker,
            long unit,
            String period,
            LocalDate due,
            String state,
            String reason,
            int fields,
            int minutes) {}

    private static final String REQUEST = """
            select r.id, r.asker, r.title, r.basis, r.repeats, r.signed, r.shared, r.state, r.reason, r.version, r.created_at,
                   coalesce(p.name, '') as created_by
            from data_request r left join account a on a.id = r.created_by left join person p on p.id = a.person
            """;

    Optional<Request> find(long id) {
        return sql.sql(REQUEST + " where r.id = :id")
                .param("id", id)
                .query((row, n) -> new Request(
                        row.getLong("id"),
                        row.getLong("asker"),
                        row.getString("title"),
                        row.getString("basis"),
                        Request.Repeats.valueOf(row.getString("repeats").toUpperCase(java.util.Locale.ROOT)),
                        row.getBoolean("signed"),
                        row.getBoolean("shared"),
                        row.getString("state"),
                        row.getString("reason"),
                        row.getInt("version"),
                        row.getTimestamp("created_at").toInstant(),
                        row.getString("created_by")))
                .optional();
    }

    List<Request.Field> fields(long request) {
        return sql.sql("""
                        select id, name, plain, kind, measure, period, minutes from data_request_field
                        where request = :request order by ordinal""")
                .param("request", request)
                .query((row, n) -> new Request.Field(
                        row.getLong("id"),
                        row.getString("name"),
                        row.getString("plain"),
                        Request.Kind.of(row.getString("kind")),
                        row.getString("measure"),
                        row.getString("period"),
                        row.getInt("minutes")))
                .list();
    }

    List<Request.Round> rounds(long request) {
        return sql.sql("select id, period, asked_on, due from data_round where request = :request order by due, id")
                .param("request", request)
                .query((row, n) -> new Request.Round(
                        row.getLong("id"),
                        row.getString("period"),
                        row.getObject("asked_on", LocalDate.class),
                        row.getObject("due", LocalDate.class)))
                .list();
    }

    private static final String ANSWER = """
            select a.id, a.request, a.round, a.unit, a.asker, a.state, a.reason, a.version, a.sent_at,
                   coalesce(p.name, '') as changed_by, coalesce(q.name, '') as signed_by
            from data_answer a left join account c on c.id = a.changed_by left join person p on p.id = c.person
              left join account s on s.id = a.signed_by left join person q on q.id = s.person
            """;

    Optional<Request.Answer> findAnswer(long id) {
        return sql.sql(ANSWER + " where a.id = :id")
                .param("id", id)
                .query(RequestStore::answer)
                .optional();
    }

    Optional<Request.Answer> lock(long id) {
        Optional<Long> found = sql.sql("select id from data_answer where id = :id for update")
                .param("id", id)
                .query(Long.class)
                .optional();
        return found.flatMap(this::findAnswer);
    }

    List<Request.Answer> answers(long round) {
        return sql.sql(ANSWER + " where a.round = :round")
                .param("round", round)
                .query(RequestStore::answer)
                .list();
    }

    private static Request.Answer answer(ResultSet row, int n) throws SQLException {
        Timestamp sent = row.getTimestamp("sent_at");
        return new Request.Answer(
                row.getLong("id"),
                row.getLong("request"),
                row.getLong("round"),
                row.getLong("unit"),
                row.getLong("asker"),
                row.getString("state"),
                row.getString("reason"),
                row.getInt("version"),
                sent == null ? null : sent.toInstant(),
                row.getString("changed_by"),
                row.getString("signed_by"));
    }

    List<Request.Value> values(long answer) {
        return sql.sql("""
                        select v.field, v.value, v.absent, v.file, f.name as file_name
                        from data_value v left join data_file f on f.id = v.file where v.answer = :answer""")
                .param("answer", answer)
                .query((row, n) -> value(row))
                .list();
    }

    /** What was sent in a round, by answer and field. */
    Map<Long, Map<Long, Request.Value>> sentValues(long round) {
        Map<Long, Map<Long, Request.Value>> values = new HashMap<>();
        sql.sql("""
                        select v.answer, v.field, v.value, v.absent, v.file, f.name as file_name
                        from data_answer a join data_value v on v.answer = a.id left join data_file f on f.id = v.file
                        where a.round = :round and a.state = 'sent'""").param("round", round).query(row -> {
            values.computeIfAbsent(row.getLong("answer"), a -> new HashMap<>()).put(row.getLong("field"), value(row));
        });
        return values;
    }

    private static Request.Value value(ResultSet row) throws SQLException {
        return new Request.Value(
                row.getLong("field"),
                row.getString("value"),
                row.getString("absent"),
                row.getObject("file", Long.class),
                row.getString("file_name"));
    }

    List<Request.Known> known(long round) {
        return sql.sql("""
                        select k.round, k.field, k.unit, k.refusal, k.place_answer, x.place_field,
                               coalesce(x.place_title, '') as place_title, x.place_unit
                        from data_known k left join data_refusal x on x.id = k.refusal where k.round = :round""")
                .param("round", round)
                .query((row, n) -> new Request.Known(
                        row.getLong("round"),
                        row.getLong("field"),
                        row.getLong("unit"),
                        row.getLong("refusal"),
                        row.getObject("place_answer", Long.class),
                        row.getObject("place_field", Long.class),
                        row.getString("place_title"),
                        row.getObject("place_unit", Long.class)))
                .list();
    }

    /** The field of an answer. */
    record Spot(long answer, long field) {}

    /** Values of other requests, where the person may see them: his own, or shared with whoever was refused by them. */
    Map<Spot, Request.Value> shared(Collection<Spot> spots) {
        Map<Spot, Request.Value> values = new HashMap<>();
        if (spots.isEmpty()) {
            return values;
        }
        sql.sql("""
                        select w.answer, w.field, x.value, x.absent, x.file, x.file_name
                        from unnest(cast(:answers as bigint[]), cast(:fields as bigint[])) as w(answer, field)
                          cross join lateral (
                            select v.value, v.absent, v.file, f.name as file_name
                            from data_value v join data_answer a on a.id = v.answer left join data_file f on f.id = v.file
                            where v.answer = w.answer and v.field = w.field and a.state = 'sent'
                            union all
                            select s.value, s.absent, null, null from shared_value(w.answer, w.field) s
                            limit 1) x""")
                .param("answers", spots.stream().map(Spot::answer).toArray(Long[]::new))
                .param("fields", spots.stream().map(Spot::field).toArray(Long[]::new))
                .query(row -> {
                    values.put(new Spot(row.getLong("answer"), row.getLong("field")), value(row));
                });
        return values;
    }

    private static final String LINE = """
            select r.id, r.title, r.asker, r.repeats, r.state,
                   (select max(d.due) from data_round d where d.request = r.id) as due,
                   (select count(*) from data_request_field f where f.request = r.id) as fields,
                   (select coalesce(sum(f.minutes), 0) from data_request_field f where f.request = r.id) as minutes,
                   (select count(*) from data_answer a join data_round d on d.id = a.round where a.request = r.id and d.asked_on <= :today) as asked,
                   (select count(*) from data_answer a where a.request = r.id and a.state = 'sent') as answered
            from data_request r
            """;

    /** Requests that some units sent, or all that the person may see; newest first. */
    List<Line> sent(@Nullable Collection<Long> askers, LocalDate today, int most) {
        return sql.sql(LINE + " where cast(:askers as bigint[]) is null or r.asker = any(cast(:askers as bigint[]))"
                        + " order by r.id desc limit :most")
                .param("askers", askers == null ? null : askers.toArray(Long[]::new))
                .param("today", today)
                .param("most", most)
                .query((row, n) -> new Line(
                        row.getLong("id"),
                        row.getString("title"),
                        row.getLong("asker"),
                        row.getString("repeats"),
                        row.getString("state"),
                        row.getObject("due", LocalDate.class),
                        row.getInt("fields"),
                        row.getInt("minutes"),
                        row.getInt("asked"),
                        row.getInt("answered")))
                .list();
    }

    private static final String OPEN = """
            select a.id, a.request, r.title, r.asker, a.unit, d.period, d.due, a.state, a.reason,
                   count(f.id) as fields, coalesce(sum(f.minutes), 0) as minutes
            from data_answer a join data_request r on r.id = a.request join data_round d on d.id = a.round
              join data_request_field f on f.request = r.id and not exists (
                select 1 from data_known k where k.round = a.round and k.field = f.id and k.unit = a.unit)
            where r.state = 'sent' and a.unit = any(:units) and d.asked_on <= :today and a.state = any(:states)
            group by a.id, r.id, d.id order by d.due, a.id limit :most
            """;

    /** Answers of some units in some states, the most urgent first. */
    List<Open> waiting(Collection<Long> units, Collection<String> states, LocalDate today, int most) {
        return sql.sql(OPEN)
                .param("units", units.toArray(Long[]::new))
                .param("states", states.toArray(String[]::new))
                .param("today", today)
                .param("most", most)
                .query((row, n) -> new Open(
                        row.getLong("id"),
                        row.getLong("request"),
                        row.getString("title"),
                        row.getLong("asker"),
                        row.getLong("unit"),
                        row.getString("period"),
                        row.getObject("due", LocalDate.class),
                        row.getString("state"),
                        row.getString("reason"),
                        row.getInt("fields"),
                        row.getInt("minutes")))
                .list();
    }

    /** What a unit said elsewhere about a field of this name, kind and period, or before. */
    record Said(long answer, long field, long request, String title, String value, String period) {}

    /** @param period null: the newest about any period */
    Optional<Said> said(long unit, Request.Field field, @Nullable String period, long but) {
        return sql.sql("""
                        select a.id, f.id as field, r.id as request, r.title, v.value, coalesce(f.period, d.period) as about
                        from data_answer a join data_round d on d.id = a.round join data_request r on r.id = a.request
                          join data_request_field f on f.request = r.id join data_value v on v.answer = a.id and v.field = f.id
                        where a.unit = :unit and a.state = 'sent' and r.state = 'sent' and f.plain = :plain and f.kind = :kind
                          and f.measure = :measure and a.id <> :but and v.value <> ''
                          and (cast(:period as text) is null or coalesce(f.period, d.period) = :period)
                        order by coalesce(f.period, d.period) desc, a.sent_at desc limit 1""")
                .param("unit", unit)
                .param("plain", field.plain())
                .param("kind", field.kind().key())
                .param("measure", field.measure())
                .param("but", but)
                .param("period", period)
                .query((row, n) -> new Said(
                        row.getLong("id"),
                        row.getLong("field"),
                        row.getLong("request"),
                        row.getString("title"),
                        row.getString("value"),
                        row.getString("about")))
                .optional();
    }

    /** A field that was refused, or left out, because it stands. */
    public record Refusal(
            long id,
            Instant at,
            long asker,
            String title,
            String name,
            String period,
            List<Long> units,
            String place,
            long placeId,
            @Nullable Long placeField,
            @Nullable Long placeUnit,
            String placeTitle,
            String outcome,
            String reason,
            @Nullable Long request) {}

    Optional<Refusal> findRefusal(long id) {
        return refusals("where id = :id", id, LocalDate.EPOCH, LocalDate.EPOCH).stream()
                .findFirst();
    }

    /** The days of a county begin when they do in China, wherever the server stands. */
    private static final String WITHIN = """
            at >= (cast(:from as date)::timestamp at time zone 'Asia/Shanghai')
            and at < ((cast(:to as date) + 1)::timestamp at time zone 'Asia/Shanghai')""";

    /** How many fields were refused or left out in a time, and how many were asked all the same. */
    record Refusals(long refused, long overruled) {}

    Refusals countRefusals(LocalDate from, LocalDate to) {
        return sql.sql("""
                        select count(*) filter (where outcome <> 'overruled'), count(*) filter (where outcome = 'overruled')
                        from data_refusal where""" + " " + WITHIN)
                .param("from", from)
                .param("to", to)
                .query((row, n) -> new Refusals(row.getLong(1), row.getLong(2)))
                .single();
    }

    /** What was refused in a time, newest first; the newest 500. */
    List<Refusal> refusals(LocalDate from, LocalDate to) {
        return refusals("where " + WITHIN + " and :id = 0 order by id desc limit 500", 0, from, to);
    }

    private List<Refusal> refusals(String where, long id, LocalDate from, LocalDate to) {
        return sql.sql("""
                        select id, at, asker, title, name, period, units, place, place_id, place_field, place_unit, place_title,
                               outcome, reason, request, cast(:from as date), cast(:to as date)
                        from data_refusal """ + " " + where)
                .param("id", id)
                .param("from", from)
                .param("to", to)
                .query((row, n) -> new Refusal(
                        row.getLong("id"),
                        row.getTimestamp("at").toInstant(),
                        row.getLong("asker"),
                        row.getString("title"),
                        row.getString("name"),
                        row.getString("period"),
                        List.of((Long[]) row.getArray("units").getArray()),
                        row.getString("place"),
                        row.getLong("place_id"),
                        row.getObject("place_field", Long.class),
                        row.getObject("place_unit", Long.class),
                        row.getString("place_title"),
                        row.getString("outcome"),
                        row.getString("reason"),
                        row.getObject("request", Long.class)))
                .list();
    }
}
