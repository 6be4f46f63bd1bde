package org.luoshi.reading.departments;

import java.util.List;
import java.util.Map;

/**
 * What one department answers for.
 *
 * @param key stable name in files and in the register
 * @param name what the county calls it, without the county's name before it
 * @param stems roots that take any ending of an office: 教育 stands for 教育局, 教育厅, 教育部 …
 * @param aliases other full names and short forms, of every level
 * @param theme key of the theme that its work mostly belongs to, empty where none is given
 * @param terms words that speak for it, each with its weight, more than 0 and at most 10
 */
public record Duty(
        String key, String name, List<String> stems, List<String> aliases, String theme, Map<String, Double> terms) {
    public Duty {
        stems = List.copyOf(stems);
        aliases = List.copyOf(aliases);
        terms = Map.copyOf(terms);
    }
}
