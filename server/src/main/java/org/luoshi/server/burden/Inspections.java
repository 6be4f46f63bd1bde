package org.luoshi.server.burden;

import java.sql.ResultSet;
import java.sql.SQLException;
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
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.calendar.Calendars;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The yearly plan of inspections: units propose, the supervision office approves, and two visits to the same unit become
 * one.
 */
@Component
public class Inspections {
    static final Set<String> KINDS = Set.of("supervision", "inspection", "assessment", "survey");
    /** Two who propose at once: the second waits, and is told of the first. */
    private static final long TURN = 650_002;

    private final JdbcClient sql;
    private final Journal journal;
    private final Requests requests;
    private final BurdenRules rules;
    private final Calendars calendars;
    private final Clock clock;

    Inspections(
            JdbcClient sql, Journal journal, Requests requests, BurdenRules rules, Calendars calendars, Clock clock) {
        this.sql = sql;
        this.journal = journal;
        this.requests = requests;
        this.rules = rules;
        this.calendars = calendars;
        this.clock = clock;
    }

    /** A visit of the plan. @param joinedInto wanted while it is proposed, done when it is joined */
    public record Inspection(
            long id,
            String title,
            long organiser,
            List<Long> others,
            List<Long> units,
            LocalDate from,
            LocalDate to,
            String basis,
            String kind,
            int people,
            String state,
            @Nullable Long joinedInto,
            String despite,
            String reason,
            int version) {}

    /** A visit to be planned. @param despite why it is planned although it clashes; empty: it must not clash */
    record Plan(
            String title,
            SequencedSet<Long> units,
            LocalDate from,
            LocalDate to,
            String basis,
            String kind,
            int people,
            String despite,
            @Nullable Long join) {}

    /** A visit clashes; nothing was kept. */
    static final class Clashing extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient List<Clash> clashes;

        Clashing(List<Clash> clashes) {
            super(clashes.toString());
            this.clashes = List.copyOf(clashes);
        }

        List<Clash> clashes() {
            return clashes;
        }
    }

    Clashes clashes() {
        return new Clashes(rules.rules(), calendars.time().days());
    }

    /** Visits to some units, whoever makes them, in the years of a time. */
    List<Clashes.Visit> planned(Collection<Long> units, LocalDate from, LocalDate to) {
        return sql.sql("""
                        select id, title, organiser, from_day, to_day, units
                        from planned_visits(cast(:units as bigint[]), :from, :to) order by from_day, id""")
                .param("units", units.toArray(Long[]::new))
                .param("from", from.withDayOfYear(1).minusDays(60))
                .param("to", LocalDate.of(to.getYear() + 1, 12, 31))
                .query((row, n) -> new Clashes.Visit(
                        row.getLong("id"),
                        row.getString("title"),
                        row.getLong("organiser"),
                        row.getObject("from_day", LocalDate.class),
                        row.getObject("to_day", LocalDate.class),
                        List.of((Long[]) row.getArray("units").getArray())))
                .list();
    }

    /** Which of some visits the person may see. */
    Set<Long> visible(Collection<Long> wanted) {
        return Set.copyOf(sql.sql("select id from inspection where id = any(cast(:wanted as bigint[]))")
                .param("wanted", wanted.toArray(Long[]::new))
                .query(Long.class)
                .list());
    }

    List<Clash> clashesOf(long self, Collection<Long> units, LocalDate from, LocalDate to) {
        return clashes().of(self, units, from, to, planned(units, from, to));
    }

    /**
     * Proposes a visit; what the supervision office proposes is approved.
     *
     * @throws Clashing where it clashes and no reason is given, and it is not to be joined with another
     */
    long propose(User user, Plan plan, String key) {
        if (!Requests.mayAsk(user)) {
            throw new Refused("burden.refused.may-not-visit");
        }
        String bound = Journal.bound(key, "inspection.propose", plan);
        return journal.writeOnce(user.actor(), bound, acts -> {
                    sql.sql("select pg_advisory_xact_lock(:turn)")
                            .param("turn", TURN)
                            .query(row -> {});
                    List<Clash> clashes = clashesOf(0, plan.units(), plan.from(), plan.to());
                    if (!clashes.isEmpty() && plan.despite().isBlank() && plan.join() == null) {
                        throw new Clashing(clashes);
                    }
                    long id = insert(user, plan);
                    Map<String, Object> details = new LinkedHashMap<>();
                    details.put("title", plan.title());
                    details.put("units", plan.units());
                    details.put("from", plan.from().toString());
                    details.put("to", plan.to().toString());
                    if (!clashes.isEmpty()) {
                        details.put("clashes", clashes.size());
                        details.put("despite", plan.despite());
                    }
                    acts.note("inspection:" + id, "inspection.propose", details);
                    return id;
                })
                .orElseGet(() -> proposed(user, bound));
    }

    private long insert(User user, Plan plan) {
        boolean office = user.is(Role.SUPERVISION) && plan.join() == null;
        Set<Long> parties = new LinkedHashSet<>(plan.units());
        parties.add(user.unit());
        return sql.sql("""
                        insert into inspection (title, organiser, units, parties, from_day, to_day, basis, kind, people, state, joined_into,
                                                despite, created_by, created_at, decided_by)
                        values (:title, :organiser, :units, :parties, :from, :to, :basis, :kind, :people, :state, :join, :despite, :by, :at,
                                :decided) returning id""")
                .param("title", plan.title())
                .param("organiser", user.unit())
                .param("units", plan.units().toArray(Long[]::new))
                .param("parties", parties.toArray(Long[]::new))
                .param("from", plan.from())
                .param("to", plan.to())
                .param("basis", plan.basis())
                .param("kind", plan.kind())
                .param("people", plan.people())
                .param("state", office ? "approved" : "proposed")
                .param("join", plan.join())
                .param("despite", plan.despite())
                .param("by", user.account())
                .param("at", Timestamp.from(now()))
                .param("decided", office ? user.account() : null)
                .query(Long.class)
                .single();
    }

    private long proposed(User user, String key) {
        return sql.sql("""
                        select j.stream from journal_request r join journal j on j.batch = r.batch
                        where r.request = :request and j.act = 'inspection.propose' order by j.id limit 1""")
                .param("request", user.account() + ":" + key)
                .query(String.class)
                .optional()
                .map(stream -> Long.parseLong(stream.substring(stream.indexOf(':') + 1)))
                .orElseThrow(() -> new Refused("burden.refused.repeated"));
    }

    /** Approves or rejects what was proposed; cancels what is planned. */
    void decide(User user, long id, int version, String state, String reason) {
        boolean office = user.is(Role.SUPERVISION);
        journal.write(user.actor(), acts -> {
            Inspection found = lock(id, version);
            boolean cancels = state.equals("cancelled");
            boolean may = cancels ? office || requests.isOf(user, found.organiser()) : office;
            if (!may) {
                throw new Refused("burden.refused.office");
            }
            boolean fits =
                    found.state().equals("proposed") || cancels && found.state().equals("approved");
            if (!fits) {
                throw Refused.conflict("burden.refused.inspection-state");
            }
            if (!state.equals("approved") && reason.isBlank()) {
                throw new Refused("burden.refused.reason");
            }
            sql.sql("""
                            update inspection set state = :state, reason = :reason, decided_by = :by, version = version + 1,
                              joined_into = null where id = :id""")
                    .param("state", state)
                    .param("reason", reason.strip())
                    .param("by", user.account())
                    .param("id", id)
                    .update();
            acts.note("inspection:" + id, "inspection." + state, Map.of("reason", reason.strip()));
            return true;
        });
    }

    /** Makes one visit of two: the other keeps its days, takes over units and organisers, and the larger number of people. */
    void join(User user, long id, int version, long into) {
        if (!user.is(Role.SUPERVISION)) {
            throw new Refused("burden.refused.office");
        }
        journal.write(user.actor(), acts -> {
            if (id == into) {
                throw new Refused("burden.refused.join");
            }
            lockBoth(id, into);
            Inspection found = lock(id, version);
            Inspection other = find(into).orElseThrow(() -> new Refused("burden.refused.join"));
            if (!open(found) || !open(other)) {
                throw Refused.conflict("burden.refused.inspection-state");
            }
            Set<Long> units = new LinkedHashSet<>(other.units());
            units.addAll(found.units());
            Set<Long> others = new LinkedHashSet<>(other.others());
            others.add(found.organiser());
            others.addAll(found.others());
            others.remove(other.organiser());
            Set<Long> parties = new LinkedHashSet<>(units);
            parties.add(other.organiser());
            parties.addAll(others);
            sql.sql("""
                            update inspection set units = :units, others = :others, parties = :parties, people = greatest(people, :people),
                              version = version + 1 where id = :id""")
                    .param("units", units.toArray(Long[]::new))
                    .param("others", others.toArray(Long[]::new))
                    .param("parties", parties.toArray(Long[]::new))
                    .param("people", found.people())
                    .param("id", into)
                    .update();
            sql.sql("""
                            update inspection set state = 'joined', joined_into = :into, decided_by = :by, version = version + 1
                            where id = :id""")
                    .param("into", into)
                    .param("by", user.account())
                    .param("id", id)
                    .update();
            acts.note("inspection:" + id, "inspection.join", Map.of("into", into));
            acts.note("inspection:" + into, "inspection.take-in", Map.of("from", id, "title", found.title()));
            return true;
        });
    }

    private static boolean open(Inspection inspection) {
        return inspection.state().equals("proposed") || inspection.state().equals("approved");
    }

    private void lockBoth(long a, long b) {
        sql.sql("select id from inspection where id in (:a, :b) order by id for update")
                .param("a", a)
                .param("b", b)
                .query(Long.class)
                .list();
    }

    private Inspection lock(long id, int version) {
        sql.sql("select id from inspection where id = :id for update")
                .param("id", id)
                .query(Long.class)
                .optional();
        Inspection found = find(id).orElseThrow(() -> new Refused("burden.refused.no-inspection"));
        if (found.version() != version) {
            throw Refused.conflict("burden.refused.inspection-state");
        }
        return found;
    }

    private static final String SELECT = """
            select id, title, organiser, others, units, from_day, to_day, basis, kind, people, state, joined_into, despite, reason, version
            from inspection
            """;

    Optional<Inspection> find(long id) {
        return sql.sql(SELECT + " where id = :id")
                .param("id", id)
                .query(Inspections::inspection)
                .optional();
    }

    /** Visits that touch a time, that the person may see. */
    List<Inspection> list(LocalDate from, LocalDate to) {
        return sql.sql(SELECT + " where from_day <= :to and to_day >= :from order by from_day, id")
                .param("from", from)
                .param("to", to)
                .query(Inspections::inspection)
                .list();
    }

    private static Inspection inspection(ResultSet row, int n) throws SQLException {
        return new Inspection(
                row.getLong("id"),
                row.getString("title"),
                row.getLong("organiser"),
                List.of((Long[]) row.getArray("others").getArray()),
                List.of((Long[]) row.getArray("units").getArray()),
                row.getObject("from_day", LocalDate.class),
                row.getObject("to_day", LocalDate.class),
                row.getString("basis"),
                row.getString("kind"),
                row.getInt("people"),
                row.getString("state"),
                row.getObject("joined_into", Long.class),
                row.getString("despite"),
                row.getString("reason"),
                row.getInt("version"));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
