package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What should be done by a day. With milestones: their weights, reached on their baseline days, in a straight line
 * between them. Without: in a straight line from the day it was given to its first deadline (序时进度).
 */
public final class Schedule {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Schedule() {}

    /**
     * A milestone.
     *
     * @param follows the one before it, null: none
     * @param days how long it takes after what it follows
     * @param shifted days of pauses since its baseline was set: it is measured so much later
     * @param paused days of pauses that lie before it
     * @param counts whether it tells what should be done; one that was added later only does after a new baseline
     */
    public record Milestone(
            long id,
            int ordinal,
            String name,
            @Nullable Long follows,
            int days,
            BigDecimal weight,
            LocalDate baseline,
            LocalDate planned,
            @Nullable LocalDate reached,
            int shifted,
            int paused,
            boolean counts) {

        Milestone withPlanned(LocalDate day) {
            return new Milestone(
                    id, ordinal, name, follows, days, weight, baseline, day, reached, shifted, paused, counts);
        }

        /** The day that it is measured by: its baseline, and the days on which nobody was to work at it. */
        LocalDate measured() {
            return baseline.plusDays(shifted);
        }

        /** The day by which it is missed: what follows another may slip along, any other keeps the day it is measured by. */
        LocalDate target() {
            return follows == null ? measured() : planned;
        }

        /** When it came or is to come. */
        public LocalDate when() {
            return reached == null ? planned : reached;
        }

        /** When it came or can come at the earliest, as seen on a day. */
        LocalDate over(LocalDate today) {
            long late = ChronoUnit.DAYS.between(planned, today);
            return reached != null || late <= 0 ? when() : planned.plusDays(1 + (late - 1) / 7 * 7);
        }

        /** Days after its baseline; negative: before. */
        public long slip() {
            return ChronoUnit.DAYS.between(baseline, when());
        }
    }

    /**
     * From when to when something is to be done.
     *
     * @param from the day it was given, or its work began anew
     * @param anew whether it began anew: what was to be reached until then is of the work before
     * @param paused days of all pauses between the two that are over
     */
    record Span(LocalDate from, boolean anew, long paused, LocalDate due) {
        /** Whether a milestone is one of this work and tells what should be done. */
        boolean holds(Milestone milestone) {
            return milestone.counts() && (!anew || milestone.measured().isAfter(from));
        }
    }

    /** The share that should be done at the end of a day, in per cent with two digits; null where no span is known. */
    static @Nullable BigDecimal expected(List<Milestone> milestones, @Nullable Span span, LocalDate day) {
        if (span == null) {
            return null;
        }
        List<Milestone> ordered =
                new ArrayList<>(milestones.stream().filter(span::holds).toList());
        ordered.sort(java.util.Comparator.comparing(Milestone::measured).thenComparing(Milestone::ordinal));
        if (ordered.isEmpty()) {
            return line(BigDecimal.ZERO, HUNDRED, span.from().plusDays(span.paused()), span.due(), day);
        }
        BigDecimal sum = ordered.stream().map(Milestone::weight).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal before = BigDecimal.ZERO;
        BigDecimal weight = BigDecimal.ZERO;
        LocalDate from = span.from();
        long paused = Math.max(0, ordered.getFirst().paused() - span.paused());
        for (Milestone milestone : ordered) {
            weight = weight.add(milestone.weight());
            BigDecimal there = weight.multiply(HUNDRED).divide(sum, 4, RoundingMode.HALF_UP);
            if (day.isBefore(milestone.measured())) {
                long held = Math.max(0, milestone.paused() - paused);
                return line(before, there, from.plusDays(held), milestone.measured(), day);
            }
            before = there;
            paused = milestone.paused();
            from = milestone.measured().isAfter(from) ? milestone.measured() : from;
        }
        return HUNDRED.setScale(2);
    }

    private static BigDecimal line(BigDecimal from, BigDecimal to, LocalDate first, LocalDate last, LocalDate day) {
        long whole = ChronoUnit.DAYS.between(first, last);
        long passed = ChronoUnit.DAYS.between(first, day);
        BigDecimal share = whole <= 0 || passed >= whole
                ? BigDecimal.ONE
                : BigDecimal.valueOf(Math.max(0, passed)).divide(BigDecimal.valueOf(whole), 8, RoundingMode.HALF_UP);
        return from.add(to.subtract(from).multiply(share)).setScale(2, RoundingMode.HALF_UP);
    }

    /**
     * Moves what follows a late milestone: nothing is planned before the day it is measured by, nor
     * before what it follows is over and its own days have passed. One that is overdue is taken to come on the first day
     * of the week of delay that runs, so that what follows moves once a week and not every day.
     *
     * @param today the day that tells what is overdue
     * @return all milestones in their order, those that moved with their new day
     * @throws IllegalArgumentException where they follow each other in a circle
     */
    static List<Milestone> follow(List<Milestone> milestones, LocalDate today) {
        Map<Long, Milestone> byId = new HashMap<>();
        milestones.forEach(m -> byId.put(m.id(), m));
        Map<Long, Milestone> settled = new HashMap<>();
        for (Milestone milestone : milestones) {
            settle(milestone, byId, settled, new HashSet<>(), today);
        }
        return milestones.stream().map(m -> settled.getOrDefault(m.id(), m)).toList();
    }

    private static Milestone settle(
            Milestone milestone,
            Map<Long, Milestone> all,
            Map<Long, Milestone> settled,
            Set<Long> on,
            LocalDate today) {
        Milestone known = settled.get(milestone.id());
        if (known != null) {
            return known;
        }
        if (!on.add(milestone.id())) {
            throw new IllegalArgumentException("the milestone " + milestone.name() + " follows itself");
        }
        Milestone now = milestone;
        Milestone before = milestone.follows() == null ? null : all.get(milestone.follows());
        if (before != null && milestone.reached() == null) {
            LocalDate earliest =
                    settle(before, all, settled, on, today).over(today).plusDays(milestone.days());
            now = milestone.withPlanned(earliest.isAfter(milestone.measured()) ? earliest : milestone.measured());
        }
        settled.put(now.id(), now);
        return now;
    }

    /** A step to be counted back from a deadline. */
    record Step(String name, int days, BigDecimal weight) {}

    /** Counts back (倒排): the last step ends on the deadline, each one when the next begins. */
    static List<LocalDate> countBack(List<Step> steps, LocalDate due) {
        List<LocalDate> ends = new ArrayList<>();
        LocalDate end = due;
        for (int i = steps.size() - 1; i >= 0; i--) {
            ends.addFirst(end);
            end = end.minusDays(steps.get(i).days());
        }
        return ends;
    }
}
