package org.luoshi.server.matters.types;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event that moves a matter.
 *
 * @param from the states it is possible in
 * @param to where it leads; null where the matter stays
 * @param who may do it
 * @param asks inputs of its form: keys of fields, or {@code note}, {@code reason}, {@code files}; true: needed
 * @param needs fields that must hold a value before
 * @param guards what else must be so
 * @param over clocks that must have run out before
 * @param within clocks that must still run, with time left
 * @param does what it does beyond its state
 * @param tells who is told
 * @param back drawn as a way back
 * @param destructive asks for its reason on a page of its own
 * @param line the line of the file
 */
public record Move(
        String key,
        Named name,
        Set<String> from,
        @Nullable String to,
        Set<Who> who,
        Map<String, Boolean> asks,
        Set<String> needs,
        Set<Guard> guards,
        Set<String> over,
        Set<String> within,
        Effect does,
        Set<Who> tells,
        boolean back,
        boolean destructive,
        int line) {

    /** Inputs that are no fields. */
    public static final Set<String> INPUTS = Set.of("note", "reason", "files", "other", "percent", "value", "finding");

    public boolean isNeeded(String input) {
        return Boolean.TRUE.equals(asks.get(input));
    }
}
