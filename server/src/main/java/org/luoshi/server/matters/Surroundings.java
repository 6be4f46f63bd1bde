package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.calendar.Calendars;
import org.luoshi.server.calendar.Run;
import org.luoshi.server.calendar.WorkingTime;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.Who;
import org.luoshi.server.units.UnitTree;
import org.luoshi.server.units.Units;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a matter stands in: units, people, the calendar, its own history. Asked by moves, changes nothing. */
@Component
class Surroundings {
    private final JdbcClient sql;
    private final MatterStore store;
    private final Units units;
    private final Officials officials;
    private final Calendars calendars;
    private final Messages messages;
    private final Types types;
    private final Clock clock;

    Surroundings(
            JdbcClient sql,
            MatterStore store,
            Units units,
            Officials officials,
            Calendars calendars,
            Messages messages,
            Types types,
            Clock clock) {
        this.clock = clock;
        this.sql = sql;
        this.types = types;
        this.store = store;
        this.units = units;
        this.officials = officials;
        this.calendars = calendars;
        this.messages = messages;
    }

    Open open(Matter matter, MatterType type) {
        return new Open(matter, type, store.clocks(matter.id()));
    }

    MatterType typeOf(Matter matter) {
        return types.get(matter.type(), matter.typeVersion());
    }

    List<MatterType> types() {
        return types.list();
    }

    Standing standing(User user) {
        return Standing.of(user, officials.personOf(user.account()), units.tree());
    }

    /** The unit in whose name a person gives matters: a section gives in the name of its unit's section. */
    Long giver(User user) {
        return user.unit();
    }

    UnitTree tree() {
        return units.tree();
    }

    LocalDate today() {
        return LocalDate.now(clock);
    }

    Instant now() {
        return clock.instant();
    }

    WorkingTime time() {
        return calendars.time();
    }

    @Nullable
    Long leaderOf(long unit, LocalDate day) {
        return officials.findLeaderOf(unit, day).orElse(null);
    }

    /** @param earliest the first day that a deadline may lie on */
    Inputs inputs(MatterType type, Collection<Map<String, String>> typed, LocalDate today, LocalDate earliest) {
        Set<Long> people = new LinkedHashSet<>();
        typed.forEach(one -> people.addAll(Inputs.peopleIn(type, one)));
        return new Inputs(type, units.tree(), officials.existing(people), today, earliest);
    }

    /** A matter that is the same. */
    record Known(long matter, String number) {}

    /** By their places, those of some values that an open matter of the same type and year has by the rule of the type. */
    Map<Integer, Known> duplicates(MatterType type, List<Map<String, String>> values, int year) {
        if (type.duplicates().isEmpty() || values.isEmpty()) {
            return Map.of();
        }
        StringBuilder wanted = new StringBuilder();
        StringBuilder same = new StringBuilder();
        Map<String, Object> arguments = new HashMap<>();
        int n = 0;
        for (String field : type.duplicates()) {
            String name = "v" + n++;
            wanted.append("cast(:").append(name).append(" as text[]), ");
            arguments.put(
                    name, values.stream().map(v -> v.getOrDefault(field, "")).toArray(String[]::new));
            same.append(" and ")
                    .append(
                            switch (field) {
                                case "title" -> "m.title";
                                case "lead" -> "coalesce(m.lead::text, '')";
                                case "due" -> "coalesce(m.due::text, '')";
                                default -> {
                                    arguments.put("key" + n, field);
                                    yield "coalesce(m.fields ->> :key" + n + ", '')";
                                }
                            })
                    .append(" = w.")
                    .append(name);
        }
        arguments.put("places", IntStream.range(0, values.size()).boxed().toArray(Integer[]::new));
        Map<Integer, Known> known = new HashMap<>();
        sql.sql("select w.place, m.id, m.number from unnest(" + wanted + "cast(:places as int[])) as w("
                        + IntStream.range(0, type.duplicates().size())
                                .mapToObj(i -> "v" + i + ", ")
                                .collect(Collectors.joining())
                        + "place) join matter m on m.type = :type and m.year = :year and not m.ended" + same
                        + " order by w.place, m.id desc")
                .params(arguments)
                .param("type", type.key())
                .param("year", year)
                .query(row -> {
                    known.put(row.getInt(1), new Known(row.getLong(2), row.getString(3)));
                });
        return known;
    }

    Lights.Facts facts(Open open, Instant now) {
        return facts(open, now, store.milestones(open.id()), store.notices(open.id()));
    }

    Lights.Facts facts(Open open, Instant now, List<Schedule.Milestone> milestones, Map<String, Instant> notices) {
        WorkingTime time = time();
        return facts(
                open.type,
                open.state,
                open.clocks,
                open.progress,
                open.givenAt,
                open.firstDue,
                open.due,
                open.reportedAt,
                open.recurred,
                milestones,
                notices,
                now.atZone(time.zone()).toLocalDate(),
                time);
    }

    static Lights.Facts facts(
            MatterType type,
            String state,
            Map<String, Run> clocks,
            @Nullable BigDecimal progress,
            @Nullable Instant given,
            @Nullable LocalDate firstDue,
            @Nullable LocalDate due,
            @Nullable Instant reportedAt,
            int recurred,
            List<Schedule.Milestone> milestones,
            Map<String, Instant> notices,
            LocalDate today,
            WorkingTime time) {
        Run main = type.mainClock()
                .map(rule -> clocks.get(rule.key()))
                .filter(run -> run.stoppedAt() == null)
                .orElse(null);
        // Work that began again is measured from there, and no day of a pause is one of silence or of work.
        Instant begun = later(given, main == null ? null : main.started());
        LocalDate last = due == null ? firstDue : due;
        Schedule.Span span = given == null || begun == null || last == null
                ? null
                : new Schedule.Span(
                        day(begun, time),
                        day(begun, time).isAfter(day(given, time)),
                        main == null ? 0 : main.pausedDays(),
                        last);
        Instant heard = reportedAt == null ? given : reportedAt;
        BigDecimal expected = Schedule.expected(milestones, span, main == null ? today : main.countsTo(today, time));
        Schedule.Milestone missed = milestones.stream()
                .filter(m -> m.reached() == null && m.target().isBefore(today))
                .filter(m -> span == null || !span.anew() || m.target().isAfter(span.from()))
                .findFirst()
                .orElse(null);
        return new Lights.Facts(
                state,
                clocks,
                progress,
                expected,
                heard == null || main == null ? heard : later(heard, main.runsSince()),
                main != null && main.pausedAt() != null,
                missed,
                recurred,
                notices);
    }

    private static LocalDate day(Instant at, WorkingTime time) {
        return at.atZone(time.zone()).toLocalDate();
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }

    Lights.Judged judge(Open open, Instant now) {
        return Lights.judge(open.type, facts(open, now), now, time());
    }

    void tell(Open open, Set<Who> whom, String kind, Map<String, String> details, @Nullable Long but, Instant at) {
        Set<String> keys = new LinkedHashSet<>();
        whom.forEach(who -> keys.addAll(open.keys(who)));
        if (!keys.isEmpty()) {
            messages.tell(keys, open.id(), kind, details, but, at);
        }
    }

    /** Tells a unit of so many matters with one message. */
    void tellOfMany(long unit, Matters.OfMany what, int count, User by, Instant at) {
        messages.tell(
                List.of("unit:" + unit),
                null,
                what.key(),
                Map.of("by", by.name(), "reason", Integer.toString(count)),
                by.account(),
                at);
    }

    /** Who changed the matter last, for the person who looked at an older version. */
    Fault stale(Open open) {
        return sql.sql("""
                        select j.actor_name, j.act, coalesce(j.details ->> 'move', '') as move
                        from journal j where j.stream = :stream order by j.seq desc limit 1""")
                .param("stream", "matter:" + open.id())
                .query((row, n) -> {
                    String move = row.getString("move");
                    return Fault.of(
                            "",
                            "matters.fault.stale",
                            row.getString("actor_name"),
                            open.type.findMove(move).map(m -> (Object) m.name()).orElse(row.getString("act")),
                            open.type.getState(open.state).name());
                })
                .optional()
                .orElseGet(() -> Fault.of(
                        "",
                        "matters.fault.stale",
                        "",
                        "",
                        open.type.getState(open.state).name()));
    }

    /** When one of some moves was made last; null: never. */
    @Nullable
    Instant lastMoved(long matter, Set<String> moves) {
        return sql.sql("""
                        select at from journal where stream = :stream and act = 'matter.move'
                          and details ->> 'move' = any(cast(:moves as text[])) order by seq desc limit 1""")
                .param("stream", "matter:" + matter)
                .param("moves", moves.toArray(String[]::new))
                .query((row, n) -> row.getTimestamp("at").toInstant())
                .optional()
                .orElse(null);
    }

    /** Whether an account took part in a matter before. */
    boolean tookPart(long matter, long account) {
        return sql.sql("select exists (select 1 from journal where stream = :stream and actor = :account)")
                .param("stream", "matter:" + matter)
                .param("account", account)
                .query(Boolean.class)
                .single();
    }

    /** Joint units that have not agreed to their part. */
    List<Long> notAgreed(long matter) {
        return sql.sql("select unit from matter_unit where matter = :matter and agreed_at is null order by ordinal")
                .param("matter", matter)
                .query(Long.class)
                .list();
    }
}
