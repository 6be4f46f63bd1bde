package org.luoshi.reading.commitments;

import java.util.List;
import java.util.Map;

/**
 * A theme that commitments are filed under.
 *
 * @param key stable name
 * @param name Chinese label
 * @param en English label
 * @param terms words that speak for it, each with its weight
 * @param sub the themes below it; empty at the second level
 */
public record Theme(String key, String name, String en, Map<String, Double> terms, List<Theme> sub) {
    public Theme {
        terms = Map.copyOf(terms);
        sub = List.copyOf(sub);
    }
}
