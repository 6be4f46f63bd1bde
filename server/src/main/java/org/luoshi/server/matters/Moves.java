package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.calendar.Limit;
import org.luoshi.server.calendar.Run;
import org.luoshi.server.matters.types.ClockRule;
import org.luoshi.server.matters.types.Effect;
import org.luoshi.server.matters.types.Field;
import org.luoshi.server.matters.types.Guard;
import org.luoshi.server.matters.types.Move;
import org.luoshi.server.matters.types.Rung;
import org.luoshi.server.matters.types.State;
import org.luoshi.server.matters.types.Who;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Checks a move against the file of the type and makes it. */
@Component
class Moves {
    private final JdbcClient sql;
    private final MatterStore store;
    private final Surroundings surroundings;
    private final Progresses progresses;
    private final Notices notices;
    private final Files files;

    Moves(
            JdbcClient sql,
            MatterStore store,
            Surroundings surroundings,
            Progresses progresses,
            Notices notices,
            Files files) {
        this.sql = sql;
        this.store = store;
        this.surroundings = surroundings;
        this.progresses = progresses;
        this.notices = notices;
        this.files = files;
    }

    /**
     * What stands between a person and a move, apart from inputs; empty: it can be made. The page shows these sentences
     * beside what is not allowed, the write path refuses with them.
     */
    List<Fault> hindrances(User user, Open open, Move move, boolean withFiles) {
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

    /** A part of what has ended stays ended: the whole would go on claiming what its part takes back. */
    Optional<Fault> wholeEnded(Open open, @Nullable String to) {
        Long parent = open.before.parent();
        if (to == null || parent == null || !wakes(open, to)) {
            return Optional.empty();
        }
        List<String> ended = new ArrayList<>();
        store.asHouse(() -> store.find(parent).filter(Matter::ended).ifPresent(whole -> ended.add(whole.number())));
        return when(!ended.isEmpty(), "matters.fault.whole-ended", ended);
    }

    /** Whether work begins again with a state: the matter had ended before, and has not in that state. */
    private static boolean wakes(Open open, String to) {
        return open.before.ended() && !open.type.getState(to).end();
    }

    /**
     * Work that begins again is as far as its parts are, and else nobody knows how far: what was confirmed of the work
     * before does not count for it. The entry keeps the percentage as it was.
     */
    private void beginAnew(Open open, Map<String, Object> details) {
        BigDecimal before = open.progress;
        progresses.begunAnew(open.id());
        open.progress = sum(open.id()).percent();
        open.reported = null;
        if (before != null && !same(before, open.progress)) {
            details.put("before-percent", before);
        }
    }

    /** Nobody could answer it where the matter goes, and it would come back to life with the state. */
    private static void dropAsked(Open open, State to, Map<String, Object> details) {
        Matter.Asked unanswered = open.asked;
        if (unanswered != null && !to.key().equals(open.state)) {
            details.put("extension-dropped", unanswered.due().toString());
            open.asked = null;
        }
    }

    /** Puts a matter into a state by hand, with all that follows as had a move led there. */
    void put(Open open, State to, User user, Instant now, Map<String, Object> details) {
        if (wakes(open, to.key())) {
            beginAnew(open, details);
        }
        dropAsked(open, to, details);
        open.state = to.key();
        open.mover = user.account();
        open.closedAt = to.end() ? now : null;
        if (to.waitsFor().contains(Who.LEAD) && open.givenAt == null) {
            open.givenAt = now;
        }
        setClocks(open, now);
    }

    private static Object fieldName(Open open, String key) {
        Field field = open.type.field(key);
        return field == null ? key : field.name();
    }

    private Optional<Fault> guard(User user, Standing standing, Open open, Move move, Guard guard, boolean withFiles) {
        return switch (guard) {
            case EVIDENCE -> when(!withFiles && !hasEvidence(open), "matters.fault.evidence");
            case PARTS_ENDED -> {
                long running =
                        parts(open.id()).stream().filter(part -> !part.ended()).count();
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

    /** Makes a move in the transaction that runs, the matter being locked. */
    void make(Journal.Acts acts, User user, Open open, Move move, Matters.Asked asked, Instant now) {
        make(acts, user, open, move, asked, now, false);
    }

    /** @param quietly whether nobody is told */
    void make(Journal.Acts acts, User user, Open open, Move move, Matters.Asked asked, Instant now, boolean quietly) {
        LocalDate today = now.atZone(surroundings.time().zone()).toLocalDate();
        boolean harmless = move.does() == Effect.REPORT || move.does() == Effect.COUNTERSIGN;
        if (asked.version() != open.before.version()
                && !(harmless && move.from().contains(open.state))) {
            throw new MoveRefused(List.of(surroundings.stale(open)), true);
        }
        List<Fault> faults =
                new ArrayList<>(hindrances(user, open, move, !asked.files().isEmpty()));
        if (faults.isEmpty()) {
            needed(open, move, asked, faults);
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
        Long progress = effect(acts, user, open, move, asked, values, now, details);
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
        if (move.does() == Effect.RECUR || wakes(open, open.state)) {
            beginAnew(open, details);
        }
        runClocks(open, move.key(), now);
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
            rollUp(acts, open.before.parent(), now);
        }
    }

    private static void put(Map<String, Object> details, String key, String text) {
        if (!text.isEmpty()) {
            details.put(key, text);
        }
    }

    private static void needed(Open open, Move move, Matters.Asked asked, List<Fault> faults) {
        move.asks().forEach((input, needed) -> {
            boolean given = input.equals("files")
                    ? !asked.files().isEmpty()
                    : !asked.typed().getOrDefault(input, "").isBlank();
            boolean kept = open.type.fields().containsKey(input)
                    && !asked.typed().containsKey(input)
                    && !open.value(input).isBlank()
                    && !move.does().asks().contains(input);
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
    }

    private void extensionFits(Open open, Map<String, String> values, List<Fault> faults) {
        ClockRule rule = open.type.mainClock().orElse(null);
        LocalDate due = open.due;
        String wanted = values.getOrDefault("due", "");
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

    /** Does what the move does beyond its state; the answer is the report that its files belong to. */
    private @Nullable Long effect(
            Journal.Acts acts,
            User user,
            Open open,
            Move move,
            Matters.Asked asked,
            Map<String, String> values,
            Instant now,
            Map<String, Object> details) {
        switch (move.does()) {
            case NONE, SIGN -> {}
            case TRANSFER -> {
                details.put("before", String.valueOf(open.before.lead()));
                open.leader = open.lead == null ? open.leader : surroundings.leaderOf(open.lead, today(now));
            }
            case COUNTERSIGN -> countersign(user, open, now);
            case REPORT -> {
                return report(user, open, asked, now, details);
            }
            case VERIFY -> verify(user, open, asked, now, details);
            case ASK_EXTENSION -> {
                String due = values.getOrDefault("due", "");
                open.asked = new Matter.Asked(
                        LocalDate.parse(due),
                        asked.typed().getOrDefault("reason", "").strip(),
                        user.account(),
                        user.name(),
                        now.toString());
                details.put("due", due);
            }
            case GRANT_EXTENSION -> {
                Matter.Asked wanted = Objects.requireNonNull(open.asked);
                if (wanted.due().isBefore(today(now))) {
                    throw new MoveRefused(
                            List.of(Fault.of(
                                    "",
                                    "matters.fault.extension-past",
                                    wanted.due().toString())),
                            false);
                }
                details.put("before", String.valueOf(open.due));
                details.put("due", wanted.due().toString());
                open.due = wanted.due();
                open.extended++;
                open.asked = null;
                open.type
                        .mainClock()
                        .ifPresent(rule -> open.clocks.computeIfPresent(
                                rule.key(), (key, run) -> run.extendTo(wanted.due(), surroundings.time())));
            }
            case REFUSE_EXTENSION -> {
                details.put(
                        "due", String.valueOf(Objects.requireNonNull(open.asked).due()));
                open.asked = null;
            }
            case URGE -> urge(user, open, asked, now, details);
            case SPLIT ->
                // Parts need lines: see Splitting.
                throw new MoveRefused(List.of(Fault.of("", "letters.fault.split-page")), false);
            case MERGE -> merge(acts, user, open, asked, now, details);
            case REBASELINE -> {
                List<Schedule.Milestone> milestones = store.milestones(open.id());
                details.put(
                        "before",
                        milestones.stream()
                                .map(m -> m.name() + " " + m.baseline())
                                .toList());
                sql.sql("update milestone set baseline = coalesce(reached, planned) where matter = :matter")
                        .param("matter", open.id())
                        .update();
            }
            case RECUR -> open.recurred++;
        }
        return null;
    }

    private void countersign(User user, Open open, Instant now) {
        Standing standing = surroundings.standing(user);
        for (Long unit : open.joint) {
            if (standing.isOfUnit(unit)) {
                sql.sql("""
                                update matter_unit set agreed_at = :at, agreed_by = :account
                                where matter = :matter and unit = :unit and agreed_at is null""")
                        .param("at", Timestamp.from(now))
                        .param("account", user.account())
                        .param("matter", open.id())
                        .param("unit", unit)
                        .update();
            }
        }
    }

    private Long report(User user, Open open, Matters.Asked asked, Instant now, Map<String, Object> details) {
        String typed = asked.typed().getOrDefault("percent", "").strip().replace("%", "");
        BigDecimal percent = typed.isEmpty() ? null : Inputs.sane(typed);
        boolean lead = surroundings.standing(user).isOfUnit(open.lead);
        if (percent != null && !counted(open.id()).isEmpty()) {
            throw new MoveRefused(List.of(Fault.of("percent", "matters.fault.percent-parts")), false);
        }
        if (percent != null && !lead && open.lead != null) {
            throw new MoveRefused(List.of(Fault.of("percent", "matters.fault.percent-joint")), false);
        }
        long id = progresses.report(
                open.id(),
                user.account(),
                user.unit(),
                asked.typed().getOrDefault("note", "").strip(),
                percent,
                now);
        details.put("progress", id);
        if (percent != null) {
            details.put("percent", percent);
            open.reported = percent;
        }
        open.reportedAt = now;
        open.unverified = progresses.countWaiting(open.id());
        return id;
    }

    private void verify(User user, Open open, Matters.Asked asked, Instant now, Map<String, Object> details) {
        String wanted = asked.typed().getOrDefault("progress", "").strip();
        Progresses.Progress progress = progresses
                .findWaiting(open.id(), wanted.matches("\\d{1,18}") ? Long.valueOf(wanted) : null)
                .orElseThrow(() -> new MoveRefused(List.of(Fault.of("progress", "matters.fault.no-report")), false));
        if (Objects.equals(progress.account(), user.account())) {
            throw new MoveRefused(List.of(Fault.of("", "matters.fault.other-person")), false);
        }
        boolean confirmed = !asked.typed().getOrDefault("decision", "confirm").equals("return");
        progresses.decide(
                progress.id(),
                confirmed,
                asked.typed().getOrDefault("finding", "").strip(),
                user.account(),
                now);
        details.put("progress", progress.id());
        details.put("decision", confirmed ? "confirm" : "return");
        if (confirmed && counted(open.id()).isEmpty()) {
            open.progress = progresses.findConfirmed(open.id()).orElse(open.progress);
        }
        open.unverified = progresses.countWaiting(open.id());
    }

    private void urge(User user, Open open, Matters.Asked asked, Instant now, Map<String, Object> details) {
        String level = asked.typed().getOrDefault("level", "");
        Rung rung = open.type
                .findRung(level)
                .orElseThrow(() -> new MoveRefused(List.of(Fault.of("level", "matters.fault.level")), false));
        Lights.Facts facts = surroundings.facts(open, now);
        Map<String, String> why = new LinkedHashMap<>();
        boolean holds = Lights.holds(rung, facts, now, surroundings.time(), why);
        // Urgent matters may begin at any rung (a person decides and says why); the same rung twice a day it is not.
        String cause = holds ? Lights.cause(rung.when(), facts, now, surroundings.time()) : "hand:" + today(now);
        if (!holds && asked.typed().getOrDefault("note", "").isBlank()) {
            throw new MoveRefused(List.of(Fault.of("note", "matters.fault.urge-why", rung.name())), false);
        }
        Notices.Notice notice = notices.send(new Notices.Sending(
                        open.id(),
                        level,
                        cause,
                        rung.letter(),
                        false,
                        user.account(),
                        asked.typed().getOrDefault("note", "").strip(),
                        holds ? why : Map.of(),
                        now,
                        today(now).getYear()))
                .orElseThrow(
                        () -> new MoveRefused(List.of(Fault.of("level", "matters.fault.urged", rung.name())), false));
        open.level = Notices.higher(open.level, level);
        details.put("level", level);
        details.put("notice", notice.id());
        if (notice.number() != null) {
            details.put("number", notice.number());
        }
    }

    private void merge(
            Journal.Acts acts, User user, Open open, Matters.Asked asked, Instant now, Map<String, Object> details) {
        String number = asked.typed().getOrDefault("other", "").strip();
        Matter other = store.findByNumber(number).orElse(null);
        boolean fits =
                other != null && other.id() != open.id() && other.type().equals(open.before.type()) && !other.ended();
        if (other == null || !fits) {
            throw new MoveRefused(List.of(Fault.of("other", "matters.fault.merge", number)), false);
        }
        // Of two that are merged into each other at once one must not end too. Neither waits for the other.
        Matter locked = sql.sql(
                        "select " + MatterStore.COLUMNS + " from matter m where m.id = :id for update skip locked")
                .param("id", other.id())
                .query((row, n) -> store.matter(row))
                .optional()
                .orElseThrow(
                        () -> new MoveRefused(List.of(Fault.of("other", "matters.fault.merge-busy", number)), false));
        if (locked.ended()) {
            throw new MoveRefused(List.of(Fault.of("other", "matters.fault.merge", number)), false);
        }
        surroundings.tell(
                surroundings.open(locked, surroundings.typeOf(locked)),
                Set.of(Who.LEAD, Who.JOINT),
                "absorbed",
                Map.of("by", user.name(), "numbers", open.before.number()),
                user.account(),
                now);
        open.mergedInto = other.id();
        details.put("into", other.number());
        acts.note("matter:" + other.id(), "matter.absorb", Map.of("number", open.before.number()));
    }

    private LocalDate today(Instant now) {
        return now.atZone(surroundings.time().zone()).toLocalDate();
    }

    /** Starts, pauses, resumes and stops the clocks that name a move. */
    void runClocks(Open open, String move, Instant now) {
        for (ClockRule rule : open.type.clocks().values()) {
            Run run = open.clocks.get(rule.key());
            if (run != null && rule.stops().contains(move)) {
                run = run.stop(now);
            }
            if (run != null && rule.pauses().contains(move)) {
                run = run.pause(now, surroundings.time());
            }
            if (run != null && rule.resumes().contains(move)) {
                run = run.resume(now, surroundings.time());
                if (rule.main()) {
                    open.due = Limit.lastDay(run.runsOut(), surroundings.time().zone());
                }
            }
            if (rule.starts().contains(move)) {
                run = started(open, rule, now);
            }
            if (run != null) {
                open.clocks.put(rule.key(), run);
            }
        }
    }

    /** Sets the clocks as they would stand had moves led to the state that the matter is in. */
    private void setClocks(Open open, Instant now) {
        State state = open.type.getState(open.state);
        for (ClockRule rule : open.type.clocks().values()) {
            Run run = open.clocks.get(rule.key());
            boolean starts = leadsTo(open, rule.starts()) || rule.starts().contains(ClockRule.CREATED) && state.start();
            // The main clock runs on through states that none of its moves leads to, any other only where it starts.
            boolean on = rule.main() && !leadsTo(open, rule.stops()) && (run != null || isLeads(state));
            if (state.end() || !starts && !on) {
                run = run == null ? null : run.stop(now);
            } else {
                run = run == null || run.stoppedAt() != null ? started(open, rule, now) : run;
                boolean held = leadsTo(open, rule.pauses());
                if (run != null && held) {
                    run = run.pause(now, surroundings.time());
                } else if (run != null && run.pausedAt() != null) {
                    run = run.resume(now, surroundings.time());
                    if (rule.main()) {
                        open.due =
                                Limit.lastDay(run.runsOut(), surroundings.time().zone());
                    }
                }
            }
            if (run != null) {
                open.clocks.put(rule.key(), run);
            }
        }
    }

    private static boolean isLeads(State state) {
        return state.waitsFor().contains(Who.LEAD);
    }

    private static boolean leadsTo(Open open, Set<String> moves) {
        return moves.stream()
                .flatMap(key -> open.type.findMove(key).stream())
                .anyMatch(move -> open.state.equals(move.to()));
    }

    private @Nullable Run started(Open open, ClockRule rule, Instant now) {
        Limit length = rule.length();
        if (length != null) {
            return Run.start(length, now, surroundings.time());
        }
        String until = open.value(Objects.requireNonNull(rule.until()));
        return until.isEmpty()
                ? open.clocks.get(rule.key())
                : Run.until(LocalDate.parse(until), now, surroundings.time());
    }

    /** Carries the confirmed progress of parts up to the whole, and on to what that is a part of. */
    void rollUp(Journal.Acts acts, long whole, Instant now) {
        // Whoever confirms the progress of a village's part need not see the county's whole.
        store.asHouse(() -> rollUpAll(acts, whole, now));
    }

    /** All parts, whoever asks: a person may not see them all, but the whole may never claim more than they show. */
    private List<Matter> parts(long whole) {
        List<Matter> parts = new ArrayList<>();
        store.asHouse(() -> parts.addAll(store.listParts(whole)));
        return parts;
    }

    /** Parts that make up the whole: all but those called off. One that was done in part counts as far as it came. */
    private List<Matter> counted(long whole) {
        return parts(whole).stream()
                .filter(part -> !surroundings.typeOf(part).isCalledOff(part.state()))
                .toList();
    }

    /** The progress of a whole from those of its parts that count: called off ones do not. */
    RollUp sum(long whole) {
        return RollUp.of(counted(whole).stream()
                .map(part -> new RollUp.Part(part.weight(), part.done() ? BigDecimal.valueOf(100) : part.progress()))
                .toList());
    }

    private void rollUpAll(Journal.Acts acts, long whole, Instant now) {
        Set<Long> seen = new LinkedHashSet<>();
        Long next = whole;
        while (next != null && seen.add(next)) {
            Matter matter = sql.sql("select " + MatterStore.COLUMNS + " from matter m where m.id = :id for update")
                    .param("id", next)
                    .query((row, n) -> store.matter(row))
                    .optional()
                    .orElse(null);
            if (matter == null || matter.ended()) {
                return;
            }
            RollUp sum = sum(next);
            if (same(sum.percent(), matter.progress())) {
                return;
            }
            Open open = surroundings.open(matter, surroundings.typeOf(matter));
            open.progress = sum.percent();
            open.reportedAt = now;
            store.save(open, surroundings.judge(open, now), now);
            acts.note(
                    "matter:" + matter.id(),
                    "matter.roll-up",
                    Map.of(
                            "progress",
                            String.valueOf(sum.percent()),
                            "known",
                            sum.known(),
                            "parts",
                            sum.parts(),
                            "version",
                            matter.version() + 1));
            next = matter.parent();
        }
    }

    private static boolean same(@Nullable BigDecimal a, @Nullable BigDecimal b) {
        return a == null || b == null ? a == b : a.compareTo(b) == 0;
    }
}
