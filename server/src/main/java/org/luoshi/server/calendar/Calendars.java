package org.luoshi.server.calendar;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.audit.Actor;
import org.luoshi.server.audit.Journal;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The calendar that this installation has loaded. */
@Component
public class Calendars {
    /** How long a read calendar serves before it is read again: another server may have loaded a year. */
    private static final long FRESH_NANOS = 30_000_000_000L;

    private final JdbcClient sql;
    private final Journal journal;
    private final ApplicationEventPublisher events;
    private volatile @Nullable Kept kept;

    private record Kept(WorkingTime time, long readAt) {}

    Calendars(JdbcClient sql, Journal journal, ApplicationEventPublisher events) {
        this.sql = sql;
        this.journal = journal;
        this.events = events;
    }

    /** A day that is not as its day of the week says. */
    public record Day(LocalDate day, boolean working, String name) {}

    /** A loaded year and where its days come from. */
    public record Year(int year, String source) {}

    public WorkingTime time() {
        Kept found = kept;
        if (found == null || System.nanoTime() - found.readAt() > FRESH_NANOS) {
            found = new Kept(WorkingTime.of(read()), System.nanoTime());
            kept = found;
        }
        return found.time();
    }

    /** The working time as it stands in the database now, whoever loaded it. */
    public WorkingTime timeAnew() {
        kept = null;
        return time();
    }

    private WorkingDays read() {
        Map<LocalDate, Boolean> days = new HashMap<>();
        // Of two notices that name a day the one of the later year came later and holds.
        sql.sql("select distinct on (day) day, working from calendar_day order by day, notice desc")
                .query(row -> {
                    days.put(row.getObject(1, LocalDate.class), row.getBoolean(2));
                });
        Set<Integer> years = new HashSet<>(
                sql.sql("select year from calendar_year").query(Integer.class).list());
        return new WorkingDays(days, years);
    }

    public List<Year> listYears() {
        return sql.sql("select year, source from calendar_year order by year")
                .query((row, n) -> new Year(row.getInt(1), row.getString(2)))
                .list();
    }

    public List<Day> listDays(int year) {
        return sql.sql("""
                        select distinct on (day) day, working, name from calendar_day
                        where day >= make_date(:year, 1, 1) and day < make_date(:year + 1, 1, 1)
                        order by day, notice desc""")
                .param("year", year)
                .query((row, n) -> new Day(row.getObject(1, LocalDate.class), row.getBoolean(2), row.getString(3)))
                .list();
    }

    /** Loads a year, see {@link #load(Actor, List)}. */
    public void load(Actor actor, Year year, List<Day> days) {
        load(actor, List.of(new CalendarFile.Loaded(year, days)));
    }

    /**
     * Loads years, or puts others in their place, all or none. Each brings the days that its notice names, a New Year's
     * Eve of the year before among them, and takes away those that it named before; what the notices of other years
     * name stays. Who counts working days is told with {@link YearsLoading} and {@link YearsLoaded}.
     */
    public void load(Actor actor, List<CalendarFile.Loaded> years) {
        if (years.isEmpty()) {
            return;
        }
        journal.write(actor, acts -> {
            WorkingTime before = WorkingTime.of(read());
            List<LocalDate> edges = new ArrayList<>();
            for (CalendarFile.Loaded loaded : years) {
                int year = loaded.year().year();
                edges.add(LocalDate.of(year, 1, 1));
                edges.add(LocalDate.of(year, 12, 31));
                loaded.days().forEach(day -> edges.add(day.day()));
                edges.addAll(sql.sql("delete from calendar_day where notice = :year returning day")
                        .param("year", year)
                        .query(LocalDate.class)
                        .list());
                write(loaded, acts);
            }
            events.publishEvent(new YearsLoading(
                    actor, before, WorkingTime.of(read()), Collections.min(edges), Collections.max(edges)));
            return true;
        });
        kept = null;
        events.publishEvent(new YearsLoaded(
                years.stream().map(loaded -> loaded.year().year()).toList()));
    }

    private void write(CalendarFile.Loaded loaded, Journal.Acts acts) {
        Year year = loaded.year();
        sql.sql("""
                        insert into calendar_year (year, source) values (:year, :source)
                        on conflict (year) do update set source = excluded.source""").param("year", year.year()).param("source", year.source()).update();
        for (Day day : loaded.days()) {
            sql.sql("""
                            insert into calendar_day (notice, day, working, name)
                            values (:notice, :day, :working, :name)""")
                    .param("notice", year.year())
                    .param("day", day.day())
                    .param("working", day.working())
                    .param("name", day.name())
                    .update();
        }
        acts.note(
                "calendar:" + year.year(),
                "calendar.load",
                Map.of("source", year.source(), "days", loaded.days().size()));
    }
}
