package org.luoshi.server.matters;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.luoshi.server.audit.Actor;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.calendar.Calendars;
import org.luoshi.server.calendar.Limit;
import org.luoshi.server.calendar.Run;
import org.luoshi.server.calendar.WorkingTime;
import org.luoshi.server.calendar.YearsLoaded;
import org.luoshi.server.calendar.YearsLoading;
import org.luoshi.server.matters.types.ClockRule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * Counts running clocks anew where a year of the calendar was loaded that they were counted over. Which ones is written
 * down in the transaction that loads the year; each leaves the list in the transaction that counts it. So a server that
 * ends in between loses none, and of two servers one counts it.
 */
@Component
class Recounting {
    private static final Logger log = LoggerFactory.getLogger(Recounting.class);

    private final JdbcClient sql;
    private final Journal journal;
    private final MatterStore store;
    private final Surroundings surroundings;
    private final Calendars calendars;
    private final Clock clock;

    Recounting(
            JdbcClient sql,
            Journal journal,
            MatterStore store,
            Surroundings surroundings,
            Calendars calendars,
            Clock clock) {
        this.calendars = calendars;
        this.sql = sql;
        this.journal = journal;
        this.store = store;
        this.surroundings = surroundings;
        this.clock = clock;
    }

    /** The years over which running clocks count working days and whose holidays are not known. */
    static List<Integer> provisional(Collection<Run> clocks, LocalDate today, WorkingTime time) {
        return clocks.stream()
                .filter(run -> run.unit().isWorking() && run.isRunning())
                .flatMap(run -> time.days().missing(today, Limit.lastDay(run.runsOut(), time.zone())).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * A clock to be counted anew.
     *
     * @param runsOut its end by the old calendar; a clock with another one was set since
     * @param since when it began or was last resumed
     * @param counted how much working time lay from there to its end by the old calendar
     */
    private record Due(String clock, Instant runsOut, Instant since, long counted) {}

    /** Writes down what has to be counted anew, in the name of the house: whoever loads a year may not see it all. */
    @EventListener
    void note(YearsLoading loading) {
        store.asHouse(() -> noteAll(loading));
    }

    private void noteAll(YearsLoading loading) {
        List<Long> matters = new ArrayList<>();
        List<Due> due = new ArrayList<>();
        sql.sql("""
                        select c.matter, c.clock, c.counts, c.started, c.runs_out, c.paused_at, c.left_over, c.stopped_at,
                               c.extended, c.resumed_at, c.paused_days
                        from matter_clock c join matter m on m.id = c.matter
                        where not m.ended and c.counts in ('working-days', 'working-hours')
                          and c.stopped_at is null and c.paused_at is null
                          and c.runs_out >= :first and c.started < :last""")
                .param("first", Timestamp.from(Limit.endOf(loading.first().minusDays(1), WorkingTime.BEIJING)))
                .param("last", Timestamp.from(Limit.endOf(loading.last(), WorkingTime.BEIJING)))
                .query(row -> {
                    Run run = MatterStore.run(row);
                    Instant since = run.runsSince();
                    long counted = run.counted(since, loading.before());
                    if (!run.recount(since, counted, loading.after()).runsOut().equals(run.runsOut())) {
                        matters.add(row.getLong("matter"));
                        due.add(new Due(row.getString("clock"), run.runsOut(), since, counted));
                    }
                });
        if (due.isEmpty()) {
            return;
        }
        // What waits from an earlier load was counted by the calendar before that one.
        sql.sql("""
                        insert into recount_due (matter, clock, runs_out, since, counted, actor, actor_name, noted_at)
                        select d.matter, d.clock, d.runs_out, d.since, d.counted, cast(:actor as bigint), :name,
                               cast(:now as timestamptz)
                        from unnest(cast(:matters as bigint[]), cast(:clocks as text[]), cast(:ends as timestamptz[]),
                               cast(:since as timestamptz[]), cast(:counted as bigint[]))
                          as d (matter, clock, runs_out, since, counted)
                        on conflict (matter, clock) do update set runs_out = excluded.runs_out, since = excluded.since,
                          counted = excluded.counted, actor = excluded.actor, actor_name = excluded.actor_name,
                          noted_at = excluded.noted_at
                        where recount_due.runs_out <> excluded.runs_out""")
                .param("matters", matters.toArray(Long[]::new))
                .param("clocks", due.stream().map(Due::clock).toArray(String[]::new))
                .param("ends", due.stream().map(d -> d.runsOut().toString()).toArray(String[]::new))
                .param("since", due.stream().map(d -> d.since().toString()).toArray(String[]::new))
                .param("counted", due.stream().map(Due::counted).toArray(Long[]::new))
                .param("actor", loading.actor().account())
                .param("name", loading.actor().name())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    @EventListener
    void begin(YearsLoaded loaded) {
        goOn();
    }

    private record Waiting(long matter, Actor actor) {}

    /** Counts what waits to be counted anew, in the name of the house; what fails waits for the next time. */
    void goOn() {
        SecurityContext before = SecurityContextHolder.getContext();
        SecurityContextHolder.clearContext();
        try {
            List<Waiting> all = sql.sql("""
                            select distinct on (matter) matter, actor, actor_name from recount_due
                            order by matter, noted_at desc""")
                    .query((row, n) -> new Waiting(
                            row.getLong("matter"),
                            new Actor(row.getObject("actor", Long.class), row.getString("actor_name"))))
                    .list();
            WorkingTime time = all.isEmpty() ? surroundings.time() : calendars.timeAnew();
            for (Waiting one : all) {
                try {
                    recount(one, time);
                } catch (RuntimeException e) {
                    log.error("The clocks of matter {} could not be counted anew; the others go on.", one.matter(), e);
                }
            }
        } finally {
            SecurityContextHolder.setContext(before);
        }
    }

    private void recount(Waiting waiting, WorkingTime time) {
        long matter = waiting.matter();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        journal.write(waiting.actor(), acts -> {
            Matter found = store.lock(matter).orElse(null);
            Map<String, Due> due = take(matter);
            if (found == null || found.ended() || due.isEmpty()) {
                return false;
            }
            Open open = surroundings.open(found, surroundings.typeOf(found));
            List<String> moved = new ArrayList<>();
            for (ClockRule rule : open.type.clocks().values()) {
                Run run = open.clocks.get(rule.key());
                Due counted = due.get(rule.key());
                if (run == null || counted == null || !run.runsOut().equals(counted.runsOut())) {
                    continue;
                }
                Run anew = run.recount(counted.since(), counted.counted(), time);
                if (anew.runsOut().equals(run.runsOut())) {
                    continue;
                }
                open.clocks.put(rule.key(), anew);
                LocalDate was = Limit.lastDay(run.runsOut(), time.zone());
                LocalDate is = Limit.lastDay(anew.runsOut(), time.zone());
                if (rule.main() && was.equals(open.due)) {
                    open.due = is;
                }
                moved.add(rule.name().zh() + " " + was + " → " + is);
            }
            if (moved.isEmpty()) {
                return false;
            }
            store.save(open, surroundings.judge(open, now), now);
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("reason", String.join("；", moved));
            details.put("version", found.version() + 1);
            acts.note("matter:" + matter, "matter.recounted", details);
            return true;
        });
    }

    private Map<String, Due> take(long matter) {
        Map<String, Due> due = new HashMap<>();
        sql.sql("delete from recount_due where matter = :matter returning clock, runs_out, since, counted")
                .param("matter", matter)
                .query(row -> {
                    due.put(
                            row.getString("clock"),
                            new Due(
                                    row.getString("clock"),
                                    row.getTimestamp("runs_out").toInstant(),
                                    row.getTimestamp("since").toInstant(),
                                    row.getLong("counted")));
                });
        return due;
    }
}
