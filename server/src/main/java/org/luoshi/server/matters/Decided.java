package org.luoshi.server.matters;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.matters.types.Field;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.Move;
import org.springframework.stereotype.Component;

/** Makes a matter of what a meeting decided (会议议定事项) and hands it down to its lead unit. */
@Component
public class Decided {
    static final String TYPE = "instruction";
    private static final String MOVE = "hand-down";

    private final Matters matters;
    private final MatterStore store;
    private final Moves moves;
    private final Types types;
    private final Surroundings surroundings;
    private final Clock clock;

    Decided(Matters matters, MatterStore store, Moves moves, Types types, Surroundings surroundings, Clock clock) {
        this.matters = matters;
        this.store = store;
        this.moves = moves;
        this.types = types;
        this.surroundings = surroundings;
        this.clock = clock;
    }

    /**
     * Makes the matter and hands it down, within a transaction that somebody else opened.
     *
     * @param typed title, lead, joint (ids with commas), due, given, source, what; as they were typed
     * @return the matter as it was handed down
     * @throws MoveRefused with every fault of the inputs; nothing was changed
     */
    public Matter make(Journal.Acts acts, User user, Map<String, String> typed) {
        MatterType type = types.get(TYPE);
        if (!matters.mayCreate(user, type)) {
            throw new MoveRefused(List.of(Fault.of("", "matters.fault.create", type.name())), false);
        }
        Map<String, String> inputs = new LinkedHashMap<>(typed);
        inputs.put("origin", "meeting");
        if (inputs.getOrDefault("what", "").isBlank()) {
            inputs.put("what", inputs.getOrDefault("title", ""));
        }
        List<Fault> faults = new ArrayList<>();
        for (String key : List.of("lead", "due")) {
            Field field = type.field(key);
            if (field != null && inputs.getOrDefault(key, "").isBlank()) {
                faults.add(Fault.of(key, "matters.fault.needed", field.name()));
            }
        }
        long id;
        try {
            id = matters.createIn(acts, user, new Matters.Draft(TYPE, inputs));
        } catch (MoveRefused refused) {
            faults.addAll(refused.faults());
            throw new MoveRefused(faults, false);
        }
        if (!faults.isEmpty()) {
            throw new MoveRefused(faults, false);
        }
        Move move = type.findMove(MOVE).orElse(null);
        if (move != null) {
            Open open = surroundings.open(store.lock(id).orElseThrow(), type);
            moves.make(
                    acts,
                    user,
                    open,
                    move,
                    new Matters.Asked(MOVE, open.before.version(), Map.of(), List.of()),
                    clock.instant().truncatedTo(ChronoUnit.MICROS));
        }
        return store.find(id).orElseThrow();
    }
}
