package org.luoshi.server.matters.types;

/**
 * When a light turns. The first rule that holds counts; none: green.
 *
 * @param word key of the word beside the light: overdue, behind, due-soon, silent, not-started, waiting, suspended,
 *     recurred, done
 */
public record LightRule(Light light, String word, Condition when, int line) {}
