package org.luoshi.server.matters;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.audit.Actor;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.calendar.Run;
import org.luoshi.server.matters.types.ClockRule;
import org.luoshi.server.matters.types.Who;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Moves what follows a milestone that slipped, and tells the lead unit. */
@Component
class Slips {
    private static final Logger log = LoggerFactory.getLogger(Slips.class);

    private final JdbcClient sql;
    private final Journal journal;
    private final MatterStore store;
    private final Surroundings surroundings;
    private final Clock clock;

    Slips(JdbcClient sql, Journal journal, MatterStore store, Surroundings surroundings, Clock clock) {
        this.sql = sql;
        this.journal = journal;
        this.store = store;
        this.surroundings = surroundings;
        this.clock = clock;
    }

    /**
     * Moves milestones of a matter that is locked.
     *
     * @return what moved from which day to which, one sentence each
     * @throws IllegalArgumentException where they follow each other in a circle
     */
    List<String> move(List<Schedule.Milestone> planned, LocalDate today) {
        List<Schedule.Milestone> followed = Schedule.follow(planned, today);
        List<String> moved = new ArrayList<>();
        for (int i = 0; i < planned.size(); i++) {
            Schedule.Milestone old = planned.get(i);
            Schedule.Milestone milestone = followed.get(i);
            if (!old.planned().equals(milestone.planned())) {
                plan(milestone.id(), milestone.planned());
                moved.add(milestone.name() + " " + old.planned() + " → " + milestone.planned());
            }
        }
        return moved;
    }

    /**
     * Moves on what is still to be reached by the days for which the main clock was held, where it runs on now; the clocks
     * of the matter must not be saved yet. Baselines stay, what lies ahead is measured so much later.
     */
    void resumed(Journal.Acts acts, Open open) {
        Run main =
                open.type.mainClock().map(ClockRule::key).map(open.clocks::get).orElse(null);
        Run held = open.type
                .mainClock()
                .map(ClockRule::key)
                .map(store.clocks(open.id())::get)
                .orElse(null);
        Instant since = held == null ? null : held.pausedAt();
        if (main == null || held == null || since == null || main.pausedDays() <= held.pausedDays()) {
            return;
        }
        long days = main.pausedDays() - held.pausedDays();
        sql.sql("""
                        update milestone set shifted = shifted + :days, paused = paused + :days
                        where matter = :matter and baseline + shifted > :since""")
                .param("days", days)
                .param("matter", open.id())
                .param("since", since.atZone(surroundings.time().zone()).toLocalDate())
                .update();
        List<String> moved = new ArrayList<>();
        for (Schedule.Milestone milestone : store.milestones(open.id())) {
            if (milestone.reached() == null) {
                LocalDate day = milestone.planned().plusDays(days);
                plan(milestone.id(), day);
                moved.add(milestone.name() + " " + milestone.planned() + " → " + day);
            }
        }
        if (!moved.isEmpty()) {
            acts.note(
                    "matter:" + open.id(),
                    "matter.milestones",
                    Map.of("reason", String.join("；", moved), "version", open.before.version() + 1));
        }
    }

    /** Makes what is planned, or was reached, the baseline of every milestone. */
    void rebaseline(Open open) {
        long paused = open.type
                .mainClock()
                .map(ClockRule::key)
                .map(open.clocks::get)
                .map(Run::pausedDays)
                .orElse(0L);
        sql.sql("""
                        update milestone set baseline = coalesce(reached, planned), shifted = 0, counts = true,
                          paused = case when reached is null then :paused else paused end
                        where matter = :matter""").param("paused", paused).param("matter", open.id()).update();
    }

    private void plan(long milestone, LocalDate day) {
        sql.sql("update milestone set planned = :day where id = :id")
                .param("day", day)
                .param("id", milestone)
                .update();
    }

    /** Tells the people of the lead unit, but not the one who did it. */
    void tell(Open open, List<String> moved, String by, @Nullable Long but, Instant now) {
        surroundings.tell(
                open, Set.of(Who.LEAD), "slipped", Map.of("by", by, "reason", String.join("；", moved)), but, now);
    }

    /**
     * Looks at every matter with a milestone that others follow and whose day has passed.
     *
     * @return in how many something moved
     */
    int look() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        LocalDate today = now.atZone(surroundings.time().zone()).toLocalDate();
        int moved = 0;
        for (long matter : sql.sql("""
                        select distinct m.id from milestone a
                        join milestone b on b.follows = a.id join matter m on m.id = a.matter
                        where not m.ended and a.reached is null and b.reached is null and a.planned < :today
                        order by m.id""").param("today", today).query(Long.class).list()) {
            try {
                moved += slip(matter, today, now) ? 1 : 0;
            } catch (RuntimeException e) {
                log.error("The milestones of matter {} could not be moved; the others go on.", matter, e);
            }
        }
        return moved;
    }

    private boolean slip(long matter, LocalDate today, Instant now) {
        return journal.write(Actor.SYSTEM, acts -> {
            Matter found = store.lock(matter).orElse(null);
            if (found == null || found.ended()) {
                return false;
            }
            Open open = surroundings.open(found, surroundings.typeOf(found));
            Run main = open.type
                    .mainClock()
                    .map(ClockRule::key)
                    .map(open.clocks::get)
                    .orElse(null);
            // While a matter is suspended nobody works on it: nothing slips by the day.
            if (main != null && main.pausedAt() != null) {
                return false;
            }
            List<String> moved = move(store.milestones(matter), today);
            if (moved.isEmpty()) {
                return false;
            }
            store.save(open, surroundings.judge(open, now), now);
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("reason", String.join("；", moved));
            details.put("version", found.version() + 1);
            acts.note("matter:" + matter, "matter.milestones", details);
            tell(open, moved, "", null, now);
            return true;
        });
    }

    /** The look as a job: one of several servers does it, every hour. */
    @Configuration(proxyBeanMethods = false)
    static class Job {
        @Bean
        RecurringTask<Void> slipMilestones(Slips slips) {
            return Tasks.recurring("slip-milestones", FixedDelay.of(Duration.ofHours(1)))
                    .execute((instance, context) -> slips.look());
        }
    }
}
