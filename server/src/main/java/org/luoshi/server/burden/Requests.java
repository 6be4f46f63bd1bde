package org.luoshi.server.burden;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.matters.Messages;
import org.luoshi.server.units.Units;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sends requests for data, as far as they ask for what nobody has said yet. */
@Component
class Requests {
    /** Two who ask at once: the second waits, and finds what the first has asked. */
    private static final long TURN = 650_001;

    private final JdbcClient sql;
    private final Journal journal;
    private final Places places;
    private final Units units;
    private final Messages messages;
    private final Clock clock;

    Requests(JdbcClient sql, Journal journal, Places places, Units units, Messages messages, Clock clock) {
        this.messages = messages;
        this.sql = sql;
        this.journal = journal;
        this.places = places;
        this.units = units;
        this.clock = clock;
    }

    /** What is to be done about fields that stand already. */
    sealed interface Decision {
        /** Nothing yet: whoever asks is told first. */
        record Ask() implements Decision {}

        /** Send the rest only. */
        record Rest() implements Decision {}

        /** Ask all the same; for the supervision office alone. */
        record Overrule(String reason) implements Decision {}
    }

    static boolean mayAsk(User user) {
        return user.is(Role.SUPERVISION) || user.is(Role.HEAD) || user.is(Role.HANDLER);
    }

    boolean isOf(User user, long unit) {
        return mayAsk(user) && units.tree().worksFor(user.unit()).contains(unit);
    }

    /**
     * Sends a request.
     *
     * @param different lines whose alike fields the person says mean something else
     * @param key made once by the sender; a repeated one answers with the request that the first one made
     * @throws Stands where a field stands already and nothing was decided about it
     */
    long send(User user, Request.Asked asked, Decision decision, Set<Integer> different, String key) {
        if (!mayAsk(user)) {
            throw new Refused("burden.refused.may-not-ask");
        }
        String bound = Journal.bound(
                key,
                "request.send",
                asked.title(),
                asked.basis(),
                new TreeSet<>(asked.units()),
                asked.lines(),
                asked.repeats(),
                asked.period(),
                asked.until(),
                asked.due(),
                asked.signed(),
                asked.shared(),
                decision,
                new TreeSet<>(different));
        return journal.writeOnce(user.actor(), bound, acts -> {
                    sql.sql("select pg_advisory_xact_lock(:turn)")
                            .param("turn", TURN)
                            .query(row -> {});
                    List<Place> found = places.find(asked).stream()
                            .filter(p -> p.exact() || !different.contains(p.line()))
                            .toList();
                    List<Place> exact = found.stream().filter(Place::exact).toList();
                    if (found.size() > exact.size() || !exact.isEmpty() && decision instanceof Decision.Ask) {
                        throw new Stands(found);
                    }
                    return sendIn(acts, user, asked, decision, exact, key);
                })
                .orElseGet(() -> sent(user, bound));
    }

    private long sendIn(
            Journal.Acts acts, User user, Request.Asked asked, Decision decision, List<Place> exact, String key) {
        String reason = "";
        boolean overruled = false;
        if (!exact.isEmpty() && decision instanceof Decision.Overrule overrule) {
            if (!user.is(Role.SUPERVISION)) {
                throw new Refused("burden.refused.overrule");
            }
            if (overrule.reason().isBlank()) {
                throw new Refused("burden.refused.overrule-reason");
            }
            reason = overrule.reason().strip();
            overruled = true;
        }
        Set<String> left = overruled ? Set.of() : pairs(exact);
        if (!overruled && leavesNothing(asked, exact)) {
            throw new Refused("burden.refused.nothing-left");
        }
        Instant now = now();
        long id = insert(user, asked, reason, now);
        Map<Integer, Long> fields = fields(id, asked);
        rounds(id, user, asked, now);
        if (!overruled) {
            for (Place place : exact) {
                leaveOut(user, id, asked, place, fields, note(user, asked, place, "rest", "", id, key, now));
            }
            dropEmptyAnswers(id);
        } else {
            for (Place place : exact) {
                note(user, asked, place, "overruled", reason, id, key, now);
            }
        }
        messages.tellUnits(
                asked(id),
                "asked",
                Map.of(
                        "by",
                        user.name(),
                        "unit",
                        units.tree().brief(user.unit(), LocalDate.now(clock)),
                        "title",
                        asked.title(),
                        "since",
                        asked.due().toString(),
                        "page",
                        "/requests"),
                user.account(),
                now);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("title", asked.title());
        details.put("units", asked.units());
        details.put("fields", asked.lines().stream().map(Request.Line::name).toList());
        details.put("due", asked.due().toString());
        if (!left.isEmpty()) {
            details.put("known", left.size());
        }
        acts.note("request:" + id, "request.send", details);
        if (overruled) {
            acts.note(
                    "request:" + id,
                    "request.overrule",
                    Map.of(
                            "reason",
                            reason,
                            "places",
                            exact.stream()
                                    .map(p -> asked.lines().get(p.line()).name() + " @ "
                                            + p.where().key() + ":" + p.id())
                                    .toList()));
        }
        return id;
    }

    /** The units that a request still asks for something. */
    private List<Long> asked(long request) {
        return sql.sql("select distinct unit from data_answer where request = :request order by unit")
                .param("request", request)
                .query(Long.class)
                .list();
    }

    /** Whether all that is asked stands already. */
    static boolean leavesNothing(Request.Asked asked, List<Place> exact) {
        int all = asked.lines().size() * asked.periods().size() * asked.units().size();
        return !exact.isEmpty() && pairs(exact).size() == all;
    }

    private static Set<String> pairs(List<Place> exact) {
        Set<String> pairs = new LinkedHashSet<>();
        exact.forEach(p ->
                p.units().forEach(u -> pairs.add(p.line() + "|" + p.period().key() + "|" + u)));
        return pairs;
    }

    private long insert(User user, Request.Asked asked, String reason, Instant now) {
        Set<Long> parties = new LinkedHashSet<>(asked.units());
        parties.add(user.unit());
        return sql.sql("""
                        insert into data_request (asker, title, basis, repeats, signed, shared, state, reason, parties, created_by, created_at)
                        values (:asker, :title, :basis, :repeats, :signed, :shared, 'sent', :reason, :parties, :by, :at) returning id""")
                .param("asker", user.unit())
                .param("title", asked.title())
                .param("basis", asked.basis())
                .param("repeats", asked.repeats().key())
                .param("signed", asked.signed())
                .param("shared", asked.shared())
                .param("reason", reason)
                .param("parties", parties.toArray(Long[]::new))
                .param("by", user.account())
                .param("at", Timestamp.from(now))
                .query(Long.class)
                .single();
    }

    private Map<Integer, Long> fields(long request, Request.Asked asked) {
        Map<Integer, Long> ids = new LinkedHashMap<>();
        for (int i = 0; i < asked.lines().size(); i++) {
            Request.Line line = asked.lines().get(i);
            Period period = line.period();
            ids.put(
                    i,
                    sql.sql("""
                                    insert into data_request_field (request, ordinal, name, plain, kind, measure, period, minutes)
                                    values (:request, :ordinal, :name, :plain, :kind, :measure, :period, :minutes) returning id""")
                            .param("request", request)
                            .param("ordinal", i)
                            .param("name", line.name())
                            .param("plain", line.plain())
                            .param("kind", line.kind().key())
                            .param("measure", line.measure())
                            .param("period", period == null ? null : period.key())
                            .param("minutes", line.minutes())
                            .query(Long.class)
                            .single());
        }
        return ids;
    }

    /** A later round is asked for when its period is over, and is due as long after the first one as its period is. */
    private void rounds(long request, User user, Request.Asked asked, Instant now) {
        LocalDate today = LocalDate.now(clock);
        int n = 0;
        for (Period period : asked.periods()) {
            LocalDate due = asked.due().plusMonths((long) n * period.months());
            LocalDate over = period.next().first();
            LocalDate day = n == 0 || over.isBefore(today) ? today : over.isAfter(due) ? due : over;
            long round = sql.sql("""
                            insert into data_round (request, period, asked_on, due) values (:request, :period, :day, :due) returning id""")
                    .param("request", request)
                    .param("period", period.key())
                    .param("day", day)
                    .param("due", due)
                    .query(Long.class)
                    .single();
            sql.sql("""
                            insert into data_answer (request, round, unit, asker, state, changed_at)
                            select :request, :round, u, :asker, 'open', cast(:at as timestamptz) from unnest(cast(:units as bigint[])) u""")
                    .param("request", request)
                    .param("round", round)
                    .param("units", asked.units().toArray(Long[]::new))
                    .param("asker", user.unit())
                    .param("at", Timestamp.from(now))
                    .update();
            n++;
        }
    }

    private void leaveOut(
            User user, long request, Request.Asked asked, Place place, Map<Integer, Long> fields, long refusal) {
        sql.sql("""
                        insert into data_known (round, field, unit, asker, refusal, place_answer)
                        select d.id, :field, u, :asker, :refusal, s.answer
                        from data_round d cross join unnest(cast(:units as bigint[])) u
                          left join standing_answers(cast(:there as bigint), :about, cast(:units as bigint[])) s on s.unit = u
                        where d.request = :request and d.period = :period
                        on conflict do nothing""")
                .param("field", Objects.requireNonNull(fields.get(place.line())))
                .param("units", place.units().toArray(Long[]::new))
                .param("asker", user.unit())
                .param("refusal", refusal)
                .param("there", place.field())
                .param(
                        "about",
                        asked.lines().get(place.line()).about(place.period()).key())
                .param("request", request)
                .param("period", place.period().key())
                .update();
    }

    /** Whom nothing is left to ask is not asked. */
    private void dropEmptyAnswers(long request) {
        sql.sql("""
                        delete from data_answer a where a.request = :request and not exists (
                          select 1 from data_request_field f where f.request = a.request and not exists (
                            select 1 from data_known k where k.round = a.round and k.field = f.id and k.unit = a.unit))""").param("request", request).update();
    }

    private long note(
            User user,
            Request.Asked asked,
            Place place,
            String outcome,
            String reason,
            @Nullable Long request,
            String key,
            Instant now) {
        Request.Line line = asked.lines().get(place.line());
        return sql.sql("""
                        insert into data_refusal (at, account, asker, request_key, title, name, period, units, place, place_id, place_field,
                                                  place_unit, place_title, outcome, reason, request)
                        values (:at, :account, :asker, :key, :title, :name, :period, :units, :place, :id, :field, :unit, :placeTitle,
                                :outcome, :reason, :request)
                        on conflict (account, request_key, name, period, place, place_id) do update
                          set outcome = excluded.outcome, reason = excluded.reason, request = excluded.request, units = excluded.units
                        returning id""")
                .param("at", Timestamp.from(now))
                .param("account", user.account())
                .param("asker", user.unit())
                .param("key", key)
                .param("title", asked.title())
                .param("name", line.name())
                .param("period", line.about(place.period()).key())
                .param("units", place.units().toArray(Long[]::new))
                .param("place", place.where().key())
                .param("id", place.id())
                .param("field", place.field())
                .param("unit", place.unit())
                .param(
                        "placeTitle",
                        place.where() == Place.Where.REQUEST ? place.title() : place.number() + " " + place.title())
                .param("outcome", outcome)
                .param("reason", reason)
                .param("request", request)
                .query(Long.class)
                .single();
    }

    /** Keeps that fields were refused because they stand, so that whoever asked is led there. */
    Map<Place, Long> noteRefusal(User user, Request.Asked asked, List<Place> exact, String key) {
        if (exact.isEmpty()) {
            return Map.of();
        }
        return journal.write(user.actor(), acts -> {
            Map<Place, Long> noted = new LinkedHashMap<>();
            Instant now = now();
            for (Place place : exact) {
                noted.put(place, note(user, asked, place, "refused", "", null, key, now));
            }
            acts.note(
                    "refusal:" + noted.values().iterator().next(),
                    "request.refuse",
                    Map.of(
                            "title",
                            asked.title(),
                            "fields",
                            exact.stream()
                                    .map(p -> asked.lines().get(p.line()).name())
                                    .distinct()
                                    .toList(),
                            "places",
                            exact.stream()
                                    .map(p -> p.where().key() + ":" + p.id())
                                    .distinct()
                                    .toList()));
            return noted;
        });
    }

    private long sent(User user, String key) {
        return sql.sql("""
                        select j.stream from journal_request r join journal j on j.batch = r.batch
                        where r.request = :request and j.act = 'request.send' order by j.id limit 1""")
                .param("request", user.account() + ":" + key)
                .query(String.class)
                .optional()
                .map(stream -> Long.parseLong(stream.substring(stream.indexOf(':') + 1)))
                .orElseThrow(() -> new Refused("burden.refused.repeated"));
    }

    /** Takes a request back: nobody has to answer it any more, and nothing stands by it. */
    void withdraw(User user, Request request, String reason) {
        if (!isOf(user, request.asker()) && !user.is(Role.SUPERVISION)) {
            throw new Refused("burden.refused.not-yours");
        }
        if (reason.isBlank()) {
            throw new Refused("burden.refused.reason");
        }
        journal.write(user.actor(), acts -> {
            sql.sql("select pg_advisory_xact_lock(:turn)").param("turn", TURN).query(row -> {});
            sql.sql("select asker, title from relying_on(:id) order by title limit 1")
                    .param("id", request.id())
                    .query((row, n) -> new Refused(
                            "burden.refused.relied-on",
                            units.tree().brief(row.getLong(1), LocalDate.now(clock)),
                            row.getString(2)))
                    .optional()
                    .ifPresent(refused -> {
                        throw refused;
                    });
            int done = sql.sql("""
                            update data_request set state = 'withdrawn', reason = :reason, version = version + 1
                            where id = :id and state = 'sent'""")
                    .param("reason", reason.strip())
                    .param("id", request.id())
                    .update();
            if (done == 0) {
                throw Refused.conflict("burden.refused.withdrawn");
            }
            acts.note("request:" + request.id(), "request.withdraw", Map.of("reason", reason.strip()));
            messages.tellUnits(
                    asked(request.id()),
                    "request-withdrawn",
                    Map.of(
                            "by",
                            user.name(),
                            "title",
                            request.title(),
                            "reason",
                            reason.strip(),
                            "page",
                            "/requests/" + request.id()),
                    user.account(),
                    now());
            return true;
        });
    }

    /** The answers of units to a field of another request, by unit, where they stand. */
    Map<Long, Long> placeAnswers(long field, Collection<Long> units, Period period) {
        return places.answers(field, units, period);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
