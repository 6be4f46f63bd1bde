package org.luoshi.server.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The working days of some years. An immutable value; days of years that are not loaded go by their day of the week. */
public final class WorkingDays {
    /** Monday to Friday, no year loaded. */
    public static final WorkingDays NONE = new WorkingDays(Map.of(), Set.of());

    private final TreeMap<LocalDate, Boolean> exceptions;
    private final Set<Integer> years;

    /**
     * @param exceptions days that are not as their day of the week says; true: worked
     * @param years the years whose exceptions are complete
     */
    public WorkingDays(Map<LocalDate, Boolean> exceptions, Set<Integer> years) {
        this.exceptions = new TreeMap<>(exceptions);
        this.years = Set.copyOf(years);
    }

    public boolean isWorking(LocalDate day) {
        Boolean exception = exceptions.get(day);
        return exception == null ? isWeekday(day) : exception;
    }

    /** Whether the holidays of a year are known. */
    public boolean isLoaded(int year) {
        return years.contains(year);
    }

    /** The years from one day to another whose holidays are not known; a date counted over them is provisional. */
    public List<Integer> missing(LocalDate from, LocalDate to) {
        List<Integer> missing = new ArrayList<>();
        for (int year = from.getYear(); year <= to.getYear(); year++) {
            if (!isLoaded(year)) {
                missing.add(year);
            }
        }
        return missing;
    }

    /** The working day on which {@code count} working days after a day are over; the day itself where count is 0. */
    public LocalDate plus(LocalDate day, int count) {
        if (count < 0) {
            throw new IllegalArgumentException("cannot count back " + count + " working days");
        }
        LocalDate at = day;
        int left = count;
        // Whole weeks first: five working days each, put right by the exceptions that fall into them.
        while (left > 10) {
            int weeks = left / 5;
            LocalDate there = at.plusWeeks(weeks);
            left -= between(at, there);
            at = there;
        }
        while (left > 0) {
            at = at.plusDays(1);
            if (isWorking(at)) {
                left--;
            }
        }
        while (left < 0) {
            if (isWorking(at)) {
                left++;
            }
            at = at.minusDays(1);
        }
        return count > 0 ? lastWorkingUpTo(at) : at;
    }

    private LocalDate lastWorkingUpTo(LocalDate day) {
        LocalDate at = day;
        while (!isWorking(at)) {
            at = at.minusDays(1);
        }
        return at;
    }

    /** How many working days lie after {@code from} up to and with {@code to}; negative where {@code to} is earlier. */
    public int between(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            return -between(to, from);
        }
        int count = weekdaysUpTo(to) - weekdaysUpTo(from);
        for (Map.Entry<LocalDate, Boolean> exception :
                exceptions.subMap(from, false, to, true).entrySet()) {
            if (exception.getValue() != isWeekday(exception.getKey())) {
                count += exception.getValue() ? 1 : -1;
            }
        }
        return count;
    }

    private static boolean isWeekday(LocalDate day) {
        return day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0;
    }

    /** Weekdays from a Monday long ago up to and with a day. */
    private static int weekdaysUpTo(LocalDate day) {
        long days = day.toEpochDay() + 4; // 1969-12-29 was a Monday
        long weeks = Math.floorDiv(days, 7L);
        long rest = Math.floorMod(days, 7L);
        // rest 0 is Sunday's count complete, 1 a Monday, 6 a Saturday
        return Math.toIntExact(weeks * 5 + Math.min(rest, 5));
    }
}
