package org.luoshi.server.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The house refuses an act: nothing was changed. Carries a message key and what fills its sentence; pages show it
 * beside its cause, programs get problem details with status 409 or 422.
 */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String key;
    private final transient List<@Nullable Object> arguments;
    private final boolean conflict;

    public Refused(String key, @Nullable Object... arguments) {
        this(false, key, arguments);
    }

    private Refused(boolean conflict, String key, @Nullable Object... arguments) {
        super(key + " " + java.util.Arrays.toString(arguments));
        this.key = key;
        this.arguments = java.util.Arrays.asList(arguments);
        this.conflict = conflict;
    }

    /** Somebody else changed the thing first: the caller's copy is stale. */
    public static Refused conflict(String key, @Nullable Object... arguments) {
        return new Refused(true, key, arguments);
    }

    public String key() {
        return key;
    }

    public @Nullable Object[] arguments() {
        return arguments.toArray();
    }

    public boolean isConflict() {
        return conflict;
    }
}
