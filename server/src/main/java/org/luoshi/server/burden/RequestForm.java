package org.luoshi.server.burden;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.units.UnitTree;
import org.springframework.util.MultiValueMap;

/** The form of a request as it was typed, and the request that it means. */
final class RequestForm {
    static final int ROWS = 5;
    static final int MOST_ROWS = 60;

    private final MultiValueMap<String, String> typed;
    private final UnitTree tree;
    private final Rules rules;
    private final LocalDate today;
    /** Key and arguments of what is wrong, by input. */
    private final Map<String, List<String>> faults = new LinkedHashMap<>();

    RequestForm(MultiValueMap<String, String> typed, UnitTree tree, Rules rules, LocalDate today) {
        this.typed = typed;
        this.tree = tree;
        this.rules = rules;
        this.today = today;
    }

    Map<String, List<String>> faults() {
        return faults;
    }

    String value(String name) {
        String text = typed.getFirst(name);
        return text == null ? "" : text.strip();
    }

    boolean has(String name, String value) {
        return typed.getOrDefault(name, List.of()).contains(value);
    }

    int rows() {
        String text = value("rows");
        int rows = text.matches("\\d{1,3}") ? Integer.parseInt(text) : ROWS;
        return Math.clamp(rows + (value("act").equals("more") ? ROWS : 0), ROWS, MOST_ROWS);
    }

    /** Lines of which the person says that they mean something else than what is alike; by place in the request. */
    Set<Integer> different(List<Integer> rowsOfLines) {
        Set<Integer> different = new LinkedHashSet<>();
        for (int i = 0; i < rowsOfLines.size(); i++) {
            if (has("different", Integer.toString(rowsOfLines.get(i)))) {
                different.add(i);
            }
        }
        return different;
    }

    /** The rows of the form that hold a field, in order. */
    List<Integer> filled() {
        List<Integer> filled = new ArrayList<>();
        for (int i = 0; i < MOST_ROWS; i++) {
            if (!value("name" + i).isEmpty()) {
                filled.add(i);
            }
        }
        return filled;
    }

    /** What the form means; null where something is wrong. */
    Request.@Nullable Asked read() {
        String title = needed("title", 100);
        String basis = needed("basis", 500);
        Request.Repeats repeats = switch (value("repeats")) {
            case "monthly" -> Request.Repeats.MONTHLY;
            case "quarterly" -> Request.Repeats.QUARTERLY;
            default -> Request.Repeats.ONCE;
        };
        Period period = period("period");
        LocalDate due = due();
        Set<Long> units = units();
        if (units.isEmpty()) {
            fault("unit", "burden.fault.units");
        }
        Period until = period;
        if (period != null && repeats != Request.Repeats.ONCE) {
            int months = repeats == Request.Repeats.MONTHLY ? 1 : 3;
            String times = value("times");
            int count = times.matches("\\d{1,2}") ? Integer.parseInt(times) : 0;
            if (period.months() != months) {
                fault("period", "burden.fault.period-" + repeats.key(), period.key());
            } else if (count < 2 || count > 24) {
                fault("times", "burden.fault.times", times);
            } else {
                until = new Period(period.first().plusMonths((long) months * (count - 1)), months);
            }
        }
        List<Request.Line> lines = lines(repeats);
        if (!faults.isEmpty() || period == null || until == null || due == null) {
            return null;
        }
        return new Request.Asked(
                title, basis, units, lines, repeats, period, until, due, has("signed", "true"), has("shared", "true"));
    }

    private List<Request.Line> lines(Request.Repeats repeats) {
        List<Request.Line> lines = new ArrayList<>();
        Map<String, Integer> seen = new LinkedHashMap<>();
        for (int row : filled()) {
            String name = value("name" + row);
            String kind = value("kind" + row);
            Request.Kind of =
                    Set.of("text", "date", "file").contains(kind) ? Request.Kind.of(kind) : Request.Kind.NUMBER;
            String minutes = value("minutes" + row);
            Period own = value("period" + row).isEmpty() ? null : period("period" + row);
            if (name.length() > 60) {
                fault("name" + row, "burden.fault.name-long", Integer.toString(name.length()));
            }
            if (FieldNames.plain(name).isEmpty()) {
                fault("name" + row, "burden.fault.name-empty", name);
            }
            if (own != null && repeats != Request.Repeats.ONCE) {
                fault("period" + row, "burden.fault.own-period");
            }
            if (!minutes.isEmpty() && !minutes.matches("[1-9]\\d{0,3}")) {
                fault("minutes" + row, "burden.fault.minutes", minutes);
            }
            Request.Line line = new Request.Line(
                    name,
                    of,
                    value("measure" + row),
                    own,
                    minutes.matches("[1-9]\\d{0,3}") ? Integer.parseInt(minutes) : rules.minutesOf(of.key()));
            Integer before = seen.putIfAbsent(line.plain() + "|" + (own == null ? "" : own.key()), row);
            if (before != null) {
                fault("name" + row, "burden.fault.name-twice", name, Integer.toString(before + 1));
            }
            lines.add(line);
        }
        if (lines.isEmpty()) {
            fault("name0", "burden.fault.no-field");
        }
        return lines;
    }

    private String needed(String name, int longest) {
        String text = value(name);
        if (text.isEmpty()) {
            fault(name, "burden.fault." + name);
        } else if (text.length() > longest) {
            fault(name, "burden.fault.long", Integer.toString(text.length()), Integer.toString(longest));
        }
        return text;
    }

    private @Nullable Period period(String name) {
        String text = value(name);
        Period period = Period.parse(text).orElse(null);
        if (period == null) {
            fault(name, "burden.fault.period", text);
        }
        return period;
    }

    private @Nullable LocalDate due() {
        String text = value("due");
        try {
            LocalDate day = LocalDate.parse(text.replace('/', '-').replace('.', '-'));
            if (day.isBefore(today)) {
                fault("due", "burden.fault.due-past", text, today.toString());
            } else if (day.isAfter(today.plusYears(2))) {
                fault("due", "burden.fault.due-far", text);
            }
            return day;
        } catch (DateTimeParseException e) {
            fault("due", "burden.fault.due", text);
            return null;
        }
    }

    /** Units by hand, all units of a kind, or a unit with all below it. */
    private Set<Long> units() {
        Set<Long> open = new LinkedHashSet<>();
        tree.on(today).forEach(n -> open.add(n.id()));
        Set<Long> units = new LinkedHashSet<>();
        for (String pick : typed.getOrDefault("unit", List.of())) {
            if (pick.startsWith("kind-")) {
                tree.on(today).stream()
                        .filter(n -> n.kind().equals(pick.substring(5)))
                        .forEach(n -> units.add(n.id()));
            } else if (pick.matches("below-\\d{1,18}")) {
                long above = Long.parseLong(pick.substring(6));
                tree.withAllBelow(above).stream().filter(u -> u != above).forEach(units::add);
            } else if (pick.matches("\\d{1,18}")) {
                units.add(Long.parseLong(pick));
            }
        }
        units.retainAll(open);
        return units;
    }

    private void fault(String input, String key, String... arguments) {
        List<String> sentence = new ArrayList<>(List.of(key));
        sentence.addAll(List.of(arguments));
        faults.putIfAbsent(input, sentence);
    }
}
