package org.luoshi.server.matters.types;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A matter type, checked whole.
 *
 * @param number pattern of its numbers: {@code {yy}}, {@code {yyyy}} and {@code {n:4}}
 * @param duplicates fields whose equal values make two matters of a year the same; empty: none are
 * @param milestones what its plan of milestones starts from, in order; may be empty
 * @param list columns of its list, in order
 * @param export columns of its export
 * @param publishable whether matters of it may be shown to the public
 * @param source the file as it was loaded
 */
public record MatterType(
        String key,
        int version,
        Named name,
        String number,
        List<String> duplicates,
        SequencedMap<String, Field> fields,
        SequencedMap<String, State> states,
        SequencedMap<String, Move> moves,
        SequencedMap<String, ClockRule> clocks,
        List<LightRule> lights,
        List<Rung> ladder,
        SequencedMap<String, MilestoneRule> milestones,
        List<String> list,
        List<String> export,
        boolean publishable,
        String source) {

    public State start() {
        return states.values().stream().filter(State::start).findFirst().orElseThrow();
    }

    public State getState(String key) {
        State state = states.get(key);
        if (state == null) {
            throw new IllegalArgumentException("The type " + this.key + " version " + version + " has no state " + key);
        }
        return state;
    }

    public Optional<Move> findMove(String key) {
        return Optional.ofNullable(moves.get(key));
    }

    /**
     * Whether a matter in a state was called off: the state is an end, but not done, and only destructive moves and
     * merging lead to it. What ended otherwise without being done (done in part, could not be done) was not called off.
     */
    public boolean isCalledOff(String state) {
        State end = states.get(state);
        List<Move> ways =
                moves.values().stream().filter(move -> state.equals(move.to())).toList();
        return end != null
                && end.end()
                && !end.done()
                && ways.stream().allMatch(move -> move.destructive() || move.does() == Effect.MERGE);
    }

    /**
     * The moves from which on work has to be shown: those forward into a state that waits for the lead, and those back
     * after a check or an end. Its own house sending a request back, or a pause that is over, begins nothing anew.
     */
    public Set<String> beginnings() {
        Set<String> beginnings = new LinkedHashSet<>();
        for (Move move : moves.values()) {
            State to = move.to() == null ? null : states.get(move.to());
            boolean anew = move.does() == Effect.RECUR
                    || move.who().contains(Who.CHECKER)
                    || move.from().stream().anyMatch(from -> getState(from).end());
            if (to != null && to.waitsFor().contains(Who.LEAD) && (!move.back() || anew)) {
                beginnings.add(move.key());
            }
        }
        return beginnings;
    }

    public List<Move> movesFrom(String state) {
        return moves.values().stream().filter(m -> m.from().contains(state)).toList();
    }

    public Optional<ClockRule> mainClock() {
        return clocks.values().stream().filter(ClockRule::main).findFirst();
    }

    public Optional<Rung> findRung(String level) {
        return ladder.stream().filter(r -> r.level().equals(level)).findFirst();
    }

    public @Nullable Field field(String key) {
        return fields.get(key);
    }

    /** The number of a matter. */
    public String numberOf(int year, int n) {
        String text = number.replace("{yyyy}", Integer.toString(year)).replace("{yy}", "%02d".formatted(year % 100));
        int at = text.indexOf("{n:");
        int width = Integer.parseInt(text.substring(at + 3, text.indexOf('}', at)));
        return text.substring(0, at) + ("%0" + width + "d").formatted(n) + text.substring(text.indexOf('}', at) + 1);
    }

    /** Fields in the order of the file that a person with some standing may see. */
    public List<Field> seenBy(Set<Who> standing) {
        return fields.values().stream()
                .filter(f -> f.sees().isEmpty() || f.sees().stream().anyMatch(standing::contains))
                .toList();
    }

    static final Comparator<LightRule> BY_URGENCY =
            Comparator.comparing(LightRule::light).reversed();
}
