package org.luoshi.server.matters.types;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.luoshi.server.calendar.Limit;

/** What turns a light or sends a notice. */
public sealed interface Condition {

    /** A clock has at most so much left; {@code amount} may be 0 (it runs out today) or -1 (it has run out). */
    record ClockLeft(String clock, int amount, Limit.Unit unit) implements Condition {}

    /** A clock has run out so many of its units ago, or more. */
    record ClockOver(String clock, int amount, Limit.Unit unit) implements Condition {}

    /** The confirmed progress is at least so many percentage points behind the schedule. */
    record Behind(BigDecimal points) implements Condition {}

    /** Nobody has reported for more than so many days. */
    record Silent(int days) implements Condition {}

    /** The matter is in one of some states. */
    record InState(Set<String> states) implements Condition {}

    /** A milestone's planned day has passed by so many days without it being reached. */
    record MilestoneMissed(int days) implements Condition {}

    /** A notice of a lower level is out for so many days. */
    record After(String level, int days) implements Condition {}

    /** It came back after it was closed. */
    record Recurred() implements Condition {}

    record All(List<Condition> parts) implements Condition {}

    record Any(List<Condition> parts) implements Condition {}
}
