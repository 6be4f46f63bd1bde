package org.luoshi.server.audit;

import org.jspecify.annotations.Nullable;

/**
 * Who does something, as the journal keeps it.
 *
 * @param account the account's id, null for the system itself
 * @param name the name on the day of the act
 */
public record Actor(@Nullable Long account, String name) {
    public static final Actor SYSTEM = new Actor(null, "系统");
}
