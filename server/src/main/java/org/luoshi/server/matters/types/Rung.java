package org.luoshi.server.matters.types;

/**
 * A rung of the ladder of notices.
 *
 * @param level reminder, blue, yellow, orange, red
 * @param byRule whether the system sends it by itself; else the supervision office does, when the condition holds
 * @param letter whether it goes out as a letter (督办单)
 */
public record Rung(String level, Named name, Condition when, boolean byRule, boolean letter, int line) {}
