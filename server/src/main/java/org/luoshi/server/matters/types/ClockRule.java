package org.luoshi.server.matters.types;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.calendar.Limit;

/**
 * A clock of a type.
 *
 * @param length how long it runs; null where it runs until the day that a field holds
 * @param until the field of that day; null where it has a length
 * @param starts the moves that start it (again), or {@link #CREATED}; likewise the others
 * @param main the clock that the deadline of the matter is read from
 * @param mostExtensions how often it may be extended
 * @param longestExtension how long one extension may be; null: not extensible
 * @param line the line of the file
 */
public record ClockRule(
        String key,
        Named name,
        @Nullable Limit length,
        @Nullable String until,
        Set<String> starts,
        Set<String> pauses,
        Set<String> resumes,
        Set<String> stops,
        boolean main,
        int mostExtensions,
        @Nullable Limit longestExtension,
        int line) {

    /** What a file names as a start where a clock begins with the matter itself. */
    public static final String CREATED = "created";
}
