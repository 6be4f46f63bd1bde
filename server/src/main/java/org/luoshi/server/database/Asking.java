package org.luoshi.server.database;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who a statement is run for; row level security goes by it.
 *
 * @param all whether the person may see every row
 * @param units the units whose rows the person may see otherwise
 */
public record Asking(boolean all, Set<Long> units) {

    public Asking {
        units = Set.copyOf(units);
    }

    /** Finds who asks on this thread; null for the system itself, which the tables' owner runs for. */
    @FunctionalInterface
    public interface Finder {
        @org.jspecify.annotations.Nullable
        Asking find();
    }

    String role() {
        return all ? "luoshi_office" : "luoshi_person";
    }

    String unitsText() {
        return all ? "{}" : units.stream().sorted().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }
}
