package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.calendar.Limit;
import org.luoshi.server.calendar.Run;
import org.luoshi.server.matters.types.ClockRule;
import org.luoshi.server.matters.types.Effect;
import org.luoshi.server.matters.types.Field;
import org.luoshi.server.matters.types.Guard;
import org.luoshi.server.matters.types.Move;
import org.luoshi.server.matters.types.Who;
import org.springframework.stereotype.Component;

/** Whether a person can make a move, and if not, everything that stands in the way. */
@Component
class Hindrances {
    private final MatterStore store;
    private final Surroundings surroundings;
    private final Wholes wholes;
    private final Files files;

    Hindrances(MatterStore store, Surroundings surroundings, Wholes wholes, Files files) {
        this.store = store;
        this.surroundings = surroundings;
        this.wholes = wholes;
        this.files = files;
    }

    /**
     * What stands between a person and a move, apart from inputs; empty: it can be made. The page shows these sentences
     * beside what is not allowed, the write path refuses with them.
     */
    List<Fault> of(User user, Open open, Move move, boolean withFiles) {
        List<Fault> faults = new ArrayList<>();
        Standing standing = surroundings.standing(user);
        if (!move.from().contains(open.state)) {
            faults.add(Fault.of(
                    "",
                    "matters.fault.state",
                    move.name(),
                    open.type.getState(open.state).name(),
                    move.from().stream().map(s -> open.type.getState(s).name()).toList()));
        }
        if (!may(standing, open, move)) {
            faults.add(Fault.of("", "matters.fault.who", move.name(), List.copyOf(move.who())));
        }
        wholeEnded(open, move.to()).ifPresent(faults::add);
        for (String key : move.needs()) {
            if (open.value(key).isBlank() && !move.asks().containsKey(key)) {
                faults.add(Fault.of("", "matters.fault.lacks", fieldName(open, key)));
            }
        }
        if (move.does() == Effect.VERIFY && open.unverified == 0) {
            faults.add(Fault.of("", "matters.fault.no-report"));
        }
        clocks(open, move, faults);
        for (Guard guard : move.guards()) {
            guard(user, standing, open, move, guard, withFiles).ifPresent(faults::add);
        }
        return faults;
    }

    /** A right that lasts for a time can be used in that time, and is gone only when the time is over. */
    private void clocks(Open open, Move move, List<Fault> faults) {
        Instant now = surroundings.now();
        for (String key : move.over()) {
            Run run = open.clocks.get(key);
            if (run != null && !run.isOverdue(now)) {
                faults.add(clock(open, "matters.fault.clock-runs", key, run));
            }
        }
        for (String key : move.within()) {
            Run run = open.clocks.get(key);
            if (run != null && run.isOverdue(now)) {
                faults.add(clock(open, "matters.fault.clock-over", key, run));
            }
        }
    }

    private Fault clock(Open open, String fault, String key, Run run) {
        ClockRule rule = Objects.requireNonNull(open.type.clocks().get(key));
        return Fault.of(
                "",
                fault,
                rule.name(),
                Limit.lastDay(run.runsOut(), surroundings.time().zone()).toString());
    }

    /** Whether the person is one of those who may make the move. */
    boolean may(Standing standing, Open open, Move move) {
        Set<Who> to = standing.to(open);
        return move.who().stream().anyMatch(to::contains);
    }

    /**
     * Holds the whole where a move lets work at its part begin again: it must not end at the same moment. To be called
     * before the hindrances of a move that is to be made.
     */
    void holdWhole(Open open, @Nullable String to) {
        Long parent = open.before.parent();
        if (parent != null && to != null && rises(open, to)) {
            store.asHouse(() -> store.hold(parent));
        }
    }

    /**
     * A part of what has ended, or was struck off and is only watched or rated, stays so: the whole would go on claiming
     * what its part takes back.
     */
    Optional<Fault> wholeEnded(Open open, @Nullable String to) {
        Long parent = open.before.parent();
        if (to == null || parent == null || !rises(open, to)) {
            return Optional.empty();
        }
        List<String> ended = new ArrayList<>();
        store.asHouse(() -> store.find(parent)
                .filter(whole -> MatterStore.stands(surroundings.typeOf(whole).getState(whole.state())))
                .ifPresent(whole -> ended.add(whole.number())));
        return when(!ended.isEmpty(), "matters.fault.whole-ended", ended);
    }

    /** Whether work begins again with a state: the matter had ended before, and has not in that state. */
    static boolean wakes(Open open, String to) {
        return open.before.ended() && !open.type.getState(to).end();
    }

    /** Whether work begins again where nobody had any to do, be it over or only struck off. */
    private static boolean rises(Open open, String to) {
        boolean stood = open.before.ended() || MatterStore.stands(open.type.getState(open.state));
        return stood && !MatterStore.stands(open.type.getState(to));
    }

    private static Object fieldName(Open open, String key) {
        Field field = open.type.field(key);
        return field == null ? key : field.name();
    }

    private Optional<Fault> guard(User user, Standing standing, Open open, Move move, Guard guard, boolean withFiles) {
        return switch (guard) {
            case EVIDENCE -> when(!withFiles && !hasEvidence(open), "matters.fault.evidence");
            case PARTS_ENDED -> {
                long running = wholes.parts(open.id()).stream()
                        .filter(part -> !part.ended())
                        .count();
                // All count, but only those that the person may see are named.
                List<String> seen = store.listParts(open.id()).stream()
                        .filter(part -> !part.ended())
                        .map(Matter::number)
                        .toList();
                yield when(running > 0, "matters.fault.parts", running, seen);
            }
            case COUNTERSIGNED -> {
                List<Long> missing = surroundings.notAgreed(open.id());
                yield when(
                        !missing.isEmpty()
                                && open.type.moves().values().stream().anyMatch(m -> m.does() == Effect.COUNTERSIGN),
                        "matters.fault.countersign",
                        surroundings
                                .tree()
                                .briefs(
                                        missing,
                                        LocalDate.now(surroundings.time().zone())));
            }
            case NOTHING_UNVERIFIED -> when(open.unverified > 0, "matters.fault.unverified", open.unverified);
            case COMPLETE -> {
                BigDecimal progress = open.progress;
                yield when(
                        progress == null || progress.compareTo(BigDecimal.valueOf(100)) < 0,
                        progress == null ? "matters.fault.complete-unknown" : "matters.fault.complete",
                        progress == null ? "" : progress.stripTrailingZeros().toPlainString());
            }
            case EXTENSION_ASKED -> when(open.asked == null, "matters.fault.not-asked");
            case NO_EXTENSION_ASKED -> when(open.asked != null, "matters.fault.asked-already");
            case EXTENSION_LEFT -> {
                ClockRule rule = open.type.mainClock().orElse(null);
                yield when(
                        rule == null || open.extended >= rule.mostExtensions(),
                        "matters.fault.extensions",
                        open.extended);
            }
            case OTHER_UNIT -> when(standing.isOfUnit(open.lead), "matters.fault.other-unit");
            case OTHER_PERSON ->
                when(
                        move.does() != Effect.VERIFY && Objects.equals(open.mover, user.account()),
                        "matters.fault.other-person");
            case NEW_PERSON -> when(surroundings.tookPart(open.id(), user.account()), "matters.fault.new-person");
        };
    }

    /** Once a matter was given, only those who carry it out can show that it was done, and only since the work began. */
    private boolean hasEvidence(Open open) {
        Set<String> began = open.type.beginnings();
        boolean given = open.givenAt != null;
        return files.hasEvidence(
                open.id(),
                given ? surroundings.lastMoved(open.id(), began) : null,
                began,
                unit -> !given
                        || surroundings.tree().worksFor(unit).stream()
                                .anyMatch(one -> one.equals(open.lead) || open.joint.contains(one)));
    }

    private static Optional<Fault> when(boolean wrong, String key, Object... arguments) {
        return wrong ? Optional.of(Fault.of("", key, arguments)) : Optional.empty();
    }
}
