package org.luoshi.server.commitments;

import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.commitments.Commitment.Content;
import org.luoshi.server.commitments.Commitment.Target;
import org.luoshi.server.units.Units;
import org.springframework.stereotype.Component;

/** What was typed into the form beside a commitment, as an edit; refuses with a sentence what cannot be one. */
@Component
class EditForm {
    private static final int LONGEST_NUMBER = 40;
    private static final Set<String> OPS = Set.of(">=", "<=", "=", "<", ">", "range");
    private static final Set<String> BASES = Set.of("level", "growth", "rank", "share", "change");
    private static final Pattern DAY = Pattern.compile("(?:(\\d{4})\\D+)?(\\d{1,2})\\D+(\\d{1,2})\\D*");
    private static final Pattern COMPACT_DAY = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})");
    private static final Pattern RANGE =
            Pattern.compile("(-?\\d+(?:\\.\\d+)?)\\s*(?:-|~|\u2013|\u2014|\uff5e|\u81f3)+\\s*(-?\\d+(?:\\.\\d+)?)");

    private final Units units;
    private final Clock clock;

    EditForm(Units units, Clock clock) {
        this.units = units;
        this.clock = clock;
    }

    /** Whether the request carries the form at all; a bare accept does not. */
    static boolean isIn(HttpServletRequest request) {
        return request.getParameter("what") != null;
    }

    Edit parse(HttpServletRequest request, Commitment of, @Nullable Integer taskYear) {
        Content before = of.content();
        String theme = text(request, "theme");
        int slash = theme.indexOf('/');
        return new Edit(
                text(request, "what"),
                day(answered(request, "due"), taskYear),
                unit(answered(request, "lead"), before.lead()),
                joint(request, before.joint()),
                targets(request, before),
                theme.isEmpty() ? before.theme() : slash < 0 ? theme : theme.substring(0, slash),
                slash >= 0
                        ? theme.substring(slash + 1)
                        : request.getParameter("theme") == null ? before.subtheme() : text(request, "subtheme"));
    }

    /** A field as typed, or as the quick answer to a doubt sets it: {@code set} is {@code due=2026-12-31}. */
    private static String answered(HttpServletRequest request, String name) {
        String set = text(request, "set");
        return set.startsWith(name + "=") ? set.substring(name.length() + 1) : text(request, name);
    }

    private static String text(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value.strip();
    }

    /** A day as people write it: 2026-06-30, 2026.6.30, 6-30 (of the year of the tasks), 20260630. */
    @Nullable
    LocalDate day(String typed, @Nullable Integer taskYear) {
        if (typed.isEmpty()) {
            return null;
        }
        Matcher compact = COMPACT_DAY.matcher(typed);
        Matcher day = compact.matches() ? compact : DAY.matcher(typed);
        if (!compact.matches() && !day.matches()) {
            throw new Refused("review.refused.day", typed);
        }
        int year = day.group(1) != null
                ? Integer.parseInt(day.group(1))
                : taskYear != null ? taskYear : LocalDate.now(clock).getYear();
        try {
            return LocalDate.of(year, Integer.parseInt(day.group(2)), Integer.parseInt(day.group(3)));
        } catch (DateTimeException e) {
            throw new Refused("review.refused.day", typed);
        }
    }

    private @Nullable Long unit(String name, @Nullable Long before) {
        if (name.isEmpty()) {
            return null;
        }
        if (before != null && units.getUnit(before).shortName().equals(name)) {
            return before;
        }
        return units.findByName(name, LocalDate.now(clock))
                .map(Units.Unit::id)
                .orElseThrow(() -> new Refused("review.refused.unit", name));
    }

    private List<Long> joint(HttpServletRequest request, List<Long> before) {
        String[] names = request.getParameterValues("joint");
        List<Long> ids = new ArrayList<>();
        if (names != null) {
            for (String given : names) {
                for (String name : given.split("[,\uff0c\u3001;\uff1b\\s]+", -1)) {
                    if (name.matches("#\\d+") && before.contains(Long.valueOf(name.substring(1)))) {
                        ids.add(Long.valueOf(name.substring(1)));
                    } else if (!name.isBlank()) {
                        Long id = unit(name.strip(), null);
                        if (id != null && !ids.contains(id)) {
                            ids.add(id);
                        }
                    }
                }
            }
        }
        return ids;
    }

    private static List<Target> targets(HttpServletRequest request, Content before) {
        String[] ids = all(request, "t-id");
        String[] indicators = all(request, "t-indicator");
        String[] ops = all(request, "t-op");
        String[] values = all(request, "t-value");
        String[] unitsOf = all(request, "t-unit");
        String[] bases = all(request, "t-basis");
        String[] goals = all(request, "t-goal");
        String drop = text(request, "drop");
        int count = List.of(ops.length, values.length, unitsOf.length, bases.length, goals.length, ids.length).stream()
                .mapToInt(Integer::intValue)
                .min()
                .orElse(0);
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < Math.min(count, indicators.length); i++) {
            boolean blank = indicators[i].isBlank() && values[i].isBlank();
            if (blank || (!ids[i].isEmpty() && ids[i].equals(drop))) {
                continue;
            }
            targets.add(target(before, ids[i], indicators[i], ops[i], values[i], unitsOf[i], bases[i], goals[i]));
        }
        return targets;
    }

    private static Target target(
            Content content,
            String id,
            String indicator,
            String op,
            String value,
            String unit,
            String basis,
            String goal) {
        if (!OPS.contains(op) || !BASES.contains(basis)) {
            throw new Refused("review.refused.figure", indicator + " " + op + " " + basis);
        }
        Target before = content.targets().stream()
                .filter(t -> t.id() != null && t.id().toString().equals(id))
                .findFirst()
                .orElse(null);
        BigDecimal low = null;
        BigDecimal high = null;
        String digits = value.strip().replace(",", "");
        if (digits.length() > LONGEST_NUMBER || digits.matches(".*[eE].*")) {
            throw new Refused("review.refused.figure", indicator + " " + value);
        }
        if (!digits.isEmpty() && !digits.contains("*")) {
            Matcher range = RANGE.matcher(digits);
            try {
                if (range.matches()) {
                    low = new BigDecimal(range.group(1));
                    high = new BigDecimal(range.group(2));
                } else {
                    low = new BigDecimal(digits);
                }
            } catch (NumberFormatException e) {
                throw new Refused("review.refused.number", value);
            }
        }
        boolean masked = before != null && before.masked() && low == null;
        Target typed = new Target(
                before == null ? null : before.id(),
                indicator.strip(),
                high != null ? "range" : op.equals("range") ? "=" : op,
                before == null ? low : same(before.value(), low),
                before == null ? high : same(before.value2(), high),
                Additions.blankToNull(unit.strip()),
                basis,
                masked,
                goal.equals("stretch"),
                before == null ? null : before.start(),
                before == null ? null : before.end());
        return typed;
    }

    /** The value as it was where only its digits are written otherwise (18 for 18.0). */
    private static @Nullable BigDecimal same(@Nullable BigDecimal before, @Nullable BigDecimal typed) {
        return before != null && typed != null && before.compareTo(typed) == 0 ? before : typed;
    }

    private static String[] all(HttpServletRequest request, String name) {
        String[] values = request.getParameterValues(name);
        return values == null ? new String[0] : values;
    }
}
