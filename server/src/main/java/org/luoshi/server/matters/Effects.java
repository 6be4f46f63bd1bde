package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.matters.types.Effect;
import org.luoshi.server.matters.types.Move;
import org.luoshi.server.matters.types.Rung;
import org.luoshi.server.matters.types.Who;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What moves do beyond the state and the clocks of a matter, each as the file of its type says. */
@Component
class Effects {
    private final JdbcClient sql;
    private final MatterStore store;
    private final Wholes wholes;
    private final Surroundings surroundings;
    private final Progresses progresses;
    private final Notices notices;
    private final Slips slips;

    Effects(
            JdbcClient sql,
            MatterStore store,
            Wholes wholes,
            Surroundings surroundings,
            Progresses progresses,
            Notices notices,
            Slips slips) {
        this.sql = sql;
        this.store = store;
        this.wholes = wholes;
        this.surroundings = surroundings;
        this.progresses = progresses;
        this.notices = notices;
        this.slips = slips;
    }

    /**
     * Work that begins again is as far as its parts are, and else nobody knows how far: what was confirmed of the work
     * before does not count for it. The entry keeps the percentage as it was.
     */
    void beginAnew(Open open, Map<String, Object> details) {
        BigDecimal before = open.progress;
        forgetAgreed(open);
        progresses.begunAnew(open.id());
        open.progress = wholes.sum(open.id()).percent();
        open.reported = null;
        if (before != null && !Wholes.same(before, open.progress)) {
            details.put("before-percent", before);
        }
    }

    /** What follows where the clocks of a matter run on after a pause; before they are saved. */
    void resumed(Journal.Acts acts, Open open) {
        slips.resumed(acts, open);
    }

    /** Does what the move does beyond its state; the answer is the report that its files belong to. */
    @Nullable
    Long of(
            Journal.Acts acts,
            User user,
            Open open,
            Move move,
            Matters.Asked asked,
            Map<String, String> values,
            Instant now,
            Map<String, Object> details) {
        // A check that finds a fault asks the lead for more, not those who did their part for their consent again.
        boolean bounced = move.back() && move.who().contains(Who.CHECKER);
        if (move.does() == Effect.TRANSFER || !bounced && open.type.beginnings().contains(move.key())) {
            forgetAgreed(open);
        }
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
                slips.rebaseline(open);
            }
            case RECUR -> open.recurred++;
        }
        return null;
    }

    /** What joint units agreed to was the work as it stood; the history keeps it. */
    private void forgetAgreed(Open open) {
        sql.sql(
                        "update matter_unit set agreed_at = null, agreed_by = null where matter = :matter and agreed_at is not null")
                .param("matter", open.id())
                .update();
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

    private static @Nullable BigDecimal number(String text) {
        return text.isBlank() ? null : Inputs.sane(text.strip());
    }

    /** Rounded down, and never more than all: who did more than was asked has done it. */
    private static BigDecimal share(BigDecimal value, BigDecimal target) {
        return value.multiply(BigDecimal.valueOf(100))
                .divide(target, 2, RoundingMode.DOWN)
                .min(BigDecimal.valueOf(100));
    }

    private Long report(User user, Open open, Matters.Asked asked, Instant now, Map<String, Object> details) {
        String typed = asked.typed().getOrDefault("percent", "").strip().replace("%", "");
        BigDecimal value = number(asked.typed().getOrDefault("value", ""));
        BigDecimal target = value == null ? null : number(open.value("target"));
        BigDecimal share = value == null || target == null || target.signum() <= 0 ? null : share(value, target);
        // A percentage that is given stands: the figure may be only a part of the work.
        BigDecimal percent = typed.isEmpty() ? share : Inputs.sane(typed);
        boolean lead = surroundings.standing(user).isOfUnit(open.lead);
        if ((percent != null || value != null) && !wholes.counted(open.id()).isEmpty()) {
            throw new MoveRefused(List.of(Fault.of("percent", "matters.fault.percent-parts")), false);
        }
        if ((percent != null || value != null) && !lead && open.lead != null) {
            throw new MoveRefused(List.of(Fault.of("percent", "matters.fault.percent-joint")), false);
        }
        long id = progresses.report(
                open.id(),
                user.account(),
                user.unit(),
                asked.typed().getOrDefault("note", "").strip(),
                percent,
                value == null ? null : new Progresses.Figure(value, share == null ? null : target),
                now);
        details.put("progress", id);
        if (value != null) {
            details.put("value", value);
            if (share != null) {
                details.put("target", Objects.requireNonNull(target));
            }
            if (!open.value("measure").isEmpty()) {
                details.put("measure", open.value("measure"));
            }
        }
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
        if (confirmed && wholes.counted(open.id()).isEmpty()) {
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
}
