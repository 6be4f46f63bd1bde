package org.luoshi.server.matters.types;

import java.util.Comparator;
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
