package org.luoshi.server.database;

import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

    /** Finds who asks on this thread. */
    public interface Finder {
        /** Which rows he sees; null for the system itself, which the tables' owner runs for. */
        @Nullable
        Asking find();

        /** His account, for what is his alone; null where {@link #find} is. */
        @Nullable
        Long account();
    }

    String role() {
        return all ? "luoshi_office" : "luoshi_person";
    }

    String unitsText() {
        return all ? "{}" : units.stream().sorted().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }
}
