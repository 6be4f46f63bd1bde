package org.luoshi.server.matters;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.calendar.Limit;
import org.luoshi.server.calendar.Run;
import org.luoshi.server.calendar.WorkingTime;
import org.luoshi.server.calendar.YearsLoaded;
import org.luoshi.server.matters.types.ClockRule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Counts running clocks anew where a year of the calendar was loaded that they were counted over. */
@Component
class Recounting {
    private static final Logger log = LoggerFactory.getLogger(Recounting.class);

    private final JdbcClient sql;
    private final Journal journal;
    private final MatterStore store;
    private final Surroundings surroundings;
    private final Clock clock;

    Recounting(JdbcClient sql, Journal journal, MatterStore store, Surroundings surroundings, Clock clock) {
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

    /** Counts anew in the name of the house: whoever loaded the year may not see all that runs over it. */
    @EventListener
    void recount(YearsLoaded loaded) {
        SecurityContext before = SecurityContextHolder.getContext();
        SecurityContextHolder.clearContext();
        try {
            for (long matter : sql.sql("""
                            select distinct m.id from matter_clock c join matter m on m.id = c.matter
                            where not m.ended and c.counts in ('working-days', 'working-hours')
                              and c.stopped_at is null and c.paused_at is null
                              and c.runs_out >= :first and c.started < :last order by m.id""")
                    .param("first", Timestamp.from(Limit.endOf(loaded.first().minusDays(1), WorkingTime.BEIJING)))
                    .param("last", Timestamp.from(Limit.endOf(loaded.last(), WorkingTime.BEIJING)))
                    .query(Long.class)
                    .list()) {
                try {
                    recount(matter, loaded);
                } catch (RuntimeException e) {
                    log.error("The clocks of matter {} could not be counted anew; the others go on.", matter, e);
                }
            }
        } finally {
            SecurityContextHolder.setContext(before);
        }
    }

    private void recount(long matter, YearsLoaded loaded) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        WorkingTime after = loaded.after();
        journal.write(loaded.actor(), acts -> {
            Matter found = store.lock(matter).orElse(null);
            if (found == null || found.ended()) {
                return false;
            }
            Open open = surroundings.open(found, surroundings.typeOf(found));
            List<String> moved = new ArrayList<>();
            for (ClockRule rule : open.type.clocks().values()) {
                Run run = open.clocks.get(rule.key());
                if (run == null) {
                    continue;
                }
                Run anew = run.recount(begun(matter, rule, run), loaded.before(), after);
                if (anew.runsOut().equals(run.runsOut())) {
                    continue;
                }
                open.clocks.put(rule.key(), anew);
                LocalDate was = Limit.lastDay(run.runsOut(), after.zone());
                LocalDate is = Limit.lastDay(anew.runsOut(), after.zone());
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

    /** When a clock began or was last resumed: from there its end was counted. */
    private Instant begun(long matter, ClockRule rule, Run run) {
        if (rule.resumes().isEmpty()) {
            return run.started();
        }
        Instant resumed = sql.sql("""
                        select max(at) from journal
                        where stream = :stream and act = 'matter.move'
                          and details ->> 'move' = any(cast(:moves as text[]))""")
                .param("stream", "matter:" + matter)
                .param("moves", rule.resumes().toArray(String[]::new))
                .query((row, n) -> {
                    Timestamp at = row.getTimestamp(1);
                    return at == null ? Instant.MIN : at.toInstant();
                })
                .single();
        return resumed.isAfter(run.started()) ? resumed : run.started();
    }
}
