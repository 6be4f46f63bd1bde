package org.luoshi.server.matters.types;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Whether a type makes sense as a whole: its graph, its clocks, its lights, its ladder, its names. */
final class TypeCheck {
    private static final List<String> LEVELS = List.of("reminder", "blue", "yellow", "orange", "red");
    static final Set<String> WORDS = Set.of(
            "overdue",
            "behind",
            "due-soon",
            "silent",
            "not-started",
            "waiting",
            "suspended",
            "recurred",
            "done",
            "missed",
            "normal",
            "unsigned");
    private static final Set<String> COLUMNS = Set.of(
            "number",
            "title",
            "lead",
            "joint",
            "leader",
            "due",
            "state",
            "light",
            "progress",
            "given",
            "closed",
            "type",
            "checker",
            "public");

    /**
     * @param part the part of the file, such as {@code moves}
     * @param key the key in the part; empty where it is a list or the part as a whole
     * @param index the item of a list, else -1
     */
    record Fault(String part, String key, int index, String message) {}

    private final MatterType type;
    private final Consumer<Fault> faults;

    TypeCheck(MatterType type, Consumer<Fault> faults) {
        this.type = type;
        this.faults = faults;
    }

    void run() {
        if (type.states().isEmpty() || type.moves().isEmpty()) {
            return;
        }
        boolean sound = moves();
        starts();
        if (sound) {
            reachable();
            waiting();
            type.clocks().values().forEach(this::clock);
        }
        mains();
        lights();
        ladder();
        columns("list", type.list());
        columns("export", type.export());
        for (String field : type.duplicates()) {
            if (!type.fields().containsKey(field)) {
                fault("duplicates", "", "\"duplicates\" names the field \"" + field + "\", which the type lacks.");
            }
        }
        for (Field field : type.fields().values()) {
            if (field.isCore() && !field.sees().isEmpty()) {
                fault(
                        "fields",
                        field.key(),
                        "\"sees\" does not hold for \"" + field.key()
                                + "\": who sees a matter sees it; keep what is not for all in a field of the type.");
            }
        }
        for (String core : List.of("title", "lead", "due")) {
            if (!type.fields().containsKey(core)) {
                fault("fields", "", "Every matter type has the field \"" + core + "\"; this one lacks it.");
            }
        }
    }

    private void starts() {
        List<String> starts = type.states().values().stream()
                .filter(State::start)
                .map(State::key)
                .toList();
        if (starts.size() != 1) {
            fault(
                    "states",
                    starts.isEmpty() ? "" : starts.get(1),
                    "One state must be the start, not " + (starts.isEmpty() ? "none" : String.join(" and ", starts))
                            + ".");
        }
        if (type.states().values().stream().noneMatch(State::end)) {
            fault("states", "", "No state is an \"end\": a matter of this type would never be closed.");
        }
    }

    private boolean moves() {
        boolean sound = true;
        for (Move move : type.moves().values()) {
            Set<String> named = new HashSet<>(move.from());
            if (move.to() != null) {
                named.add(move.to());
            }
            for (String state : named) {
                if (!type.states().containsKey(state)) {
                    sound = false;
                    fault(
                            "moves",
                            move.key(),
                            "The move \"" + move.key() + "\" names the state \"" + state
                                    + "\", which the type lacks. States: "
                                    + keys(type.states().keySet()) + ".");
                }
            }
            if (move.from().isEmpty()) {
                sound = false;
                fault("moves", move.key(), "The move \"" + move.key() + "\" lacks \"from\".");
            }
            if (move.who().isEmpty()) {
                fault("moves", move.key(), "The move \"" + move.key() + "\" lacks \"who\": nobody could do it.");
            }
            for (String input : move.asks().keySet()) {
                if (!type.fields().containsKey(input) && !Move.INPUTS.contains(input)) {
                    fault(
                            "moves",
                            move.key(),
                            "The move \"" + move.key() + "\" asks for \"" + input
                                    + "\", which is neither a field of the type nor one of " + keys(Move.INPUTS) + ".");
                }
            }
            for (String field : move.needs()) {
                if (!type.fields().containsKey(field)) {
                    fault(
                            "moves",
                            move.key(),
                            "The move \"" + move.key() + "\" needs the field \"" + field + "\", which the type lacks.");
                }
            }
            Set<String> timed = new TreeSet<>(move.over());
            timed.addAll(move.within());
            for (String clock : timed) {
                if (!type.clocks().containsKey(clock)) {
                    fault(
                            "moves",
                            move.key(),
                            "The move \"" + move.key() + "\" asks for the clock \"" + clock
                                    + "\", which the type lacks. Clocks: "
                                    + keys(type.clocks().keySet()) + ".");
                }
            }
            for (String input : move.does().asks()) {
                if (!move.isNeeded(input)) {
                    fault(
                            "moves",
                            move.key(),
                            "The move \"" + move.key() + "\" does "
                                    + move.does().key() + " and must ask for it: asks: {" + input + ": needed}.");
                }
            }
        }
        return sound;
    }

    private void reachable() {
        Set<String> found = new HashSet<>();
        Deque<String> open = new ArrayDeque<>();
        type.states().values().stream().filter(State::start).forEach(s -> open.add(s.key()));
        while (!open.isEmpty()) {
            String state = open.removeFirst();
            if (found.add(state)) {
                for (Move move : type.movesFrom(state)) {
                    if (move.to() != null) {
                        open.add(move.to());
                    }
                }
            }
        }
        Set<String> toEnd = type.states().values().stream()
                .filter(State::end)
                .map(State::key)
                .collect(Collectors.toCollection(HashSet::new));
        boolean grew = true;
        while (grew) {
            grew = false;
            for (Move move : type.moves().values()) {
                if (move.to() != null && toEnd.contains(move.to())) {
                    grew |= toEnd.addAll(move.from());
                }
            }
        }
        for (State state : type.states().values()) {
            if (!found.contains(state.key())) {
                fault(
                        "states",
                        state.key(),
                        "The state \"" + state.key() + "\" cannot be reached: no move leads to it from the start.");
            }
            if (!toEnd.contains(state.key())) {
                fault(
                        "states",
                        state.key(),
                        "The state \"" + state.key() + "\" is a dead end: no moves lead from it to an end.");
            }
        }
    }

    /** Whoever a state waits for must have something that he can do in it. */
    private void waiting() {
        for (State state : type.states().values()) {
            for (Who who : state.waitsFor()) {
                boolean can = type.movesFrom(state.key()).stream()
                        .anyMatch(m -> m.who().contains(who) || m.who().contains(Who.EVERYBODY));
                if (!can) {
                    fault(
                            "states",
                            state.key(),
                            "The state \"" + state.key() + "\" waits for " + who.key()
                                    + ", who can do nothing in it. Add a move, or name who can.");
                }
            }
        }
    }

    private record At(String state, boolean running) {}

    private void clock(ClockRule clock) {
        boolean sound = true;
        for (Map.Entry<String, Set<String>> part : Map.of(
                        "start",
                        clock.starts(),
                        "pause",
                        clock.pauses(),
                        "resume",
                        clock.resumes(),
                        "stop",
                        clock.stops())
                .entrySet()) {
            for (String move : part.getValue()) {
                boolean creation = part.getKey().equals("start") && move.equals(ClockRule.CREATED);
                if (!type.moves().containsKey(move) && !creation) {
                    sound = false;
                    fault(
                            "clocks",
                            clock.key(),
                            "The clock \"" + clock.key() + "\" has \"" + part.getKey() + ": " + move
                                    + "\", which is no move of the type.");
                }
            }
        }
        String until = clock.until();
        if (until != null) {
            Field field = type.fields().get(until);
            if (field == null || field.kind() != Field.Kind.DATE) {
                fault(
                        "clocks",
                        clock.key(),
                        "The clock \"" + clock.key() + "\" runs until \"" + until
                                + "\", which is no date field of the type.");
            }
        }
        if (clock.starts().isEmpty()) {
            fault("clocks", clock.key(), "The clock \"" + clock.key() + "\" lacks \"start\": it would never run.");
        }
        if (clock.pauses().isEmpty() != clock.resumes().isEmpty()) {
            fault(
                    "clocks",
                    clock.key(),
                    "The clock \"" + clock.key() + "\" needs both \"pause\" and \"resume\", or neither.");
        }
        if (sound) {
            neverStops(clock);
        }
    }

    /** Follows every way from the start with the clock running or not; none may end with it running. */
    private void neverStops(ClockRule clock) {
        Map<At, At> cameFrom = new HashMap<>();
        Map<At, String> by = new HashMap<>();
        Deque<At> open = new ArrayDeque<>();
        At start = new At(type.start().key(), clock.starts().contains(ClockRule.CREATED));
        open.add(start);
        cameFrom.put(start, start);
        while (!open.isEmpty()) {
            At at = open.removeFirst();
            State state = type.getState(at.state());
            if (state.end() && at.running()) {
                StringBuilder way = new StringBuilder();
                At step = at;
                while (!step.equals(start)) {
                    way.insert(0, " → " + by.get(step));
                    step = cameFrom.getOrDefault(step, start);
                }
                fault(
                        "clocks",
                        clock.key(),
                        "The clock \"" + clock.key() + "\" never stops on the way" + way.substring(2) + " to \""
                                + at.state() + "\". Add the last move to its \"stop\".");
                return;
            }
            for (Move move : type.movesFrom(at.state())) {
                boolean running = clock.starts().contains(move.key())
                        || at.running() && !clock.stops().contains(move.key());
                At next = new At(move.to() == null ? at.state() : move.to(), running);
                if (!cameFrom.containsKey(next)) {
                    cameFrom.put(next, at);
                    by.put(next, move.key());
                    open.add(next);
                }
            }
        }
    }

    private void mains() {
        List<String> mains = type.clocks().values().stream()
                .filter(ClockRule::main)
                .map(ClockRule::key)
                .toList();
        if (mains.size() > 1) {
            fault(
                    "clocks",
                    mains.get(1),
                    "Only one clock can be the main one, not " + String.join(" and ", mains) + ".");
        }
        boolean extends_ = type.moves().values().stream().anyMatch(m -> m.does() == Effect.GRANT_EXTENSION);
        if (extends_ && type.mainClock().map(c -> c.mostExtensions() == 0).orElse(true)) {
            fault(
                    "clocks",
                    mains.isEmpty() ? "" : mains.getFirst(),
                    "A move grants extensions, but the main clock has no \"extensions\".");
        }
    }

    private void lights() {
        for (int i = 0; i < type.lights().size(); i++) {
            LightRule rule = type.lights().get(i);
            if (!WORDS.contains(rule.word())) {
                faults.accept(new Fault(
                        "lights",
                        "",
                        i,
                        "The word \"" + rule.word() + "\" of a light is unknown. Possible: " + keys(WORDS) + "."));
            }
            condition("lights", i, rule.when());
        }
    }

    private void ladder() {
        int last = -1;
        for (int i = 0; i < type.ladder().size(); i++) {
            Rung rung = type.ladder().get(i);
            int level = LEVELS.indexOf(rung.level());
            if (level < 0) {
                faults.accept(new Fault(
                        "ladder",
                        "",
                        i,
                        "The level \"" + rung.level() + "\" is unknown. Possible, in this order: "
                                + String.join(", ", LEVELS) + "."));
            } else if (level <= last) {
                faults.accept(new Fault(
                        "ladder",
                        "",
                        i,
                        "The level \"" + rung.level() + "\" stands below a higher one. Order the ladder upwards."));
            }
            last = Math.max(last, level);
            if (rung.reply() != null && !rung.letter()) {
                faults.accept(
                        new Fault(
                                "ladder",
                                "",
                                i,
                                "The level \"" + rung.level()
                                        + "\" has a time to reply but no letter to reply to. Add letter: true, or drop reply."));
            }
            condition("ladder", i, rung.when());
        }
        boolean urges = type.moves().values().stream().anyMatch(m -> m.does() == Effect.URGE);
        if (!type.ladder().isEmpty() && !urges) {
            fault("ladder", "", "The type has a ladder but no move that does urge.");
        }
    }

    private void condition(String part, int index, Condition condition) {
        switch (condition) {
            case Condition.ClockLeft left -> clockKnown(part, index, left.clock());
            case Condition.ClockOver over -> clockKnown(part, index, over.clock());
            case Condition.InState in -> {
                for (String state : in.states()) {
                    if (!type.states().containsKey(state)) {
                        faults.accept(new Fault(part, "", index, "The state \"" + state + "\" is unknown."));
                    }
                }
            }
            case Condition.After after -> {
                String level = after.level();
                if (type.findRung(level).isEmpty()) {
                    faults.accept(new Fault(part, "", index, "The level \"" + level + "\" is no rung of the ladder."));
                }
            }
            case Condition.All all -> all.parts().forEach(p -> condition(part, index, p));
            case Condition.Any any -> any.parts().forEach(p -> condition(part, index, p));
            case Condition.Behind b -> {}
            case Condition.Silent s -> {}
            case Condition.MilestoneMissed m -> {}
            case Condition.Recurred r -> {}
        }
    }

    private void clockKnown(String part, int index, String clock) {
        if (!clock.isEmpty() && !type.clocks().containsKey(clock)) {
            faults.accept(new Fault(
                    part,
                    "",
                    index,
                    "The clock \"" + clock + "\" is unknown. Clocks: "
                            + keys(type.clocks().keySet()) + "."));
        }
    }

    private void columns(String part, List<String> columns) {
        for (String column : columns) {
            if (!COLUMNS.contains(column) && !type.fields().containsKey(column)) {
                fault(
                        part,
                        "",
                        "The column \"" + column + "\" is neither a field of the type nor one of " + keys(COLUMNS)
                                + ".");
            }
        }
    }

    private void fault(String part, String key, String message) {
        faults.accept(new Fault(part, key, -1, message));
    }

    private static String keys(Collection<String> keys) {
        return String.join(", ", keys.stream().sorted().toList());
    }
}
