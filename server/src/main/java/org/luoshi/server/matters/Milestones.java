package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.calendar.Run;
import org.luoshi.server.matters.types.Effect;
import org.luoshi.server.matters.types.Move;
import org.luoshi.server.matters.types.State;
import org.luoshi.server.matters.types.Who;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Milestones of a matter: planned by hand or counted back from the deadline; what slips moves what follows. */
@Component
public class Milestones {
    private static final int MOST = 60;

    private final JdbcClient sql;
    private final Journal journal;
    private final MatterStore store;
    private final Surroundings surroundings;
    private final Slips slips;
    private final Clock clock;

    Milestones(
            JdbcClient sql, Journal journal, MatterStore store, Surroundings surroundings, Slips slips, Clock clock) {
        this.sql = sql;
        this.journal = journal;
        this.store = store;
        this.surroundings = surroundings;
        this.slips = slips;
        this.clock = clock;
    }

    /**
     * A milestone as somebody plans it.
     *
     * @param id null for a new one
     * @param planned null where it is to be counted back from the deadline
     * @param days how long it takes after the one it follows; 0: it does not follow
     * @param reached the day it was reached, null: not yet
     * @param after the line that it follows, counted from 1; 0: the one above
     */
    public record Line(
            @Nullable Long id,
            String name,
            @Nullable LocalDate planned,
            int days,
            BigDecimal weight,
            @Nullable LocalDate reached,
            int after) {

        /** A line that follows the one above, where it has days. */
        public Line(
                @Nullable Long id,
                String name,
                @Nullable LocalDate planned,
                int days,
                BigDecimal weight,
                @Nullable LocalDate reached) {
            this(id, name, planned, days, weight, reached, 0);
        }

        Line on(LocalDate day) {
            return new Line(id, name, day, days, weight, reached, after);
        }

        /** The place of the line that it follows, from 0; -1: none. */
        private int followed(int place) {
            return days == 0 ? -1 : (after == 0 ? place : after) - 1;
        }
    }

    /**
     * Plans the milestones of a matter without touching a baseline; see
     * {@link #plan(User, long, int, List, String, String)}.
     */
    public void plan(User user, long matter, int version, List<Line> lines, String request) {
        plan(user, matter, version, lines, "", request);
    }

    /**
     * Plans the milestones of a matter. Those that exist keep their baseline; a new one's baseline is its planned day.
     * What moved because something before it slipped is in the journal.
     *
     * <p>Once a plan was saved for a matter that is handed down, a milestone that is added counts for the schedule only
     * after the next baseline. No day is planned after the deadline by hand.
     *
     * <p>Once the matter is handed down a milestone with a baseline is taken out, renamed or weighed anew only by who
     * may make the type's move that re-baselines, with a reason: what should be done by now hangs on it. Such a plan is
     * that move; all baselines become what is planned.
     *
     * @param reason of a new baseline; blank: baselines stay
     * @throws MoveRefused with every fault of the lines; where the matter has ended, was changed meanwhile, or is not
     *     this person's to plan
     */
    public void plan(User user, long matter, int version, List<Line> lines, String reason, String request) {
        journal.writeOnce(user.actor(), request, acts -> {
            Matter found = store.lock(matter)
                    .orElseThrow(() -> new MoveRefused(List.of(Fault.of("", "matters.fault.none")), false));
            Open open = surroundings.open(found, surroundings.typeOf(found));
            Set<Who> standing = surroundings.standing(user).to(open);
            if (!standing.contains(Who.LEAD) && !standing.contains(Who.SUPERVISION) && !standing.contains(Who.GIVER)) {
                throw new MoveRefused(List.of(Fault.of("", "matters.fault.plan")), false);
            }
            if (version != found.version()) {
                throw new MoveRefused(List.of(surroundings.stale(open)), true);
            }
            if (found.ended()) {
                throw new MoveRefused(List.of(Fault.of("", "matters.fault.plan-ended")), false);
            }
            List<Schedule.Milestone> before = store.milestones(matter);
            List<Line> dated = counted(lines, found.due());
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            LocalDate today = now.atZone(surroundings.time().zone()).toLocalDate();
            check(dated, before, found, today);
            boolean bound = isHandedDown(open);
            List<String> replaced = bound ? replaced(dated, before) : List.of();
            Move rebaseline = !bound || replaced.isEmpty() && reason.isBlank()
                    ? null
                    : rebaselining(open, standing, replaced, reason.strip());
            write(open, dated, before, !bound || before.isEmpty());
            List<Schedule.Milestone> planned = store.milestones(matter);
            List<String> moved;
            try {
                moved = slips.move(planned, today);
            } catch (IllegalArgumentException e) {
                throw new MoveRefused(List.of(Fault.of("", "matters.fault.circle")), false);
            }
            checkWhatFollows(before, store.milestones(matter), found.due());
            if (rebaseline != null) {
                slips.rebaseline(open);
            }
            store.save(open, surroundings.judge(open, now), now);
            Map<String, Object> details = new LinkedHashMap<>();
            details.put(
                    "note",
                    String.join(
                            "；",
                            store.milestones(matter).stream()
                                    .map(m -> m.name() + " " + m.when() + (m.counts() ? "" : "（未计入序时）"))
                                    .toList()));
            details.put("version", found.version() + 1);
            if (!moved.isEmpty()) {
                slips.tell(open, moved, user.name(), user.account(), now);
            }
            if (rebaseline != null) {
                details.put("move", rebaseline.key());
                details.put("from", open.state);
                details.put("reason", reason.strip());
                details.put(
                        "before",
                        before.stream().map(m -> m.name() + " " + m.baseline()).toList());
                acts.note("matter:" + matter, "matter.move", details);
                tell(user, open, rebaseline, reason.strip(), now);
                return true;
            }
            if (!moved.isEmpty()) {
                details.put("reason", String.join("；", moved));
            }
            acts.note("matter:" + matter, "matter.milestones", details);
            return true;
        });
    }

    /** Handed down, and not returned to who drafts it. */
    private static boolean isHandedDown(Open open) {
        State state = open.type.getState(open.state);
        return open.givenAt != null && (!state.start() || state.waitsFor().contains(Who.LEAD));
    }

    /** Whether a person may take out or replace milestones that have a baseline, now. */
    boolean mayRebaseline(User user, Matter matter) {
        Open open = surroundings.open(matter, surroundings.typeOf(matter));
        return !matter.ended()
                && isHandedDown(open)
                && move(open, surroundings.standing(user).to(open)).isPresent();
    }

    private static Optional<Move> move(Open open, Set<Who> standing) {
        return open.type.moves().values().stream()
                .filter(m -> m.does() == Effect.REBASELINE)
                .filter(m -> m.from().contains(open.state) && m.who().stream().anyMatch(standing::contains))
                .findFirst();
    }

    private static Move rebaselining(Open open, Set<Who> standing, List<String> replaced, String reason) {
        Move move = move(open, standing)
                .orElseThrow(() -> new MoveRefused(List.of(Fault.of("", "matters.fault.baseline", replaced)), false));
        if (reason.isEmpty()) {
            throw new MoveRefused(List.of(Fault.of("reason", "matters.fault.baseline-reason", replaced)), false);
        }
        return move;
    }

    /** Names of milestones that a plan drops, renames or weighs anew: each bends what should be done by now. */
    private static List<String> replaced(List<Line> lines, List<Schedule.Milestone> before) {
        return before.stream()
                .filter(Schedule.Milestone::counts)
                .filter(old -> lines.stream()
                        .filter(line -> Objects.equals(line.id(), old.id()))
                        .noneMatch(line -> line.name().strip().equals(old.name())
                                && line.weight().compareTo(old.weight()) == 0))
                .map(Schedule.Milestone::name)
                .toList();
    }

    private void tell(User user, Open open, Move move, String reason, Instant now) {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("type", open.type.key());
        told.put("version", Integer.toString(open.type.version()));
        told.put("move", move.key());
        told.put("by", user.name());
        told.put("reason", reason);
        surroundings.tell(open, move.tells(), "move", told, user.account(), now);
    }

    /** Fills in the days that are to be counted back: the last one ends on the deadline. */
    private static List<Line> counted(List<Line> lines, @Nullable LocalDate due) {
        if (due == null || lines.stream().allMatch(l -> l.planned() != null)) {
            return lines;
        }
        List<LocalDate> ends = Schedule.countBack(
                lines.stream()
                        .map(l -> new Schedule.Step(l.name(), l.days(), l.weight()))
                        .toList(),
                due);
        List<Line> dated = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            dated.add(line.planned() != null ? line : line.on(ends.get(i)));
        }
        return dated;
    }

    private static void check(List<Line> lines, List<Schedule.Milestone> before, Matter matter, LocalDate today) {
        List<Fault> faults = new ArrayList<>();
        LocalDate due = matter.due();
        if (lines.size() > MOST) {
            faults.add(Fault.of("", "matters.fault.milestones", lines.size(), MOST));
        }
        for (Line line : lines) {
            LocalDate planned = line.planned();
            if (line.name().isBlank()) {
                faults.add(Fault.of("", "matters.fault.milestone-name"));
            }
            if (planned == null) {
                faults.add(Fault.of("", "matters.fault.milestone-day", line.name()));
            } else if (due != null && planned.isAfter(due) && !isPlanned(before, line)) {
                faults.add(
                        Fault.of("", "matters.fault.milestone-late", line.name(), planned.toString(), due.toString()));
            }
            if (line.after() > lines.size()) {
                faults.add(Fault.of("", "matters.fault.milestone-follows", line.name(), line.after()));
            }
            LocalDate reached = line.reached();
            if (reached != null && reached.isAfter(today)) {
                faults.add(Fault.of("", "matters.fault.milestone-reached", line.name(), reached.toString()));
            }
            if (line.weight().signum() <= 0) {
                faults.add(Fault.of("", "matters.fault.milestone-weight", line.name()));
            }
        }
        if (!faults.isEmpty()) {
            throw new MoveRefused(faults, false);
        }
    }

    /** Whether a line stands as it did: what slipped past the deadline is no new plan. */
    private static boolean isPlanned(List<Schedule.Milestone> before, Line line) {
        return before.stream()
                .anyMatch(m -> Objects.equals(m.id(), line.id()) && m.planned().equals(line.planned()));
    }

    /** What is made to follow another, or later than it did, may not be put past the deadline by that. */
    private static void checkWhatFollows(
            List<Schedule.Milestone> before, List<Schedule.Milestone> after, @Nullable LocalDate due) {
        List<Fault> faults = new ArrayList<>();
        for (Schedule.Milestone now : after) {
            boolean same = before.stream()
                    .anyMatch(m ->
                            m.id() == now.id() && m.days() == now.days() && Objects.equals(m.follows(), now.follows()));
            boolean open = now.reached() == null && now.follows() != null;
            if (due != null && open && !same && now.planned().isAfter(due)) {
                faults.add(Fault.of(
                        "",
                        "matters.fault.milestone-late",
                        now.name(),
                        now.planned().toString(),
                        due.toString()));
            }
        }
        if (!faults.isEmpty()) {
            throw new MoveRefused(faults, false);
        }
    }

    /** @param counts whether lines that are added tell what should be done at once */
    private void write(Open open, List<Line> lines, List<Schedule.Milestone> before, boolean counts) {
        long matter = open.id();
        long paused = open.type
                .mainClock()
                .map(rule -> open.clocks.get(rule.key()))
                .map(Run::pausedDays)
                .orElse(0L);
        List<Long> kept = lines.stream().map(Line::id).filter(Objects::nonNull).toList();
        sql.sql("update milestone set follows = null where matter = :matter")
                .param("matter", matter)
                .update();
        sql.sql("delete from milestone where matter = :matter and not id = any(:kept)")
                .param("matter", matter)
                .param("kept", kept.toArray(Long[]::new))
                .update();
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            LocalDate planned = Objects.requireNonNull(line.planned());
            Schedule.Milestone old = before.stream()
                    .filter(m -> Objects.equals(m.id(), line.id()))
                    .findFirst()
                    .orElse(null);
            if (old == null) {
                ids.add(sql.sql("""
                                insert into milestone (matter, ordinal, name, days, weight, baseline, planned, reached, paused, counts)
                                values (:matter, :ordinal, :name, :days, :weight, :planned, :planned, :reached, :paused, :counts)
                                returning id""")
                        .param("matter", matter)
                        .param("ordinal", i)
                        .param("name", line.name().strip())
                        .param("days", line.days())
                        .param("weight", line.weight())
                        .param("planned", planned)
                        .param("reached", line.reached())
                        .param("paused", paused)
                        .param("counts", counts)
                        .query(Long.class)
                        .single());
            } else {
                sql.sql("""
                                update milestone set ordinal = :ordinal, name = :name, days = :days,
                                  weight = :weight, planned = :planned, reached = :reached where id = :id""")
                        .param("ordinal", i)
                        .param("name", line.name().strip())
                        .param("days", line.days())
                        .param("weight", line.weight())
                        .param("planned", planned)
                        .param("reached", line.reached())
                        .param("id", old.id())
                        .update();
                ids.add(old.id());
            }
        }
        // A line may follow one that stands below it, so the ids of all must be known first.
        for (int i = 0; i < lines.size(); i++) {
            int followed = lines.get(i).followed(i);
            if (followed >= 0) {
                sql.sql("update milestone set follows = :follows where id = :id")
                        .param("follows", ids.get(followed))
                        .param("id", ids.get(i))
                        .update();
            }
        }
    }

    List<Schedule.Milestone> list(long matter) {
        return store.milestones(matter);
    }
}
