package org.luoshi.server.matters;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.luoshi.server.calendar.WorkingTime;
import org.luoshi.server.web.Words;

/** Milestones as bars of a chart. */
public final class Gantt {
    private static final int WIDTH = 384;

    private Gantt() {}

    /** Where a bar of the plan and of the baseline lies, from 0 to 384; and where today is. */
    public record Bar(int from, int width, int baseFrom, int baseWidth, int today) {}

    /** @param slipKind a class of the look: late, early or third */
    public record Line(Schedule.Milestone milestone, String slip, String slipKind, Bar bar) {}

    static List<Line> of(List<Schedule.Milestone> milestones, Matter matter, LocalDate today, Words words) {
        if (milestones.isEmpty()) {
            return List.of();
        }
        LocalDate first = matter.givenAt() == null
                ? milestones.getFirst().baseline().minusDays(30)
                : matter.givenAt().atZone(WorkingTime.BEIJING).toLocalDate();
        LocalDate last = milestones.stream()
                .flatMap(m -> java.util.stream.Stream.of(m.baseline(), m.when(), today))
                .max(LocalDate::compareTo)
                .orElse(today);
        long span = Math.max(1, ChronoUnit.DAYS.between(first, last));
        List<Line> views = new ArrayList<>();
        LocalDate baseFrom = first;
        LocalDate from = first;
        for (Schedule.Milestone milestone : milestones) {
            long slip = milestone.slip();
            String said = slip == 0
                    ? words.t("matters.slip.none")
                    : words.t(slip > 0 ? "matters.slip.late" : "matters.slip.early", Long.toString(Math.abs(slip)));
            Bar bar = new Bar(
                    x(first, from, span),
                    Math.max(2, x(first, milestone.when(), span) - x(first, from, span)),
                    x(first, baseFrom, span),
                    Math.max(2, x(first, milestone.baseline(), span) - x(first, baseFrom, span)),
                    x(first, today, span));
            views.add(new Line(milestone, said, slip > 0 ? "late" : slip < 0 ? "early" : "third", bar));
            baseFrom = milestone.baseline();
            from = milestone.when();
        }
        return views;
    }

    private static int x(LocalDate first, LocalDate day, long span) {
        return (int) Math.max(0, Math.min(WIDTH, ChronoUnit.DAYS.between(first, day) * WIDTH / span));
    }
}
