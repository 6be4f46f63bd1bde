package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.audit.Actor;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.calendar.Run;
import org.luoshi.server.calendar.WorkingTime;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.Rung;
import org.luoshi.server.matters.types.Who;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks at all open matters: turns lights that the calendar turned, and sends the notices that the ladder sends by
 * rule. A light is derived and can be computed for any day, so turning it is no act of the journal; a notice is one.
 */
@Component
class Watch {
    private static final Logger log = LoggerFactory.getLogger(Watch.class);
    private static final int BATCH = 5_000;

    /** So many turned lights concern the units of their matters; more concern everybody, which is cheaper to say. */
    private static final int FEW = 200;

    private final JdbcClient sql;
    private final Journal journal;
    private final Types types;
    private final MatterStore store;
    private final Surroundings surroundings;
    private final Notices notices;
    private final JsonMapper json;
    private final Clock clock;

    Watch(
            JdbcClient sql,
            Journal journal,
            Types types,
            MatterStore store,
            Surroundings surroundings,
            Notices notices,
            JsonMapper json,
            Clock clock) {
        this.sql = sql;
        this.journal = journal;
        this.types = types;
        this.store = store;
        this.surroundings = surroundings;
        this.notices = notices;
        this.json = json;
        this.clock = clock;
    }

    /**
     * What a look over all matters did.
     *
     * @param failed how many matters could not be judged; the log says why
     */
    record Round(int seen, int turned, int sent, int failed) {}

    private record Brief(
            long id,
            int version,
            String type,
            int typeVersion,
            String state,
            @Nullable BigDecimal progress,
            @Nullable Instant given,
            @Nullable LocalDate firstDue,
            @Nullable LocalDate due,
            @Nullable Instant reportedAt,
            int recurred,
            String light,
            String word,
            String why) {}

    /** @param version of the matter that was judged; a later one is left alone, whoever wrote it judged it then */
    private record Turn(long id, int version, Lights.Judged judged, boolean word) {}

    private record Due(long id, Rung rung) {}

    /** Looks at every open matter once: turns lights, sends what the ladder sends by rule. */
    Round look() {
        return look(true);
    }

    /** Turns lights only. */
    Round turnLights() {
        return look(false);
    }

    private Round look(boolean send) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        WorkingTime time = surroundings.time();
        LocalDate today = now.atZone(time.zone()).toLocalDate();
        int seen = 0;
        int turned = 0;
        int sent = 0;
        int failed = 0;
        long after = 0;
        while (true) {
            List<Brief> batch = batch(after);
            if (batch.isEmpty()) {
                break;
            }
            Long[] ids = batch.stream().map(Brief::id).toArray(Long[]::new);
            Map<Long, Map<String, Run>> clocks = clocks(ids);
            Map<Long, List<Schedule.Milestone>> milestones = milestones(ids);
            Map<Long, Map<String, Instant>> sentBefore = noticesOf(ids);
            List<Turn> turns = new ArrayList<>();
            List<Due> due = new ArrayList<>();
            for (Brief brief : batch) {
                try {
                    MatterType type = types.get(brief.type(), brief.typeVersion());
                    Lights.Facts facts = Surroundings.facts(
                            type,
                            brief.state(),
                            clocks.getOrDefault(brief.id(), Map.of()),
                            brief.progress(),
                            brief.given(),
                            brief.firstDue(),
                            brief.due(),
                            brief.reportedAt(),
                            brief.recurred(),
                            milestones.getOrDefault(brief.id(), List.of()),
                            sentBefore.getOrDefault(brief.id(), Map.of()),
                            today,
                            time);
                    turned(brief, Lights.judge(type, facts, now, time)).ifPresent(turns::add);
                    for (Rung rung : type.ladder()) {
                        if (send && rung.byRule() && isDue(brief.id(), rung, facts, now, time)) {
                            due.add(new Due(brief.id(), rung));
                        }
                    }
                } catch (RuntimeException e) {
                    // One matter that cannot be judged must not keep all that come after it from being looked at.
                    failed++;
                    log.error("The matter with id {} of the type {} cannot be judged", brief.id(), brief.type(), e);
                }
            }
            turned += turn(turns, now);
            for (Due one : due) {
                try {
                    if (send(one.id(), one.rung(), now, time, today)) {
                        sent++;
                    }
                } catch (RuntimeException e) {
                    failed++;
                    log.error(
                            "The {} notice of the matter with id {} cannot be sent",
                            one.rung().level(),
                            one.id(),
                            e);
                }
            }
            seen += batch.size();
            after = batch.getLast().id();
        }
        log.info(
                "Looked at {} open matters: {} lights changed, {} notices sent, {} failed", seen, turned, sent, failed);
        return new Round(seen, turned, sent, failed);
    }

    private Optional<Turn> turned(Brief brief, Lights.Judged judged) {
        boolean word =
                !judged.light().key().equals(brief.light()) || !judged.word().equals(brief.word());
        boolean other = word
                || !json.writeValueAsString(new java.util.TreeMap<>(judged.why()))
                        .equals(normal(brief.why()));
        return other ? Optional.of(new Turn(brief.id(), brief.version(), judged, word)) : Optional.empty();
    }

    private List<Brief> batch(long after) {
        return sql.sql("""
                        select id, version, type, type_version, state, progress, given_at, first_due, due, reported_at, recurred,
                               light, light_word, light_why
                        from matter where not ended and id > :after order by id limit :limit""")
                .param("after", after)
                .param("limit", BATCH)
                .query((row, n) -> new Brief(
                        row.getLong("id"),
                        row.getInt("version"),
                        row.getString("type"),
                        row.getInt("type_version"),
                        row.getString("state"),
                        row.getBigDecimal("progress"),
                        MatterStore.instant(row, "given_at"),
                        row.getObject("first_due", LocalDate.class),
                        row.getObject("due", LocalDate.class),
                        MatterStore.instant(row, "reported_at"),
                        row.getInt("recurred"),
                        row.getString("light"),
                        row.getString("light_word"),
                        row.getString("light_why")))
                .list();
    }

    /** The stored figures in the form and order in which they are written anew. */
    private String normal(String stored) {
        Map<String, String> read =
                json.readValue(stored, new tools.jackson.core.type.TypeReference<LinkedHashMap<String, String>>() {});
        return json.writeValueAsString(new java.util.TreeMap<>(read));
    }

    private Map<Long, Map<String, Run>> clocks(Long[] ids) {
        Map<Long, Map<String, Run>> clocks = new HashMap<>();
        sql.sql("""
                        select matter, clock, counts, started, runs_out, paused_at, left_over, stopped_at, extended, resumed_at, paused_days
                        from matter_clock where matter = any(:ids) and stopped_at is null""").param("ids", ids).query(row -> {
            clocks.computeIfAbsent(row.getLong("matter"), key -> new HashMap<>())
                    .put(row.getString("clock"), MatterStore.run(row));
        });
        return clocks;
    }

    private Map<Long, List<Schedule.Milestone>> milestones(Long[] ids) {
        Map<Long, List<Schedule.Milestone>> milestones = new HashMap<>();
        sql.sql("""
                        select matter, id, ordinal, name, follows, days, weight, baseline, planned, reached, shifted, paused, counts
                        from milestone where matter = any(:ids) order by matter, ordinal""").param("ids", ids).query(row -> {
            milestones
                    .computeIfAbsent(row.getLong("matter"), key -> new ArrayList<>())
                    .add(MatterStore.milestone(row));
        });
        return milestones;
    }

    private Map<Long, Map<String, Instant>> noticesOf(Long[] ids) {
        Map<Long, Map<String, Instant>> sent = new HashMap<>();
        sql.sql(
                        "select matter, level, max(at) as at from matter_notice where matter = any(:ids) group by matter, level")
                .param("ids", ids)
                .query(row -> {
                    sent.computeIfAbsent(row.getLong("matter"), key -> new HashMap<>())
                            .put(row.getString("level"), row.getTimestamp("at").toInstant());
                });
        return sent;
    }

    /** Turns the lights of matters that nobody has changed since; the answer is how many. */
    private int turn(List<Turn> turns, Instant now) {
        if (turns.isEmpty()) {
            return 0;
        }
        int n = turns.size();
        Long[] ids = new Long[n];
        Integer[] versions = new Integer[n];
        String[] lights = new String[n];
        String[] words = new String[n];
        String[] whys = new String[n];
        Boolean[] turned = new Boolean[n];
        for (int i = 0; i < n; i++) {
            Turn turn = turns.get(i);
            ids[i] = turn.id();
            versions[i] = turn.version();
            lights[i] = turn.judged().light().key();
            words[i] = turn.judged().word();
            whys[i] = json.writeValueAsString(turn.judged().why());
            turned[i] = turn.word();
        }
        // Locked in the order of ids, as everybody else who locks several, so that two never wait for each other.
        return sql.sql("""
                        with t as materialized (
                          select * from unnest(cast(:ids as bigint[]), cast(:versions as int[]), cast(:lights as text[]),
                            cast(:words as text[]), cast(:whys as text[]), cast(:turned as boolean[]))
                            as t (id, version, light, word, why, turned)),
                        locked as materialized (
                          select m.id from matter m join t on t.id = m.id where not m.ended and m.version = t.version
                          order by m.id for update of m),
                        showed as (
                          insert into light_was (matter, changed_at, since, until, light, light_word, light_why, parties)
                          select m.id, m.changed_at, greatest(m.changed_at, coalesce(m.light_since, m.changed_at)), :at,
                                 m.light, m.light_word, m.light_why, m.parties
                          from matter m join t on t.id = m.id join locked l on l.id = m.id where t.turned on conflict do nothing),
                        done as (
                          update matter m set light = t.light, light_word = t.word, light_why = cast(t.why as jsonb),
                            light_since = case when t.turned then cast(:at as timestamptz) else m.light_since end
                          from t join locked l on l.id = t.id
                          where m.id = t.id and not m.ended and m.version = t.version
                          returning m.parties),
                        concerned as (
                          select unnest(parties) as unit from done where (select count(*) from done) <= :few
                          union select 0 where (select count(*) from done) > :few order by 1),
                        told as (select count(revise_unit(unit)::text) from concerned)
                        select count(*) from done, told""")
                .param("at", Timestamp.from(now))
                .param("ids", ids)
                .param("versions", versions)
                .param("lights", lights)
                .param("words", words)
                .param("whys", whys)
                .param("turned", turned)
                .param("few", FEW)
                .query(Integer.class)
                .single();
    }

    /** Whether a notice seems due; told from the batch, so it is asked again once the matter is locked. */
    private boolean isDue(long matter, Rung rung, Lights.Facts facts, Instant now, WorkingTime time) {
        if (!Lights.holds(rung, facts, now, time, new LinkedHashMap<>())) {
            return false;
        }
        return !sql.sql(
                        "select exists (select 1 from matter_notice where matter = :matter and level = :level and cause = :cause)")
                .param("matter", matter)
                .param("level", rung.level())
                .param("cause", Lights.cause(rung.when(), facts, now, time))
                .query(Boolean.class)
                .single();
    }

    private boolean send(long matter, Rung rung, Instant now, WorkingTime time, LocalDate today) {
        return journal.write(Actor.SYSTEM, acts -> {
            Matter found = store.lock(matter).orElse(null);
            if (found == null || found.ended()) {
                return false;
            }
            Open open = surroundings.open(found, surroundings.typeOf(found));
            Lights.Facts facts = surroundings.facts(open, now);
            Map<String, String> why = new LinkedHashMap<>();
            if (!Lights.holds(rung, facts, now, time, why)) {
                return false;
            }
            String cause = Lights.cause(rung.when(), facts, now, time);
            Notices.Notice notice = notices.send(new Notices.Sending(
                            matter, rung.level(), cause, rung.letter(), true, null, "", why, now, today.getYear()))
                    .orElse(null);
            if (notice == null) {
                return false;
            }
            open.level = Notices.higher(open.level, rung.level());
            store.save(open, surroundings.judge(open, now), now);
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("level", rung.level());
            details.put("notice", notice.id());
            details.put("cause", cause);
            if (notice.number() != null) {
                details.put("number", notice.number());
            }
            acts.note("matter:" + matter, "matter.notice", details);
            surroundings.tell(
                    open, java.util.Set.of(Who.LEAD), "notice", Map.of("level", rung.level(), "by", ""), null, now);
            return true;
        });
    }
}
