package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.calendar.Limit;
import org.luoshi.server.calendar.Run;
import org.luoshi.server.matters.types.ClockRule;
import org.luoshi.server.matters.types.Effect;
import org.luoshi.server.matters.types.Field;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.Move;
import org.luoshi.server.matters.types.State;
import org.luoshi.server.matters.types.Who;
import org.springframework.stereotype.Component;

/** Checks a move against the file of the type and makes it. */
@Component
class Moves {
    private final MatterStore store;
    private final Hindrances hindrances;
    private final Wholes wholes;
    private final MatterClocks clocks;
    private final Surroundings surroundings;
    private final Effects effects;
    private final Files files;

    Moves(
            MatterStore store,
            Hindrances hindrances,
            Wholes wholes,
            MatterClocks clocks,
            Surroundings surroundings,
            Effects effects,
            Files files) {
        this.store = store;
        this.hindrances = hindrances;
        this.wholes = wholes;
        this.clocks = clocks;
        this.surroundings = surroundings;
        this.effects = effects;
        this.files = files;
    }

    /** Nobody could answer it where the matter goes, and it would come back to life with the state. */
    private static void dropAsked(Open open, State to, Map<String, Object> details) {
        Matter.Asked unanswered = open.asked;
        if (unanswered != null && !to.key().equals(open.state)) {
            details.put("extension-dropped", unanswered.due().toString());
            open.asked = null;
        }
    }

    /** Starts the clocks that run from the day on which a matter comes to be. */
    void begin(Open open, Instant now) {
        clocks.moved(open, ClockRule.CREATED, now);
    }

    /** Puts a matter into a state by hand, with all that follows as had a move led there, and notes it as an override. */
    void put(Journal.Acts acts, User user, Open open, State to, Instant now, Map<String, Object> details) {
        hindrances.holdWhole(open, to.key());
        hindrances.wholeEnded(open, to.key()).ifPresent(fault -> {
            throw new MoveRefused(List.of(fault), false);
        });
        if (Hindrances.wakes(open, to.key())) {
            effects.beginAnew(open, details);
        }
        dropAsked(open, to, details);
        open.state = to.key();
        open.mover = user.account();
        open.closedAt = to.end() ? now : null;
        if (to.waitsFor().contains(Who.LEAD) && open.givenAt == null) {
            open.givenAt = now;
        }
        clocks.put(open, now);
        effects.resumed(acts, open);
        store.save(open, surroundings.judge(open, now), now);
        acts.note("matter:" + open.id(), "matter.override", details);
        if (open.before.parent() != null) {
            wholes.rollUp(acts, open.before.parent(), now);
        }
    }

    /**
     * Brings a matter under another version of its type; its clocks run, are held or stop as they would had a move of
     * that version led to its state. What stopped under the old version stays so; the main clock goes on as it ran,
     * whatever it is called.
     *
     * @param open the matter under the new version, with the clocks of the old one
     */
    void moveOver(Open open, MatterType old, Instant now) {
        Map<String, Run> before = Map.copyOf(open.clocks);
        open.type
                .mainClock()
                .map(ClockRule::key)
                .ifPresent(key -> old.mainClock()
                        .map(rule -> before.get(rule.key()))
                        .ifPresent(run -> open.clocks.putIfAbsent(key, run)));
        Map<String, Run> carried = Map.copyOf(open.clocks);
        clocks.put(open, now);
        carried.forEach((key, run) -> {
            if (run.stoppedAt() != null) {
                open.clocks.put(key, run);
            }
        });
        // A clock that the new version does not know would never be stopped again.
        open.clocks.replaceAll((key, run) -> open.type.clocks().containsKey(key) ? run : run.stop(now));
        store.save(open, surroundings.judge(open, now), now);
    }

    /** Makes a move in the transaction that runs, the matter being locked. */
    void make(Journal.Acts acts, User user, Open open, Move move, Matters.Asked asked, Instant now) {
        make(acts, user, open, move, asked, now, false);
    }

    /** @param quietly whether nobody is told */
    void make(Journal.Acts acts, User user, Open open, Move move, Matters.Asked sent, Instant now, boolean quietly) {
        Matters.Asked asked = blankStays(user, open, move, sent);
        LocalDate today = now.atZone(surroundings.time().zone()).toLocalDate();
        boolean harmless = move.does() == Effect.REPORT || move.does() == Effect.COUNTERSIGN;
        if (asked.version() != open.before.version()
                && !(harmless && move.from().contains(open.state))) {
            throw new MoveRefused(List.of(surroundings.stale(open)), true);
        }
        hindrances.holdWhole(open, move.to());
        List<Fault> faults =
                new ArrayList<>(hindrances.of(user, open, move, !asked.files().isEmpty()));
        if (faults.isEmpty()) {
            needed(open, move, asked, today, faults);
        }
        Map<String, String> values = surroundings
                .inputs(open.type, List.of(asked.typed()), today, today)
                .noting(faults)
                .fields(asked.typed(), move.asks().keySet());
        if (move.does() == Effect.ASK_EXTENSION) {
            extensionFits(open, values, faults);
        }
        faults.addAll(files.check(asked.files()));
        if (!faults.isEmpty()) {
            throw new MoveRefused(faults, false);
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("move", move.key());
        details.put("from", open.state);
        details.put("version", open.before.version() + 1);
        String note = asked.typed().getOrDefault("note", "").strip();
        String reason = asked.typed().getOrDefault("reason", "").strip();
        String finding = asked.typed().getOrDefault("finding", "").strip();
        put(details, "note", note);
        put(details, "reason", reason);
        put(details, "finding", finding);
        if (move.does() != Effect.ASK_EXTENSION) {
            Map<String, String> shown = new LinkedHashMap<>();
            values.forEach((key, value) -> {
                Field field = Objects.requireNonNull(open.type.field(key));
                shown.put(key, field.kind() == Field.Kind.PERSONAL ? "***" : value);
            });
            if (!shown.isEmpty()) {
                details.put("set", shown);
            }
            open.set(values);
        }
        Long progress = effects.of(acts, user, open, move, asked, values, now, details);
        List<String> kept = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        for (Files.Upload upload : asked.files()) {
            ids.add(files.keep(upload, open.id(), progress, move.key(), user.account(), now));
            kept.add(Files.clean(upload.name()));
        }
        if (!kept.isEmpty()) {
            details.put("files", kept);
            details.put("file-ids", ids);
        }
        if (move.to() != null) {
            State to = open.type.getState(move.to());
            dropAsked(open, to, details);
            open.state = to.key();
            open.mover = user.account();
            details.put("to", to.key());
            if (move.back() && move.who().contains(Who.CHECKER)) {
                open.bounced++;
            }
            if (to.waitsFor().contains(Who.LEAD) && open.givenAt == null) {
                open.givenAt = now;
            }
            open.closedAt = to.end() ? now : null;
        }
        if (move.does() == Effect.RECUR || Hindrances.wakes(open, open.state)) {
            effects.beginAnew(open, details);
        }
        clocks.moved(open, move.key(), now);
        effects.resumed(acts, open);
        store.save(open, surroundings.judge(open, now), now);
        acts.note("matter:" + open.id(), "matter.move", details);
        Map<String, String> told = new LinkedHashMap<>();
        told.put("type", open.type.key());
        told.put("version", Integer.toString(open.type.version()));
        told.put("move", move.key());
        told.put("by", user.name());
        if (!reason.isEmpty()) {
            told.put("reason", reason);
        }
        // Who never heard of it is not told that it is gone.
        boolean unheard = open.givenAt == null && open.type.getState(open.state).end();
        if (!unheard && !quietly) {
            surroundings.tell(open, move.tells(), "move", told, user.account(), now);
        }
        // A part that was called off no longer counts, one that was struck off counts in full.
        boolean turned = open.type.getState(open.state).end() != open.before.ended();
        if (open.before.parent() != null && (turned || !Objects.equals(open.progress, open.before.progress()))) {
            wholes.rollUp(acts, open.before.parent(), now);
        }
        if (move.does() == Effect.TRANSFER) {
            wholes.follow(acts, open, now);
        }
    }

    /** A form does not fill in what is personal or what its reader may not see: left blank it stays as it is. */
    private Matters.Asked blankStays(User user, Open open, Move move, Matters.Asked sent) {
        Set<Who> standing = surroundings.standing(user).to(open);
        Map<String, String> typed = new LinkedHashMap<>(sent.typed());
        // A program may send null for what it has no value of.
        typed.values().removeIf(Objects::isNull);
        for (String key : move.asks().keySet()) {
            Field field = open.type.field(key);
            if (field != null
                    && field.isHiddenFrom(standing)
                    && typed.getOrDefault(key, "").isBlank()) {
                typed.remove(key);
            }
        }
        return new Matters.Asked(sent.move(), sent.version(), typed, sent.files());
    }

    private static void put(Map<String, Object> details, String key, String text) {
        if (!text.isEmpty()) {
            details.put(key, text);
        }
    }

    private static void needed(Open open, Move move, Matters.Asked asked, LocalDate today, List<Fault> faults) {
        move.asks().forEach((input, needed) -> {
            boolean given = input.equals("files")
                    ? !asked.files().isEmpty()
                    : !asked.typed().getOrDefault(input, "").isBlank();
            boolean kept = open.type.fields().containsKey(input)
                    && !asked.typed().containsKey(input)
                    && !open.value(input).isBlank()
                    && !move.does().asks().contains(input);
            LocalDate due = open.due;
            if (needed && !given && kept && input.equals("due") && due != null && due.isBefore(today)) {
                faults.add(Fault.of(input, "matters.fault.due-past", due.toString(), today.toString()));
            }
            if (needed && !given && !kept) {
                Field field = open.type.field(input);
                faults.add(
                        field == null
                                ? Fault.of(input, "matters.fault.input." + input)
                                : Fault.of(input, "matters.fault.needed", field.name()));
            }
        });
        String percent = asked.typed().getOrDefault("percent", "").strip();
        if (!percent.isEmpty()) {
            BigDecimal number = Inputs.sane(percent.replace("%", ""));
            if (number == null || number.signum() < 0 || number.compareTo(BigDecimal.valueOf(100)) > 0) {
                faults.add(Fault.of("percent", "matters.fault.percent", percent));
            }
        }
        String value = asked.typed().getOrDefault("value", "").strip();
        BigDecimal figure = value.isEmpty() ? null : Inputs.sane(value);
        if (!value.isEmpty() && (figure == null || figure.signum() < 0)) {
            faults.add(Fault.of("value", "matters.fault.value", value));
        }
    }

    private void extensionFits(Open open, Map<String, String> values, List<Fault> faults) {
        ClockRule rule = open.type.mainClock().orElse(null);
        LocalDate due = open.due;
        String wanted = values.getOrDefault("due", "");
        LocalDate last = dueOfWhole(open);
        if (last != null && !wanted.isEmpty() && LocalDate.parse(wanted).isAfter(last)) {
            faults.add(Fault.of("due", "matters.fault.extension-whole", wanted, last.toString()));
        }
        if (rule == null || rule.longestExtension() == null || due == null || wanted.isEmpty() || !faults.isEmpty()) {
            return;
        }
        LocalDate day = LocalDate.parse(wanted);
        Run run = open.clocks.get(rule.key());
        LocalDate most = run == null
                ? due
                : Limit.lastDay(
                        run.extend(rule.longestExtension(), surroundings.time()).runsOut(),
                        surroundings.time().zone());
        if (!day.isAfter(due)) {
            faults.add(Fault.of("due", "matters.fault.extension-earlier", wanted, due.toString()));
        } else if (day.isAfter(most)) {
            faults.add(Fault.of("due", "matters.fault.extension-long", wanted, most.toString()));
        }
    }

    /** The deadline of what a matter is a part of, whether or not the person may see that. */
    private @Nullable LocalDate dueOfWhole(Open open) {
        Long parent = open.before.parent();
        List<LocalDate> days = new ArrayList<>();
        if (parent != null) {
            store.asHouse(() -> store.find(parent).ifPresent(whole -> {
                LocalDate due = whole.due();
                if (due != null) {
                    days.add(due);
                }
            }));
        }
        return days.isEmpty() ? null : days.getFirst();
    }

    /** Brings a fresh part into the first state that waits for its lead, as the move that leads there does. */
    void give(Journal.Acts acts, User user, long part, MatterType type, Instant now) {
        if (type.start().waitsFor().contains(Who.LEAD)) {
            return;
        }
        Move move = type.movesFrom(type.start().key()).stream()
                .filter(m -> m.to() != null && type.getState(m.to()).waitsFor().contains(Who.LEAD))
                .findFirst()
                .orElse(null);
        if (move == null || move.to() == null) {
            return;
        }
        Open open = surroundings.open(store.lock(part).orElseThrow(), type);
        String from = open.state;
        State to = type.getState(move.to());
        open.state = to.key();
        open.mover = user.account();
        open.givenAt = now;
        clocks.moved(open, move.key(), now);
        store.save(open, surroundings.judge(open, now), now);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("move", move.key());
        details.put("from", from);
        details.put("to", to.key());
        details.put("version", open.before.version() + 1);
        acts.note("matter:" + part, "matter.move", details);
        surroundings.tell(
                open,
                move.tells(),
                "move",
                Map.of(
                        "type",
                        type.key(),
                        "version",
                        Integer.toString(type.version()),
                        "move",
                        move.key(),
                        "by",
                        user.name()),
                user.account(),
                now);
    }
}
