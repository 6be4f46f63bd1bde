package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.calendar.Limit;
import org.luoshi.server.calendar.Run;
import org.luoshi.server.calendar.WorkingTime;
import org.luoshi.server.matters.types.Condition;
import org.luoshi.server.matters.types.Light;
import org.luoshi.server.matters.types.LightRule;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.Rung;

/** Judges a matter by the rules of its type, and says why in figures. */
final class Lights {
    private Lights() {}

    /**
     * What the rules look at.
     *
     * @param clocks the clocks of the matter by key
     * @param expected what should be done today, in per cent; null where no schedule is known
     * @param lastHeard when somebody last reported, or the matter was given
     * @param paused whether the main clock is held: nobody can be behind or silent then
     * @param missed the milestone that is due longest without being reached
     * @param notices when notices of each level went out last
     */
    record Facts(
            String state,
            Map<String, Run> clocks,
            @Nullable BigDecimal progress,
            @Nullable BigDecimal expected,
            @Nullable Instant lastHeard,
            boolean paused,
            Schedule.@Nullable Milestone missed,
            int recurred,
            Map<String, Instant> notices) {}

    /** @param why figures for the sentence of the light */
    record Judged(Light light, String word, Map<String, String> why) {}

    static Judged judge(MatterType type, Facts facts, Instant now, WorkingTime time) {
        if (type.getState(facts.state()).end()) {
            boolean done = type.getState(facts.state()).done();
            return new Judged(done ? Light.GREEN : Light.GRAY, "done", Map.of());
        }
        for (LightRule rule : type.lights()) {
            Map<String, String> why = new LinkedHashMap<>();
            if (holds(rule.when(), facts, now, time, why)) {
                return new Judged(rule.light(), rule.word(), why);
            }
        }
        Map<String, String> why = new LinkedHashMap<>();
        BigDecimal expected = facts.expected();
        BigDecimal progress = facts.progress();
        if (expected != null && progress != null) {
            why.put("progress", plain(progress));
            why.put("expected", plain(expected));
        }
        return new Judged(Light.GREEN, "normal", why);
    }

    /** Whether a rung of the ladder may be sent now. */
    static boolean holds(Rung rung, Facts facts, Instant now, WorkingTime time, Map<String, String> why) {
        return holds(rung.when(), facts, now, time, why);
    }

    private static boolean holds(
            Condition condition, Facts facts, Instant now, WorkingTime time, Map<String, String> why) {
        return switch (condition) {
            case Condition.ClockLeft wanted -> {
                Run run = facts.clocks().get(wanted.clock());
                if (run == null || !run.isRunning()) {
                    yield false;
                }
                long left = left(run, wanted.unit(), now, time);
                clock(why, wanted.clock(), run, wanted.unit(), left, time.zone());
                yield left >= 0 && left <= wanted.amount() && !run.isOverdue(now);
            }
            case Condition.ClockOver wanted -> {
                Run run = facts.clocks().get(wanted.clock());
                if (run == null || !run.isRunning() || !run.isOverdue(now)) {
                    yield false;
                }
                long left = left(run, wanted.unit(), now, time);
                clock(why, wanted.clock(), run, wanted.unit(), left, time.zone());
                yield -left >= wanted.amount();
            }
            case Condition.Behind behind -> {
                BigDecimal expected = facts.expected();
                BigDecimal progress = facts.progress();
                if (expected == null || progress == null || facts.paused()) {
                    yield false;
                }
                BigDecimal gap = expected.subtract(progress);
                why.put("progress", plain(progress));
                why.put("expected", plain(expected));
                why.put("gap", plain(gap));
                why.put("points", plain(behind.points()));
                yield gap.compareTo(behind.points()) >= 0;
            }
            case Condition.Silent most -> {
                Instant heard = facts.lastHeard();
                if (heard == null || facts.paused()) {
                    yield false;
                }
                long silent = ChronoUnit.DAYS.between(day(heard, time.zone()), day(now, time.zone()));
                why.put("silent", Long.toString(silent));
                why.put("silent-most", Integer.toString(most.days()));
                yield silent > most.days();
            }
            case Condition.InState in -> in.states().contains(facts.state());
            case Condition.MilestoneMissed wanted -> {
                Schedule.Milestone missed = facts.missed();
                if (missed == null || facts.paused()) {
                    yield false;
                }
                long late = ChronoUnit.DAYS.between(missed.target(), day(now, time.zone()));
                why.put("milestone", missed.name());
                why.put("milestone-late", Long.toString(late));
                yield late >= wanted.days();
            }
            case Condition.After after -> {
                Instant sent = facts.notices().get(after.level());
                yield sent != null
                        && ChronoUnit.DAYS.between(day(sent, time.zone()), day(now, time.zone())) >= after.days();
            }
            case Condition.Recurred recurred -> facts.recurred() > 0;
            case Condition.All all -> all.parts().stream().allMatch(part -> holds(part, facts, now, time, why));
            case Condition.Any any -> {
                for (Condition part : any.parts()) {
                    Map<String, String> own = new LinkedHashMap<>();
                    if (holds(part, facts, now, time, own)) {
                        why.putAll(own);
                        yield true;
                    }
                }
                yield false;
            }
        };
    }

    /**
     * What a notice is sent for, so that it is sent once: the end of the clock, the last report before a silence, the
     * quarter in which a matter is behind, the milestone that was missed.
     */
    static String cause(Condition condition, Facts facts, Instant now, WorkingTime time) {
        return switch (condition) {
            case Condition.ClockLeft wanted -> ofClock(wanted.clock(), facts, time);
            case Condition.ClockOver wanted -> ofClock(wanted.clock(), facts, time);
            case Condition.Behind behind -> {
                LocalDate today = day(now, time.zone());
                yield "behind:" + today.getYear() + "-q" + (today.getMonthValue() + 2) / 3;
            }
            case Condition.Silent silent -> "silent:" + facts.lastHeard();
            case Condition.MilestoneMissed missed -> {
                Schedule.Milestone milestone = facts.missed();
                yield "milestone:" + (milestone == null ? "" : milestone.id() + "@" + milestone.baseline());
            }
            case Condition.InState state -> "state:" + facts.state();
            case Condition.Recurred recurred -> "recurred:" + facts.recurred();
            case Condition.After after -> "";
            case Condition.All all -> {
                StringBuilder text = new StringBuilder();
                boolean clocked = all.parts().stream()
                        .anyMatch(part -> part instanceof Condition.ClockLeft || part instanceof Condition.ClockOver);
                for (Condition part : all.parts()) {
                    // The end of a clock comes once, in whichever of its states the matter is.
                    if (clocked && part instanceof Condition.InState) {
                        continue;
                    }
                    String cause = cause(part, facts, now, time);
                    text.append(text.isEmpty() || cause.isEmpty() ? "" : "+").append(cause);
                }
                yield text.toString();
            }
            case Condition.Any any -> {
                for (Condition part : any.parts()) {
                    if (holds(part, facts, now, time, new LinkedHashMap<>())) {
                        yield cause(part, facts, now, time);
                    }
                }
                yield "";
            }
        };
    }

    private static String ofClock(String clock, Facts facts, WorkingTime time) {
        Run run = facts.clocks().get(clock);
        return clock + ":" + (run == null ? "" : Limit.lastDay(run.runsOut(), time.zone()));
    }

    private static void clock(Map<String, String> why, String clock, Run run, Limit.Unit unit, long left, ZoneId zone) {
        why.put("clock", clock);
        why.put("until", Limit.lastDay(run.runsOut(), zone).toString());
        why.put("left", Long.toString(left));
        why.put("unit", unit.key());
    }

    /** What is left of a clock in the unit of a rule; hours are rounded down. */
    private static long left(Run run, Limit.Unit unit, Instant now, WorkingTime time) {
        LocalDate today = day(now, time.zone());
        LocalDate last = Limit.lastDay(run.runsOut(), time.zone());
        return switch (unit) {
            case DAYS -> ChronoUnit.DAYS.between(today, last);
            case WORKING_DAYS -> time.days().between(today, last);
            case HOURS ->
                Math.floorDiv(java.time.Duration.between(now, run.runsOut()).toSeconds(), 3600L);
            case WORKING_HOURS -> Math.floorDiv(time.between(now, run.runsOut()).toSeconds(), 3600L);
        };
    }

    private static LocalDate day(Instant at, ZoneId zone) {
        return at.atZone(zone).toLocalDate();
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
