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
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.matters.types.ClockRule;
import org.luoshi.server.matters.types.Effect;
import org.luoshi.server.matters.types.Field;
import org.luoshi.server.matters.types.Move;
import org.luoshi.server.matters.types.Who;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Changes what a matter says outside a move: a mistyped title, a joint unit that was forgotten, what each joint unit does,
 * whether the public may see it. Who may change a field stands in the type.
 */
@Component
class Edits {
    private static final int LONGEST_TASK = 500;
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    /** What stands in the way of a person, a state or a time; what a move asks besides does not bind the field. */
    private static final Set<String> BARS = Set.of(
            "matters.fault.state",
            "matters.fault.who",
            "matters.fault.clock-runs",
            "matters.fault.clock-over",
            "matters.fault.other-unit",
            "matters.fault.other-person",
            "matters.fault.new-person");

    private final MatterStore store;
    private final Types types;
    private final Surroundings surroundings;
    private final Hindrances hindrances;
    private final Journal journal;
    private final JdbcClient sql;
    private final Clock clock;

    Edits(
            MatterStore store,
            Types types,
            Surroundings surroundings,
            Hindrances hindrances,
            Journal journal,
            JdbcClient sql,
            Clock clock) {
        this.store = store;
        this.types = types;
        this.surroundings = surroundings;
        this.hindrances = hindrances;
        this.journal = journal;
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * What a joint unit does, and its part of the whole.
     *
     * @param share of a hundred as it was typed; empty: not said
     */
    record Part(String task, String share) {}

    /**
     * What somebody wants to change.
     *
     * @param typed values by field; a field that is not among them stays as it is, a blank one is emptied
     * @param parts by joint unit; who is not among them keeps his
     */
    record Wanted(int version, Map<String, String> typed, Map<Long, Part> parts) {}

    /** The fields that a person may change now. */
    List<Field> fieldsOf(User user, Open open) {
        Set<Who> standing = surroundings.standing(user).to(open);
        return open.type.fields().values().stream()
                .filter(field -> field.edits().stream().anyMatch(standing::contains))
                .filter(field -> !isMoved(open, field) && !isBound(user, open, field))
                .toList();
    }

    /**
     * Whether a field that moves of the type ask for is not this person's to write now: an objection after its time, a
     * conclusion that others review, measures that were approved. What every matter has is not bound so.
     */
    private boolean isBound(User user, Open open, Field field) {
        List<Move> asking = open.type.moves().values().stream()
                .filter(move -> move.asks().containsKey(field.key()))
                .toList();
        return !field.isCore()
                && !asking.isEmpty()
                && asking.stream()
                        .filter(move -> move.from().contains(open.state))
                        .allMatch(move -> hindrances.of(user, open, move, true).stream()
                                .anyMatch(fault -> BARS.contains(fault.key())));
    }

    /** What has ended stays as it was, but for who may see it. Unit and deadline change by moves once it is handed down. */
    private static boolean isMoved(Open open, Field field) {
        if (open.type.getState(open.state).end()) {
            return !field.key().equals("public");
        }
        return switch (field.key()) {
            case "due" ->
                open.type
                        .mainClock()
                        .map(ClockRule::key)
                        .filter(open.clocks::containsKey)
                        .isPresent();
            case "lead" ->
                open.givenAt != null
                        && open.type.moves().values().stream().anyMatch(move -> move.does() == Effect.TRANSFER);
            default -> false;
        };
    }

    /** Whether a person may say what each joint unit does: who may change which units join. */
    boolean mayShare(User user, Open open) {
        return !open.joint.isEmpty()
                && fieldsOf(user, open).stream().anyMatch(field -> field.key().equals("joint"));
    }

    /** What each joint unit does now. */
    Map<Long, Part> parts(long matter) {
        Map<Long, Part> parts = new LinkedHashMap<>();
        sql.sql("select unit, task, share from matter_unit where matter = :matter order by ordinal")
                .param("matter", matter)
                .query(row -> {
                    BigDecimal share = row.getBigDecimal("share");
                    parts.put(
                            row.getLong("unit"),
                            new Part(
                                    row.getString("task"),
                                    share == null
                                            ? ""
                                            : share.stripTrailingZeros().toPlainString()));
                });
        return parts;
    }

    /**
     * Changes fields.
     *
     * @throws MoveRefused with every reason; nothing was changed
     */
    void edit(User user, long matter, Wanted wanted, String request) {
        String bound = Journal.bound(request, "matter.edit", matter, wanted.typed(), wanted.parts());
        journal.writeOnce(user.actor(), bound, acts -> {
            Open open = lock(matter);
            if (wanted.version() != open.before.version()) {
                throw new MoveRefused(List.of(surroundings.stale(open)), true);
            }
            List<Fault> faults = new ArrayList<>();
            Map<String, String> changed = changed(user, open, wanted.typed(), faults);
            Map<Long, Part> parts = parts(user, open, changed, wanted.parts(), faults);
            if (!faults.isEmpty()) {
                throw new MoveRefused(faults, false);
            }
            if (!changed.isEmpty() || !parts.isEmpty()) {
                write(acts, user, open, changed, parts);
            }
            return true;
        });
    }

    private Map<String, String> changed(User user, Open open, Map<String, String> typed, List<Fault> faults) {
        LocalDate today = LocalDate.now(clock);
        LocalDate due = open.due;
        LocalDate earliest = due != null && due.isBefore(today) ? due : today;
        Set<Who> standing = surroundings.standing(user).to(open);
        Set<String> mine = fieldsOf(user, open).stream().map(Field::key).collect(Collectors.toSet());
        Map<String, String> values = surroundings
                .inputs(open.type, List.of(typed), today, earliest)
                .noting(faults)
                .fields(typed, typed.keySet());
        Map<String, String> changed = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            Field field = Objects.requireNonNull(open.type.field(key));
            // The form never shows what is personal, nor what he may not see; left blank it stays.
            boolean same =
                    value.equals(plain(field, open.value(key))) || field.isHiddenFrom(standing) && value.isEmpty();
            if (same) {
                return;
            }
            if (!mine.contains(key)) {
                faults.add(Fault.of(key, "matters.fault.edit", field.name()));
            } else if (field.required() && value.isBlank()) {
                faults.add(Fault.of(key, "matters.fault.needed", field.name()));
            }
            changed.put(key, value);
        });
        return changed;
    }

    /** A flag that nobody set is one that is off. */
    private static String plain(Field field, String value) {
        return field.kind() == Field.Kind.FLAG && value.isEmpty() ? "false" : value;
    }

    private Map<Long, Part> parts(
            User user, Open open, Map<String, String> changed, Map<Long, Part> wanted, List<Fault> faults) {
        if (wanted.isEmpty() || !mayShare(user, open)) {
            return Map.of();
        }
        Map<Long, Part> now = parts(open.id());
        Map<Long, Part> parts = new LinkedHashMap<>();
        BigDecimal sum = BigDecimal.ZERO;
        Set<String> stay = Set.of(changed.getOrDefault(
                        "joint", open.joint.stream().map(String::valueOf).collect(Collectors.joining(",")))
                .split(",", -1));
        for (Map.Entry<Long, Part> entry : now.entrySet()) {
            long unit = entry.getKey();
            if (!stay.contains(Long.toString(unit))) {
                continue;
            }
            Part typed = wanted.getOrDefault(unit, entry.getValue());
            String share = typed.share().strip().replace("%", "");
            BigDecimal part = share.isEmpty() ? BigDecimal.ZERO : Inputs.sane(share);
            if (part == null || part.signum() < 0 || part.compareTo(WHOLE) > 0) {
                faults.add(Fault.of("share-" + unit, "matters.fault.percent", typed.share()));
                continue;
            }
            if (typed.task().length() > LONGEST_TASK) {
                faults.add(Fault.of(
                        "task-" + unit, "matters.fault.long", typed.task().length(), LONGEST_TASK));
            }
            sum = sum.add(part);
            Part clean = new Part(
                    typed.task().strip(),
                    share.isEmpty() ? "" : part.stripTrailingZeros().toPlainString());
            if (!clean.equals(entry.getValue())) {
                parts.put(unit, clean);
            }
        }
        if (sum.compareTo(WHOLE) > 0) {
            faults.add(Fault.of(
                    "", "matters.fault.shares", sum.stripTrailingZeros().toPlainString()));
        }
        return parts;
    }

    private void write(Journal.Acts acts, User user, Open open, Map<String, String> changed, Map<Long, Part> parts) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("version", open.before.version() + 1);
        if (!changed.isEmpty()) {
            Map<String, String> before = new LinkedHashMap<>();
            Map<String, String> after = new LinkedHashMap<>();
            changed.forEach((key, value) -> {
                before.put(key, masked(open, key, open.value(key)));
                after.put(key, masked(open, key, value));
            });
            details.put("was", before);
            details.put("set", after);
        }
        if (!parts.isEmpty()) {
            Map<String, String> said = new LinkedHashMap<>();
            parts.forEach((unit, part) -> said.put(
                    Long.toString(unit),
                    (part.task() + (part.share().isEmpty() ? "" : " " + part.share() + "%")).strip()));
            details.put("parts", said);
        }
        boolean shown =
                changed.keySet().stream().anyMatch(key -> !open.value(key).isBlank());
        open.set(changed);
        store.save(open, surroundings.judge(open, now), now);
        parts.forEach((unit, part) -> sql.sql("""
                                update matter_unit set task = :task, share = :share,
                                  -- Who agreed agreed to something else.
                                  agreed_at = case when task = :task and share is not distinct from cast(:share as numeric) then agreed_at end,
                                  agreed_by = case when task = :task and share is not distinct from cast(:share as numeric) then agreed_by end
                                where matter = :matter and unit = :unit""")
                .param("task", part.task())
                .param("share", part.share().isEmpty() ? null : new BigDecimal(part.share()))
                .param("matter", open.id())
                .param("unit", unit)
                .update());
        acts.note("matter:" + open.id(), "matter.edit", details);
        if (open.givenAt != null && !changed.keySet().equals(Set.of("public"))) {
            Set<Who> standing = surroundings.standing(user).to(open);
            // Who gave it and who checks it have read what stood there before.
            boolean own = standing.contains(Who.LEAD) && !standing.contains(Who.SUPERVISION);
            Set<Who> heard = own && shown
                    ? Set.of(Who.LEAD, Who.JOINT, Who.SUPERVISION, Who.CHECKER)
                    : Set.of(Who.LEAD, Who.JOINT);
            surroundings.tell(open, heard, "edited", Map.of("by", user.name()), user.account(), now);
        }
    }

    /** The journal says that a personal field changed, not what it holds. */
    private static String masked(Open open, String key, String value) {
        Field field = open.type.field(key);
        return field != null && field.kind() == Field.Kind.PERSONAL && !value.isEmpty() ? "***" : value;
    }

    private Open lock(long matter) {
        Matter found = store.lock(matter)
                .orElseThrow(() -> new MoveRefused(List.of(Fault.of("", "matters.fault.none")), false));
        return surroundings.open(found, types.get(found.type(), found.typeVersion()));
    }

    /** What a person sees of a matter that he may change; null: he may change nothing of it. */
    @Nullable
    Open open(User user, Matter matter) {
        Open open = surroundings.open(matter, types.get(matter.type(), matter.typeVersion()));
        return fieldsOf(user, open).isEmpty() ? null : open;
    }
}
