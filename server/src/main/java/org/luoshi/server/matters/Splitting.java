package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.matters.types.Effect;
import org.luoshi.server.matters.types.Field;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.Move;
import org.springframework.stereotype.Component;

/**
 * Makes parts of a matter matters of their own for units below, which may split theirs again, down to a village. The
 * unit that answers for the whole checks its parts.
 */
@Component
class Splitting {
    private static final BigDecimal HEAVIEST = BigDecimal.valueOf(1_000_000);

    private final Matters matters;
    private final MatterStore store;
    private final Moves moves;
    private final Hindrances hindrances;
    private final Wholes wholes;
    private final Surroundings surroundings;
    private final Journal journal;
    private final Clock clock;

    Splitting(
            Matters matters,
            MatterStore store,
            Moves moves,
            Hindrances hindrances,
            Wholes wholes,
            Surroundings surroundings,
            Journal journal,
            Clock clock) {
        this.matters = matters;
        this.store = store;
        this.moves = moves;
        this.hindrances = hindrances;
        this.wholes = wholes;
        this.surroundings = surroundings;
        this.journal = journal;
        this.clock = clock;
    }

    /** A part as it was typed. */
    public record Line(String unit, String title, String weight, String due) {
        boolean isBlank() {
            return unit.isBlank() && title.isBlank() && due.isBlank();
        }
    }

    /** The move of a type that splits in a state; where none does, any that splits, to say when it could be made. */
    static Optional<Move> move(MatterType type, String state) {
        return type.movesFrom(state).stream()
                .filter(m -> m.does() == Effect.SPLIT)
                .findFirst()
                .or(() -> type.moves().values().stream()
                        .filter(m -> m.does() == Effect.SPLIT)
                        .findFirst());
    }

    /**
     * Splits parts off in one transaction.
     *
     * @param version of the matter that the person looked at
     * @throws MoveRefused with every fault; faults of a line name it as {@code 0.unit}, {@code 0.title}, …
     */
    void split(User user, long matter, int version, List<Line> lines, String request) {
        journal.writeOnce(user.actor(), request, acts -> {
            Matter found = store.lock(matter)
                    .orElseThrow(() -> new MoveRefused(List.of(Fault.of("", "matters.fault.none")), false));
            Open open = surroundings.open(found, surroundings.typeOf(found));
            Move move = move(open.type, open.state)
                    .orElseThrow(() -> new MoveRefused(List.of(Fault.of("", "matters.fault.move", "split")), false));
            List<Fault> faults = new ArrayList<>(hindrances.of(user, open, move, false));
            if (!faults.isEmpty()) {
                throw new MoveRefused(faults, false);
            }
            if (version != found.version()) {
                throw new MoveRefused(List.of(surroundings.stale(open)), true);
            }
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            List<Long> parts = carryOut(acts, user, open, lines, now, faults);
            if (!faults.isEmpty()) {
                throw new MoveRefused(faults, false);
            }
            // What the whole claimed before goes: from here on it claims what its parts have shown.
            open.progress = wholes.sum(matter).percent();
            store.save(open, surroundings.judge(open, now), now);
            acts.note("matter:" + matter, "matter.split", Map.of("parts", parts, "version", found.version() + 1));
            if (found.parent() != null) {
                wholes.rollUp(acts, found.parent(), now);
            }
            return true;
        });
    }

    private List<Long> carryOut(
            Journal.Acts acts, User user, Open whole, List<Line> lines, Instant now, List<Fault> faults) {
        List<Long> parts = new ArrayList<>();
        Set<Long> above = store.leadsAbove(whole.id());
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            if (line.isBlank()) {
                continue;
            }
            int before = faults.size();
            BigDecimal weight = check(i, line, whole, above, faults);
            if (weight == null || faults.size() > before) {
                continue;
            }
            try {
                long id = matters.createIn(
                        acts, user, new Matters.Draft(whole.type.key(), typed(line, whole), null, whole.id(), weight));
                moves.give(acts, user, id, whole.type, now);
                parts.add(id);
            } catch (MoveRefused refused) {
                for (Fault fault : refused.faults()) {
                    faults.add(new Fault(i + "." + fault.field(), fault.key(), fault.arguments()));
                }
            }
        }
        if (parts.isEmpty() && faults.isEmpty()) {
            faults.add(Fault.of("", "letters.fault.no-part"));
        }
        return parts;
    }

    private static @Nullable BigDecimal check(int i, Line line, Open whole, Set<Long> above, List<Fault> faults) {
        if (line.unit().isBlank()) {
            faults.add(Fault.of(i + ".unit", "letters.fault.unit"));
        } else if (line.unit().matches("\\d{1,18}") && above.contains(Long.valueOf(line.unit()))) {
            faults.add(Fault.of(i + ".unit", "letters.fault.circle"));
        }
        try {
            LocalDate due = LocalDate.parse(line.due());
            if (whole.due != null && due.isAfter(whole.due)) {
                faults.add(Fault.of(i + ".due", "letters.fault.after-whole", line.due(), whole.due.toString()));
            }
        } catch (DateTimeParseException e) {
            faults.add(Fault.of(i + ".due", "letters.fault.due"));
        }
        try {
            BigDecimal weight = new BigDecimal(line.weight().strip());
            if (weight.signum() > 0 && weight.compareTo(HEAVIEST) <= 0 && weight.scale() <= 6) {
                return weight;
            }
        } catch (NumberFormatException e) {
            // Told below, as a weight that is no weight.
        }
        faults.add(Fault.of(i + ".weight", "letters.fault.weight", line.weight()));
        return null;
    }

    /** A part has what the line says and, for whatever else its type requires, what the whole has. */
    private static Map<String, String> typed(Line line, Open whole) {
        Map<String, String> typed = new HashMap<>();
        for (Field field : whole.type.fields().values()) {
            if (field.required() && field.kind() != Field.Kind.PERSONAL) {
                typed.put(field.key(), whole.value(field.key()));
            }
        }
        typed.put("title", line.title().isBlank() ? whole.title : line.title());
        typed.put("lead", line.unit());
        typed.put("due", line.due());
        put(typed, whole, "what", whole.what);
        put(typed, whole, "source", whole.source);
        put(typed, whole, "checker", whole.lead == null ? "" : Long.toString(whole.lead));
        typed.put("public", "false");
        return typed;
    }

    private static void put(Map<String, String> typed, Open whole, String key, String value) {
        if (whole.type.field(key) != null) {
            typed.put(key, value);
        }
    }
}
