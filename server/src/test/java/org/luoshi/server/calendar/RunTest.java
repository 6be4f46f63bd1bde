package org.luoshi.server.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Clocks against a count that walks day by day. */
class RunTest {
    private static final int CASES = 20_000;

    private static WorkingDays someDays(Random random) {
        Map<LocalDate, Boolean> exceptions = new HashMap<>();
        for (int i = 0; i < random.nextInt(60); i++) {
            LocalDate day = LocalDate.of(2025, 1, 1).plusDays(random.nextInt(900));
            exceptions.put(day, random.nextBoolean());
        }
        return new WorkingDays(exceptions, Set.of(2025, 2026));
    }

    private static boolean worked(WorkingDays days, LocalDate day) {
        return days.isWorking(day);
    }

    private static Instant at(LocalDate day, int hour) {
        return day.atTime(hour, 17).atZone(WorkingTime.BEIJING).toInstant();
    }

    @Test
    void countsWorkingDaysAsAWalkDoes() {
        Random random = new Random(1);
        for (int i = 0; i < CASES; i++) {
            WorkingDays days = someDays(random);
            LocalDate from = LocalDate.of(2025, 1, 1).plusDays(random.nextInt(600));
            int count = 1 + random.nextInt(200);
            LocalDate walked = from;
            for (int left = count; left > 0; ) {
                walked = walked.plusDays(1);
                left -= worked(days, walked) ? 1 : 0;
            }
            assertThat(days.plus(from, count)).as("%s + %s", from, count).isEqualTo(walked);
            assertThat(days.between(from, walked)).isEqualTo(count);
            assertThat(days.between(walked, from)).isEqualTo(-count);
        }
    }

    /** A clock that is paused and resumed at random moments runs out when the days outside the pauses are used up. */
    @Test
    void doesNotCountTheDaysOfAPause() {
        Random random = new Random(2);
        for (int i = 0; i < CASES; i++) {
            WorkingTime time = WorkingTime.of(someDays(random));
            Limit.Unit unit = random.nextBoolean() ? Limit.Unit.DAYS : Limit.Unit.WORKING_DAYS;
            Limit limit = new Limit(1 + random.nextInt(90), unit);
            LocalDate start = LocalDate.of(2025, 2, 1).plusDays(random.nextInt(300));
            Run run = Run.start(limit, at(start, 9), time);
            LocalDate day = start;
            long counted = 0;
            boolean paused = false;
            long held = 0;
            for (int pauses = random.nextInt(4); pauses > 0; pauses--) {
                for (int step = random.nextInt(20); step > 0 && counted < limit.amount(); step--) {
                    day = day.plusDays(1);
                    counted += unit == Limit.Unit.DAYS || worked(time.days(), day) ? 1 : 0;
                }
                if (counted >= limit.amount()) {
                    break;
                }
                run = run.pause(at(day, 11), time);
                paused = true;
                assertThat(run.leftAt(at(day.plusDays(40), 9), time)).isEqualTo(limit.amount() - counted);
                int pause = random.nextInt(30);
                held += pause;
                day = day.plusDays(pause);
                run = run.resume(at(day, 15), time);
            }
            assertThat(run.pausedDays()).isEqualTo(held);
            while (counted < limit.amount()) {
                day = day.plusDays(1);
                counted += unit == Limit.Unit.DAYS || worked(time.days(), day) ? 1 : 0;
            }
            assertThat(Limit.lastDay(run.runsOut(), WorkingTime.BEIJING))
                    .as("case %s, %s from %s, paused %s", i, limit, start, paused)
                    .isEqualTo(day);
        }
    }

    @Test
    void countsWorkingHoursAsAWalkByMinutesDoes() {
        Random random = new Random(3);
        for (int i = 0; i < 400; i++) {
            WorkingTime time = WorkingTime.of(someDays(random));
            LocalDateTime from = LocalDate.of(2025, 3, 1)
                    .plusDays(random.nextInt(300))
                    .atTime(random.nextInt(24), random.nextInt(60));
            int hours = 1 + random.nextInt(40);
            LocalDateTime walked = from;
            for (int left = hours * 60; left > 0; walked = walked.plusMinutes(1)) {
                left -= worksIn(time, walked) ? 1 : 0;
            }
            Instant began = from.atZone(WorkingTime.BEIJING).toInstant();
            Run run = Run.start(new Limit(hours, Limit.Unit.WORKING_HOURS), began, time);
            assertThat(run.runsOut())
                    .isEqualTo(walked.atZone(WorkingTime.BEIJING).toInstant());
            assertThat(run.leftAt(began, time)).isEqualTo(hours * 3600L);
        }
    }

    private static boolean worksIn(WorkingTime time, LocalDateTime minute) {
        return time.days().isWorking(minute.toLocalDate())
                && time.spans().stream()
                        .anyMatch(s -> !minute.toLocalTime().isBefore(s.from())
                                && minute.toLocalTime().isBefore(s.to()));
    }

    @Test
    void isOverdueFromTheFirstMomentAfterItsLastDay() {
        WorkingTime time = WorkingTime.of(WorkingDays.NONE);
        Run run = Run.until(LocalDate.of(2026, 11, 30), at(LocalDate.of(2026, 11, 1), 9), time);

        assertThat(run.isOverdue(LocalDate.of(2026, 11, 30)
                        .atTime(23, 59, 59)
                        .atZone(WorkingTime.BEIJING)
                        .toInstant()))
                .isFalse();
        assertThat(run.isOverdue(LocalDate.of(2026, 12, 1)
                        .atStartOfDay(WorkingTime.BEIJING)
                        .toInstant()))
                .isTrue();
    }

    @Test
    void tellsTheYearsItDoesNotKnow() {
        WorkingDays days = new WorkingDays(Map.of(LocalDate.of(2026, 10, 1), false), Set.of(2026));

        assertThat(days.missing(LocalDate.of(2026, 12, 1), LocalDate.of(2027, 2, 1)))
                .containsExactly(2027);
        assertThat(days.isWorking(LocalDate.of(2026, 10, 1))).isFalse();
        assertThat(LocalDate.of(2026, 10, 1).getDayOfWeek()).isEqualTo(DayOfWeek.THURSDAY);
    }

    @Test
    void aClockCountedAnewEndsWhereItWouldHaveEndedByTheNewCalendar() {
        Random random = new Random(7);
        for (int i = 0; i < CASES; i++) {
            WorkingTime before = WorkingTime.of(someDays(random));
            WorkingTime after = WorkingTime.of(someDays(random));
            Instant start = at(LocalDate.of(2025, 1, 1).plusDays(random.nextInt(700)), 9);
            Limit limit = new Limit(1 + random.nextInt(40), Limit.Unit.WORKING_DAYS);
            assertThat(Run.start(limit, start, before).recount(start, before, after))
                    .isEqualTo(Run.start(limit, start, after));
        }
    }
}
