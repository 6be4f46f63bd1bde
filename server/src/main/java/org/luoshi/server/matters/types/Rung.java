package org.luoshi.server.matters.types;

import org.jspecify.annotations.Nullable;
import org.luoshi.server.calendar.Limit;

/**
 * A rung of the ladder of notices.
 *
 * @param level reminder, blue, yellow, orange, red
 * @param byRule whether the system sends it by itself; else the supervision office does, when the condition holds
 * @param letter whether it goes out as a letter (督办单)
 * @param reply how long the unit has to answer a letter; null where the file does not say
 */
public record Rung(
        String level,
        Named name,
        Condition when,
        boolean byRule,
        boolean letter,
        @Nullable Limit reply,
        int line) {}
