package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.Move;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes target tasks of registered commitments and hands them down where lead unit and deadline are known. */
@Component
class HandDown {
    static final String TYPE = "target-task";
    private static final String MOVE = "hand-down";
    private static final int LONGEST = 300;

    private final Matters matters;
    private final MatterStore store;
    private final Moves moves;
    private final Types types;
    private final Surroundings surroundings;
    private final Journal journal;
    private final JdbcClient sql;
    private final Clock clock;

    HandDown(
            Matters matters,
            MatterStore store,
            Moves moves,
            Types types,
            Surroundings surroundings,
            Journal journal,
            JdbcClient sql,
            Clock clock) {
        this.matters = matters;
        this.store = store;
        this.moves = moves;
        this.types = types;
        this.surroundings = surroundings;
        this.journal = journal;
        this.sql = sql;
        this.clock = clock;
    }

    /** What became of an entry. */
    sealed interface Outcome {
        /** Made and handed down. */
        record Handed(long matter) implements Outcome {}

        /** Made; lead unit or a deadline still to come is missing. */
        record Drafted(long matter) implements Outcome {}

        /** There was a matter for it before. */
        record Known(long matter) implements Outcome {}

        record Refused(List<Fault> faults) implements Outcome {}
    }

    private record Entry(
            String what,
            String sentence,
            @Nullable Long lead,
            @Nullable Long leader,
            @Nullable LocalDate due,
            String document,
            List<Long> joint,
            String target,
            String measure) {}

    boolean may(User user) {
        return types.find(TYPE).filter(type -> matters.mayCreate(user, type)).isPresent();
    }

    /** Each entry in a transaction of its own: one that is refused does not hold up the others. */
    Outcome handDown(User user, long commitment) {
        MatterType type = types.get(TYPE);
        if (!matters.mayCreate(user, type)) {
            return new Outcome.Refused(List.of(Fault.of("", "matters.fault.create", type.name())));
        }
        try {
            return journal.write(user.actor(), acts -> make(acts, user, type, commitment));
        } catch (MoveRefused refused) {
            return new Outcome.Refused(refused.faults());
        }
    }

    private Outcome make(Journal.Acts acts, User user, MatterType type, long commitment) {
        // The lock keeps two who click at once from making two.
        Entry entry = sql.sql("""
                        select c.what, c.sentence, c.lead, c.leader, c.due, d.title,
                               array(select j.unit from commitment_joint j where j.commitment = c.id order by j.ordinal) as joint,
                               coalesce(t.value::text, '') as target, coalesce(t.unit, '') as measure
                        from commitment c join document d on d.id = c.document
                          left join lateral (
                            -- One amount that is to be reached can be counted towards; several, or a growth, cannot.
                            select min(value) as value, min(unit) as unit from commitment_target
                            where commitment = c.id having count(*) = 1 and count(*) filter (
                              where value > 0 and op in ('>=', '=', '>') and basis = 'level' and not masked) = 1) t on true
                        where c.id = :id and c.state = 'registered' for update of c""")
                .param("id", commitment)
                .query((row, n) -> entry(row))
                .optional()
                .orElseThrow(() -> new MoveRefused(List.of(Fault.of("", "letters.fault.no-entry")), false));
        Long known = sql.sql("select min(id) from matter where commitment = :id and parent is null")
                .param("id", commitment)
                .query(Long.class)
                .optional()
                .orElse(null);
        if (known != null) {
            return new Outcome.Known(known);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        LocalDate today = LocalDate.now(clock);
        // A deadline that is over cannot be given any more; the office sets another.
        LocalDate due = entry.due() == null || entry.due().isBefore(today) ? null : entry.due();
        long id = matters.createIn(
                acts,
                user,
                new Matters.Draft(
                        TYPE, typed(type, entry, leader(entry, today), due), commitment, null, BigDecimal.ONE));
        Move move = type.findMove(MOVE).orElse(null);
        if (entry.lead() == null || due == null || move == null) {
            return new Outcome.Drafted(id);
        }
        Open open = surroundings.open(store.lock(id).orElseThrow(), type);
        moves.make(acts, user, open, move, new Matters.Asked(MOVE, open.before.version(), Map.of(), List.of()), now);
        return new Outcome.Handed(id);
    }

    /** The leader in charge today; the entry names the one of the day on which it was registered. */
    private @Nullable Long leader(Entry entry, LocalDate today) {
        Long now = entry.lead() == null ? null : surroundings.leaderOf(entry.lead(), today);
        return now == null ? entry.leader() : now;
    }

    private static Map<String, String> typed(
            MatterType type, Entry entry, @Nullable Long leader, @Nullable LocalDate due) {
        Map<String, String> typed = new HashMap<>();
        typed.put("title", cut(entry.what()));
        typed.put("what", entry.sentence());
        typed.put("source", cut(entry.document()));
        typed.put("public", "false");
        if (type.field("target") != null && !entry.target().isEmpty()) {
            typed.put("target", entry.target());
            typed.put("measure", entry.measure());
        }
        typed.put(
                "joint",
                String.join(",", entry.joint().stream().map(String::valueOf).toList()));
        put(typed, "lead", entry.lead());
        put(typed, "leader", leader);
        put(typed, "due", due);
        return typed;
    }

    private static void put(Map<String, String> typed, String key, @Nullable Object value) {
        if (value != null) {
            typed.put(key, value.toString());
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getString("what"),
                row.getString("sentence"),
                row.getObject("lead", Long.class),
                row.getObject("leader", Long.class),
                row.getObject("due", LocalDate.class),
                row.getString("title"),
                MatterStore.longs(row.getArray("joint")),
                row.getString("target"),
                row.getString("measure"));
    }
}
