package org.luoshi.server.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * The working hours of the working days.
 *
 * @param days which days are worked
 * @param spans the hours of such a day, in order, not overlapping
 * @param zone where the hours are read off the clock
 */
public record WorkingTime(WorkingDays days, List<Span> spans, ZoneId zone) {
    public static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");

    /** 8:30 to 12:00 and 14:30 to 17:30, where a county's calendar says nothing else. */
    public static final List<Span> USUAL = List.of(
            new Span(LocalTime.of(8, 30), LocalTime.of(12, 0)), new Span(LocalTime.of(14, 30), LocalTime.of(17, 30)));

    public record Span(LocalTime from, LocalTime to) {
        public Span {
            if (!from.isBefore(to)) {
                throw new IllegalArgumentException("working hours from " + from + " to " + to + " are none");
            }
        }

        Duration length() {
            return Duration.between(from, to);
        }
    }

    public WorkingTime {
        spans = List.copyOf(spans);
        if (spans.isEmpty()) {
            throw new IllegalArgumentException("a working day needs hours");
        }
    }

    public static WorkingTime of(WorkingDays days) {
        return new WorkingTime(days, USUAL, BEIJING);
    }

    /** The moment at which so much working time after a moment is over. */
    public Instant plus(Instant from, Duration amount) {
        ZonedDateTime at = from.atZone(zone);
        LocalDate day = at.toLocalDate();
        LocalTime time = at.toLocalTime();
        Duration left = amount;
        if (left.isZero()) {
            return from;
        }
        while (true) {
            if (days.isWorking(day)) {
                for (Span span : spans) {
                    LocalTime begin = time.isAfter(span.from()) ? time : span.from();
                    if (begin.isBefore(span.to())) {
                        Duration here = Duration.between(begin, span.to());
                        if (left.compareTo(here) <= 0) {
                            return day.atTime(begin).plus(left).atZone(zone).toInstant();
                        }
                        left = left.minus(here);
                    }
                }
            }
            day = day.plusDays(1);
            time = LocalTime.MIN;
        }
    }

    /** The working time from one moment to a later one; negative where {@code to} is earlier. */
    public Duration between(Instant from, Instant to) {
        if (to.isBefore(from)) {
            return between(to, from).negated();
        }
        ZonedDateTime begin = from.atZone(zone);
        ZonedDateTime end = to.atZone(zone);
        LocalDate first = begin.toLocalDate();
        LocalDate last = end.toLocalDate();
        Duration before = upTo(first, begin.toLocalTime());
        Duration after = upTo(last, end.toLocalTime());
        // Whole days between are counted, not walked: a clock may run for years.
        int whole = days.between(first.minusDays(1), last.minusDays(1));
        return daily().multipliedBy(whole).minus(before).plus(after);
    }

    private Duration daily() {
        return spans.stream().map(Span::length).reduce(Duration.ZERO, Duration::plus);
    }

    /** The working time of a day before a time of it. */
    private Duration upTo(LocalDate day, LocalTime time) {
        if (!days.isWorking(day)) {
            return Duration.ZERO;
        }
        Duration sum = Duration.ZERO;
        for (Span span : spans) {
            if (time.isAfter(span.from())) {
                sum = sum.plus(Duration.between(span.from(), time.isBefore(span.to()) ? time : span.to()));
            }
        }
        return sum;
    }
}
