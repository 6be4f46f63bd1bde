package org.luoshi.server.burden;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What the county configures of burden.
 *
 * @param minutes what a thing is estimated to take, by its key: number, text, date, file, progress, notice
 * @param apart working days between two visits to a unit
 * @param most visits to a unit in a year
 */
public record Rules(Map<String, Integer> minutes, int apart, int most) {
    public Rules {
        minutes = Map.copyOf(minutes);
    }

    /** The estimated minutes of a thing. */
    public int minutesOf(String thing) {
        return Objects.requireNonNull(minutes.get(thing), thing);
    }

    Rules with(Map<String, Integer> own, int apart, int most) {
        Map<String, Integer> all = new LinkedHashMap<>(minutes);
        all.putAll(own);
        return new Rules(all, apart, most);
    }
}
