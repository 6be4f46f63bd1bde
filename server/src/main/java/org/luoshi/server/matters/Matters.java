package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.matters.types.Field;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.Move;
import org.luoshi.server.matters.types.State;
import org.luoshi.server.matters.types.Who;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The one way in which matters come to be and change: lock, look whether the request was carried out before, check,
 * apply, note in the journal, commit.
 */
@Component
public class Matters {
    private final JdbcClient sql;
    private final Journal journal;
    private final Types types;
    private final MatterStore store;
    private final Moves moves;
    private final Surroundings surroundings;
    private final Clock clock;

    Matters(
            JdbcClient sql,
            Journal journal,
            Types types,
            MatterStore store,
            Moves moves,
            Surroundings surroundings,
            Clock clock) {
        this.sql = sql;
        this.journal = journal;
        this.types = types;
        this.store = store;
        this.moves = moves;
        this.surroundings = surroundings;
        this.clock = clock;
    }

    /**
     * A matter to be created.
     *
     * @param typed values of fields as they were typed
     * @param commitment the entry of the register that it carries out, null: none
     */
    public record Draft(
            String type,
            Map<String, String> typed,
            @Nullable Long commitment,
            @Nullable Long parent,
            BigDecimal weight) {
        public Draft(String type, Map<String, String> typed) {
            this(type, typed, null, null, BigDecimal.ONE);
        }
    }

    /**
     * A move that somebody asks for.
     *
     * @param version of the matter that the person looked at
     * @param typed inputs as they were typed
     * @param files evidence
     */
    public record Asked(String move, int version, Map<String, String> typed, List<? extends Files.Upload> files) {}

    /** Whether a person may create matters of a type: who may edit its title. */
    public boolean mayCreate(User user, MatterType type) {
        Field title = Objects.requireNonNull(type.field("title"));
        boolean acts = user.is(Role.HANDLER) || user.is(Role.HEAD) || user.is(Role.SUPERVISION);
        return user.is(Role.SUPERVISION) || title.edits().contains(Who.GIVER) && acts;
    }

    /**
     * Creates a matter in the start state of its type.
     *
     * @param request made once by the sender: a repeated one answers with the matter that the first one made
     * @throws MoveRefused with every fault of the inputs
     */
    public long create(User user, Draft draft, String request) {
        MatterType type = types.get(draft.type());
        if (!mayCreate(user, type) && draft.parent() == null) {
            throw new MoveRefused(List.of(Fault.of("", "matters.fault.create", type.name())), false);
        }
        String bound = Journal.bound(
                request,
                "matter.create",
                draft.type(),
                said(draft.typed()),
                draft.commitment(),
                draft.parent(),
                draft.weight());
        return journal.writeOnce(user.actor(), bound, acts -> createIn(acts, user, draft))
                .orElseGet(() -> created(user, bound));
    }

    /** What was typed, without what a form carries along and without what has no value. */
    private static Map<String, String> said(Map<String, String> typed) {
        Map<String, String> said = new TreeMap<>(typed);
        said.keySet().removeAll(Set.of("version", "request", "back"));
        said.values().removeIf(Objects::isNull);
        return said;
    }

    private long created(User user, String request) {
        return sql.sql("""
                        select j.stream from journal_request r join journal j on j.batch = r.batch
                        where r.request = :request and j.act = 'matter.create' order by j.id limit 1""")
                .param("request", user.account() + ":" + request)
                .query(String.class)
                .optional()
                .map(stream -> Long.parseLong(stream.substring(stream.indexOf(':') + 1)))
                .orElseThrow(() -> new MoveRefused(List.of(Fault.of("", "matters.fault.repeated")), false));
    }

    /**
     * What was found in a draft.
     *
     * @param values of the fields, each written in one way
     * @param known a matter of the same year that is the same by the rule of the type; null: none
     */
    public record Checked(
            Map<String, String> values,
            List<Fault> faults,
            @Nullable Long known,
            @Nullable String knownNumber) {}

    /**
     * Looks at drafts of one type without making anything.
     *
     * @param earliest the first day that a deadline may lie on
     */
    public List<Checked> check(MatterType type, List<Map<String, String>> drafts, LocalDate earliest) {
        LocalDate today = LocalDate.now(clock);
        Inputs inputs = surroundings.inputs(type, drafts, today, earliest);
        List<Map<String, String>> values = new ArrayList<>();
        List<List<Fault>> faults = new ArrayList<>();
        for (Map<String, String> typed : drafts) {
            List<Fault> wrong = new ArrayList<>();
            Map<String, String> read =
                    inputs.noting(wrong).fields(typed, type.fields().sequencedKeySet());
            for (Field field : type.fields().values()) {
                if (field.required() && read.getOrDefault(field.key(), "").isBlank()) {
                    wrong.add(Fault.of(field.key(), "matters.fault.needed", field.name()));
                }
            }
            values.add(read);
            faults.add(wrong);
        }
        Map<Integer, Surroundings.Known> known = surroundings.duplicates(type, values, today.getYear());
        List<Checked> checked = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Surroundings.Known same = known.get(i);
            checked.add(new Checked(
                    values.get(i),
                    faults.get(i),
                    same == null ? null : same.matter(),
                    same == null ? null : same.number()));
        }
        return checked;
    }

    /** Creates within a transaction that somebody else opened. */
    long createIn(Journal.Acts acts, User user, Draft draft) {
        MatterType type = types.get(draft.type());
        Checked checked =
                check(type, List.of(draft.typed()), LocalDate.now(clock)).getFirst();
        List<Fault> faults = new ArrayList<>(checked.faults());
        if (checked.known() != null) {
            faults.add(Fault.of("title", "matters.fault.duplicate", checked.knownNumber(), checked.known()));
        }
        if (!faults.isEmpty()) {
            throw new MoveRefused(faults, false);
        }
        Open open = make(
                        acts,
                        user,
                        type,
                        List.of(new Made(
                                checked.values(), draft.commitment(), draft.parent(), draft.weight(), Map.of())))
                .getFirst();
        if (!open.waits().contains("office")) {
            surroundings.tell(
                    open,
                    type.start().waitsFor(),
                    "create",
                    Map.of("by", user.name()),
                    user.account(),
                    open.before.createdAt());
        }
        return open.id();
    }

    /**
     * Creates many matters of one type at once, within a transaction that somebody else opened. Units whom they wait for
     * are told once, not once a matter.
     *
     * @param values checked by {@link #check}, without faults
     * @param origins where each comes from, for the journal
     * @return their ids in the same order
     */
    public List<Long> createAllIn(
            Journal.Acts acts,
            User user,
            MatterType type,
            List<Map<String, String>> values,
            List<Map<String, Object>> origins) {
        List<Made> all = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            all.add(new Made(values.get(i), null, null, BigDecimal.ONE, origins.get(i)));
        }
        return make(acts, user, type, all).stream().map(Open::id).toList();
    }

    /** What units hear of many matters at once: that they came from a list, or were taken back with it. */
    public enum OfMany {
        IMPORTED,
        IMPORT_UNDONE;

        String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Tells units of so many matters, each with one message. */
    public void tellOfMany(User user, OfMany what, Map<Long, Integer> units) {
        units.forEach((unit, count) -> surroundings.tellOfMany(unit, what, count, user, now()));
    }

    /** Moves within a transaction that somebody else opened. */
    public void actIn(Journal.Acts acts, User user, long matter, Asked asked) {
        act(acts, user, matter, asked, false);
    }

    /**
     * Moves and tells nobody; whoever does this to many matters tells of all at once.
     *
     * @return the unit that leads it and has heard of it; null: none has
     */
    public @Nullable Long actQuietlyIn(Journal.Acts acts, User user, long matter, Asked asked) {
        Open open = act(acts, user, matter, asked, true);
        return open.givenAt == null ? null : open.lead;
    }

    private Open act(Journal.Acts acts, User user, long matter, Asked asked, boolean quietly) {
        Open open = lock(matter);
        Move move = open.type
                .findMove(asked.move())
                .orElseThrow(() -> new MoveRefused(List.of(Fault.of("", "matters.fault.move", asked.move())), false));
        moves.make(acts, user, open, move, asked, now(), quietly);
        return open;
    }

    private record Made(
            Map<String, String> values,
            @Nullable Long commitment,
            @Nullable Long parent,
            BigDecimal weight,
            Map<String, Object> origin) {}

    /** A part is given by the unit that answers for the whole, whoever of the office splits it. */
    private Long leadOf(long whole, User user) {
        return store.find(whole).map(Matter::lead).orElseGet(() -> surroundings.giver(user));
    }

    private List<Open> make(Journal.Acts acts, User user, MatterType type, List<Made> all) {
        Instant now = now();
        LocalDate today = LocalDate.now(clock);
        int year = today.getYear();
        State start = type.start();
        int number = store.takeNumbers(type.key(), year, all.size());
        List<Long> ids = store.takeIds(all.size());
        Map<Long, Optional<Long>> leaders = new HashMap<>();
        // Where a leader has to approve, he is named by hand; else it is the one in charge of the lead unit's field.
        boolean leads = type.field("leader") != null && !start.waitsFor().contains(Who.LEADER);
        List<MatterStore.Fresh> fresh = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Made made = all.get(i);
            Open open = new Open(
                    Matter.fresh(
                            ids.get(i),
                            type,
                            type.numberOf(year, number + i),
                            year,
                            made.parent() == null ? surroundings.giver(user) : leadOf(made.parent(), user),
                            made.commitment(),
                            made.parent(),
                            made.weight(),
                            now),
                    type,
                    Map.of());
            open.set(made.values());
            Long lead = open.lead;
            if (open.leader == null && lead != null && leads) {
                open.leader = leaders.computeIfAbsent(
                                lead, unit -> Optional.ofNullable(surroundings.leaderOf(unit, today)))
                        .orElse(null);
            }
            open.mover = user.account();
            moves.begin(open, now);
            if (start.waitsFor().contains(Who.LEAD)) {
                open.givenAt = now;
            }
            Lights.Facts facts = surroundings.facts(open, now, List.of(), Map.of());
            fresh.add(new MatterStore.Fresh(open, Lights.judge(type, facts, now, surroundings.time()), user.account()));
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("type", type.key());
            details.put("version", type.version());
            details.put("number", open.before.number());
            details.put("title", open.title);
            details.put("to", start.key());
            if (made.parent() != null) {
                details.put("parent", made.parent());
            }
            details.putAll(made.origin());
            acts.note("matter:" + open.id(), "matter.create", details);
        }
        store.insert(fresh, now);
        return fresh.stream().map(MatterStore.Fresh::open).toList();
    }

    /**
     * Moves a matter.
     *
     * @param request made once by the sender; the same one again for the same matter, move, words and files does nothing
     * @return the matter as it stands afterwards
     * @throws MoveRefused with every reason why it cannot be moved so; nothing was changed
     */
    public Matter act(User user, long matter, Asked asked, String request) {
        String bound = Journal.bound(
                request,
                "matter.move",
                matter,
                asked.move(),
                said(asked.typed()),
                asked.files().stream().map(f -> f.name() + ":" + f.bytes()).toList());
        journal.writeOnce(user.actor(), bound, acts -> {
            actIn(acts, user, matter, asked);
            return true;
        });
        return store.find(matter).orElseThrow();
    }

    /**
     * Puts a matter into a state that no move would lead to. An event of its own, with its reason; for the
     * administrator alone. Its clocks run, are held or stop as they would had a move led there.
     *
     * @param version of the matter that the person looked at
     */
    public void override(User user, long matter, int version, String state, String reason, String request) {
        if (!user.is(Role.ADMINISTRATOR)) {
            throw new MoveRefused(List.of(Fault.of("", "matters.fault.override")), false);
        }
        if (reason.isBlank()) {
            throw new MoveRefused(List.of(Fault.of("reason", "matters.fault.reason")), false);
        }
        journal.writeOnce(user.actor(), Journal.bound(request, "matter.override", matter, state, reason), acts -> {
            Open open = lock(matter);
            State to = open.type.states().get(state);
            if (to == null) {
                throw new MoveRefused(List.of(Fault.of("state", "matters.fault.no-state", state)), false);
            }
            if (version != open.before.version()) {
                throw new MoveRefused(List.of(surroundings.stale(open)), true);
            }
            String from = open.state;
            Instant now = now();
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("from", from);
            details.put("to", state);
            details.put("reason", reason.strip());
            details.put("version", open.before.version() + 1);
            moves.put(acts, user, open, to, now, details);
            surroundings.tell(
                    open,
                    Set.of(Who.LEAD, Who.SUPERVISION),
                    "override",
                    Map.of("by", user.name()),
                    user.account(),
                    now);
            return true;
        });
    }

    /**
     * Opens a personal field; that it was opened is in the journal.
     *
     * @throws MoveRefused where the person may not see it
     */
    public String openPersonal(User user, long matter, String field) {
        return journal.write(user.actor(), acts -> {
            Open open = lock(matter);
            Field asked = open.type.field(field);
            Set<Who> standing = surroundings.standing(user).to(open);
            boolean may = asked != null
                    && (asked.sees().isEmpty() || asked.sees().stream().anyMatch(standing::contains));
            if (!may) {
                throw new MoveRefused(List.of(Fault.of(field, "matters.fault.personal")), false);
            }
            acts.note("matter:" + matter, "matter.open-personal", Map.of("field", field));
            return open.value(field);
        });
    }

    /** Moves a running matter over to the newest version of its type. */
    public void moveOver(User user, long matter, String reason, String request) {
        if (!user.is(Role.SUPERVISION) && !user.is(Role.ADMINISTRATOR)) {
            throw new MoveRefused(List.of(Fault.of("", "matters.fault.override")), false);
        }
        if (reason.isBlank()) {
            throw new MoveRefused(List.of(Fault.of("reason", "matters.fault.reason")), false);
        }
        journal.writeOnce(user.actor(), Journal.bound(request, "matter.type-version", matter, reason), acts -> {
            Open open = lock(matter);
            MatterType newest = types.get(open.type.key());
            if (!newest.states().containsKey(open.state)) {
                throw new MoveRefused(List.of(Fault.of("", "matters.fault.no-state", open.state)), false);
            }
            Instant now = now();
            Open moved = new Open(store.lock(matter).orElseThrow(), newest, open.clocks);
            moves.moveOver(moved, open.type, now);
            acts.note(
                    "matter:" + matter,
                    "matter.type-version",
                    Map.of("before", open.type.version(), "after", newest.version(), "reason", reason));
            // Who never heard of it is not told of its rules.
            surroundings.tell(
                    moved,
                    moved.givenAt == null ? Set.of(Who.SUPERVISION) : Set.of(Who.LEAD, Who.SUPERVISION),
                    "moved-over",
                    Map.of("by", user.name()),
                    user.account(),
                    now);
            return true;
        });
    }

    private Open lock(long matter) {
        Matter found = store.lock(matter)
                .orElseThrow(() -> new MoveRefused(List.of(Fault.of("", "matters.fault.none")), false));
        return surroundings.open(found, types.get(found.type(), found.typeVersion()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
