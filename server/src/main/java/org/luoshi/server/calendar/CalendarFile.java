package org.luoshi.server.calendar;

import java.io.IOException;
import java.io.InputStream;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.luoshi.reading.packs.PackFile;
import org.luoshi.server.calendar.Calendars.Day;
import org.luoshi.server.calendar.Calendars.Year;
import org.yaml.snakeyaml.nodes.Node;

/** The years of a calendar file ({@code luoshi-calendar/1}), checked whole. */
public final class CalendarFile {
    private static final LocalDate LONG_AGO = LocalDate.of(1949, 10, 1);
    private static final int LONGEST_HOLIDAY = 15;
    private static final int AROUND = 10;

    private CalendarFile() {}

    /** A year with the days that depart from Monday to Friday. */
    public record Loaded(Year year, List<Day> days) {}

    /**
     * Reads a whole file.
     *
     * @throws org.luoshi.reading.packs.PackFaultsException with every fault
     */
    public static List<Loaded> read(String name, InputStream in) throws IOException {
        PackFile file = new PackFile(name, in);
        Node root = file.root();
        List<Loaded> years = List.of();
        if (root != null) {
            Map<String, Node> top = file.mapping(root, Set.of("format", "years"), "a calendar");
            String format = file.need(top, "format", root, "The calendar");
            if (!format.isEmpty() && !format.equals("luoshi-calendar/1")) {
                file.fault(root, "The format is \"" + format + "\"; it must be \"luoshi-calendar/1\".");
            }
            Node list = top.get("years");
            if (list == null) {
                file.fault(root, "The calendar lacks \"years\".");
            } else {
                years = years(file, list);
            }
        }
        file.check();
        return years;
    }

    /** The years of a list; faults are noted in the file. */
    public static List<Loaded> years(PackFile file, Node list) {
        List<Loaded> years = new ArrayList<>();
        for (Node node : file.list(list, "years")) {
            Map<String, Node> line = file.mapping(node, Set.of("year", "source", "holidays", "makeUpDays"), "a year");
            String number = file.need(line, "year", node, "The year");
            if (!number.matches("(19|20)\\d\\d")) {
                if (!number.isEmpty()) {
                    file.fault(node, "\"" + number + "\" is no year. Write it as 2026.");
                }
                continue;
            }
            int year = Integer.parseInt(number);
            if (years.stream().anyMatch(y -> y.year().year() == year)) {
                file.fault(node, "The year " + year + " stands in the file twice.");
            }
            Node source = line.get("source");
            years.add(new Loaded(
                    new Year(year, source == null ? "" : file.text(source, "source")), days(file, line, year, node)));
        }
        return years;
    }

    private static List<Day> days(PackFile file, Map<String, Node> year, int number, Node owner) {
        Map<LocalDate, Day> days = new LinkedHashMap<>();
        Node holidays = year.get("holidays");
        // A year counts as known once it is loaded; without its holidays it would be known wrongly.
        if (holidays == null || file.list(holidays, "holidays").isEmpty()) {
            file.fault(
                    owner,
                    "The year " + number + " has no holidays. Write all of the yearly notice under \"holidays\".");
        }
        for (Node holiday : holidays == null ? List.<Node>of() : file.list(holidays, "holidays")) {
            Map<String, Node> line = file.mapping(holiday, Set.of("name", "from", "to"), "a holiday");
            String name = file.need(line, "name", holiday, "The holiday");
            LocalDate from = day(file, line, "from", holiday, LONG_AGO);
            LocalDate to = day(file, line, "to", holiday, from);
            if (to.isBefore(from) || from.plusDays(LONGEST_HOLIDAY).isBefore(to)) {
                file.fault(
                        holiday,
                        "The holiday " + name + " runs from " + from + " to " + to + "; 1 to 15 days are possible.");
                continue;
            }
            if (from.getYear() != number && to.getYear() != number) {
                file.fault(
                        holiday, "The holiday " + name + " from " + from + " to " + to + " is not in " + number + ".");
                continue;
            }
            from.datesUntil(to.plusDays(1)).forEach(day -> days.put(day, new Day(day, false, name)));
        }
        Node makeUp = year.get("makeUpDays");
        for (Node day : makeUp == null ? List.<Node>of() : file.list(makeUp, "makeUpDays")) {
            LocalDate worked = day(file, day, LONG_AGO);
            // The notice of a year may name a weekend around the New Year that lies just outside it.
            if (worked.isBefore(LocalDate.of(number, 1, 1).minusDays(AROUND))
                    || worked.isAfter(LocalDate.of(number, 12, 31).plusDays(AROUND))) {
                file.fault(day, "The make-up day " + worked + " is not in " + number + ".");
                continue;
            }
            if (worked.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0) {
                file.fault(day, "The make-up day " + worked + " is no Saturday or Sunday.");
            }
            if (days.put(worked, new Day(worked, true, "")) != null) {
                file.fault(day, worked + " is a holiday and a make-up day at once.");
            }
        }
        return List.copyOf(days.values());
    }

    private static LocalDate day(PackFile file, Map<String, Node> line, String key, Node owner, LocalDate otherwise) {
        Node node = line.get(key);
        if (node == null) {
            file.fault(owner, "\"" + key + "\" is missing: a day such as \"2026-01-19\".");
            return otherwise;
        }
        return day(file, node, otherwise);
    }

    private static LocalDate day(PackFile file, Node node, LocalDate otherwise) {
        String text = file.text(node, "A day");
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            file.fault(node, "\"" + text + "\" is no day. Write it as \"2026-01-19\".");
            return otherwise;
        }
    }
}
