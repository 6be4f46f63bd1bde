package org.luoshi.server.matters;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one input.
 *
 * @param field the input; empty for the act as a whole
 * @param key of the sentence that says what to do
 */
public record Fault(String field, String key, List<@Nullable Object> arguments) {
    static Fault of(String field, String key, @Nullable Object... arguments) {
        return new Fault(field, key, Arrays.asList(arguments));
    }
}
