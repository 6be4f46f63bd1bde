package org.luoshi.server.burden;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.luoshi.server.calendar.WorkingDays;

/** Compares a visit with those that are planned, by the rules of the county and its working days. */
record Clashes(Rules rules, WorkingDays days) {
    private static final int FURTHEST = 250;

    /** A visit that is planned. */
    record Visit(long id, String title, long organiser, LocalDate from, LocalDate to, List<Long> units) {}

    /** What stands in the way of a visit; it is not compared with itself. */
    List<Clash> of(long self, Collection<Long> units, LocalDate from, LocalDate to, List<Visit> planned) {
        List<Clash> clashes = new ArrayList<>();
        List<LocalDate> off = from.datesUntil(to.plusDays(1))
                .filter(day -> !days.isWorking(day))
                .toList();
        if (!off.isEmpty()) {
            clashes.add(new Clash(Clash.Kind.OFF, 0, 0, "", 0, from, to, off.size(), off));
        }
        for (long unit : units) {
            int year = 1;
            for (Visit visit : planned) {
                if (visit.id() == self || !visit.units().contains(unit)) {
                    continue;
                }
                year += visit.from().getYear() == from.getYear() ? 1 : 0;
                boolean overlaps = !visit.from().isAfter(to) && !visit.to().isBefore(from);
                int between = overlaps ? 0 : between(visit, from, to);
                if (overlaps || between < rules.apart()) {
                    clashes.add(new Clash(
                            overlaps ? Clash.Kind.OVERLAP : Clash.Kind.CLOSE,
                            unit,
                            visit.id(),
                            visit.title(),
                            visit.organiser(),
                            visit.from(),
                            visit.to(),
                            between,
                            List.of()));
                }
            }
            if (year > rules.most()) {
                clashes.add(new Clash(Clash.Kind.MOST, unit, 0, "", 0, from, to, year, List.of()));
            }
        }
        return clashes;
    }

    /** The working days that lie between two visits, without the days of either. */
    private int between(Visit visit, LocalDate from, LocalDate to) {
        return visit.to().isBefore(from)
                ? days.between(visit.to(), from.minusDays(1))
                : days.between(to, visit.from().minusDays(1));
    }

    /** The first days from a day on, as many working days as wanted, that clash with nothing but the number of a year. */
    Optional<LocalDate[]> nextFree(long self, Collection<Long> units, LocalDate from, int length, List<Visit> planned) {
        LocalDate start = from;
        for (int i = 0; i < FURTHEST; i++, start = start.plusDays(1)) {
            LocalDate end = start.plusDays(length - 1L);
            boolean free = of(self, units, start, end, planned).stream().allMatch(c -> c.kind() == Clash.Kind.MOST);
            if (free) {
                return Optional.of(new LocalDate[] {start, end});
            }
        }
        return Optional.empty();
    }
}
