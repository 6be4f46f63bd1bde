package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.matters.types.Field;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.units.UnitTree;

/** Checks what was typed against the kinds of the fields and writes it in one way. */
final class Inputs {
    private static final int LONGEST_TEXT = 300;
    private static final int LONGEST = 20_000;
    private static final int LONGEST_NUMBER = 40;
    private static final int MOST_DECIMALS = 8;
    private static final int MOST_DIGITS = 24;
    private static final LocalDate FIRST = LocalDate.of(1980, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2100, 1, 1);

    private final MatterType type;
    private final UnitTree units;
    private final Set<Long> people;
    private final LocalDate today;
    private final LocalDate earliest;
    private final List<Fault> faults;

    /**
     * @param people ids of those who exist, of the ids that occur in the inputs
     * @param earliest the first day that a deadline may lie on
     */
    Inputs(MatterType type, UnitTree units, Set<Long> people, LocalDate today, LocalDate earliest) {
        this(type, units, people, today, earliest, List.of());
    }

    private Inputs(
            MatterType type,
            UnitTree units,
            Set<Long> people,
            LocalDate today,
            LocalDate earliest,
            List<Fault> faults) {
        this.type = type;
        this.units = units;
        this.people = people;
        this.today = today;
        this.earliest = earliest;
        this.faults = faults;
    }

    /** The same, adding what is wrong to a list. */
    Inputs noting(List<Fault> faults) {
        return new Inputs(type, units, people, today, earliest, faults);
    }

    /** The values of fields, each written in one way; blank ones stay blank. Unknown keys are left out. */
    Map<String, String> fields(Map<String, String> typed, Set<String> wanted) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String key : wanted) {
            Field field = type.field(key);
            String text = typed.get(key);
            if (field != null && text != null) {
                values.put(key, text.isBlank() ? "" : value(field, text.strip()));
            }
        }
        return values;
    }

    private String value(Field field, String text) {
        return switch (field.kind()) {
            case TEXT, PERSONAL -> words(field, text, LONGEST_TEXT);
            case LONG -> words(field, text, LONGEST);
            case NUMBER, MONEY -> number(field, text, null);
            case PERCENT -> number(field, text, BigDecimal.valueOf(100));
            case DATE -> date(field, text);
            case UNIT -> unit(field, text);
            case UNITS -> {
                Set<String> found = new LinkedHashSet<>();
                for (String one : text.split(",", -1)) {
                    if (!one.isBlank()) {
                        found.add(unit(field, one.strip()));
                    }
                }
                yield String.join(",", found);
            }
            case PERSON -> {
                if (!text.matches("\\d{1,18}") || !people.contains(Long.valueOf(text))) {
                    fault(field, "matters.fault.person");
                }
                yield text;
            }
            case CHOICE -> {
                if (field.choices().stream().noneMatch(c -> c.key().equals(text))) {
                    fault(field, "matters.fault.choice", text);
                }
                yield text;
            }
            case FLAG -> Boolean.toString(text.equals("true") || text.equals("on"));
        };
    }

    private String words(Field field, String text, int longest) {
        if (text.length() > longest) {
            fault(field, "matters.fault.long", text.length(), longest);
        }
        return text;
    }

    private String number(Field field, String text, @Nullable BigDecimal most) {
        BigDecimal number = sane(text.replace(",", "").replace("，", ""));
        if (number == null) {
            fault(field, "matters.fault.number", text);
            return text;
        }
        if (most != null && (number.signum() < 0 || number.compareTo(most) > 0)) {
            fault(field, "matters.fault.percent", text);
        }
        return number.toPlainString();
    }

    /**
     * A number as people write them; null where it is none. "1E999999999" is nine characters long and a gigabyte when
     * written out, so how long it would be is looked at first.
     */
    static @Nullable BigDecimal sane(String text) {
        if (text.length() > LONGEST_NUMBER) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(text);
            boolean short_ = number.scale() <= MOST_DECIMALS && number.precision() - number.scale() <= MOST_DIGITS;
            return short_ ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private String date(Field field, String text) {
        try {
            LocalDate day = LocalDate.parse(text.replace('/', '-').replace('.', '-'));
            if (day.isBefore(FIRST) || day.isAfter(LAST)) {
                fault(field, "matters.fault.date-far", text);
            } else if (field.key().equals("due") && day.isBefore(earliest)) {
                fault(field, "matters.fault.due-past", text, today.toString());
            }
            return day.toString();
        } catch (DateTimeParseException e) {
            fault(field, "matters.fault.date", text);
            return text;
        }
    }

    private String unit(Field field, String text) {
        UnitTree.Node node = text.matches("\\d{1,18}") ? units.node(Long.parseLong(text)) : units.find(text, today);
        if (node == null) {
            fault(field, "matters.fault.unit", text);
            return text;
        }
        if (node.closed() != null && !node.closed().isAfter(today)) {
            fault(
                    field,
                    "matters.fault.unit-closed",
                    units.brief(node.id(), today),
                    node.closed().toString());
        }
        return Long.toString(node.id());
    }

    private void fault(Field field, String key, Object... arguments) {
        faults.add(Fault.of(field.key(), key, arguments));
    }

    /** The ids of people that occur in some inputs. */
    static Set<Long> peopleIn(MatterType type, Map<String, String> typed) {
        Set<Long> ids = new LinkedHashSet<>();
        typed.forEach((key, text) -> {
            Field field = type.field(key);
            if (field != null
                    && field.kind() == Field.Kind.PERSON
                    && text.strip().matches("\\d{1,18}")) {
                ids.add(Long.valueOf(text.strip()));
            }
        });
        return ids;
    }
}
