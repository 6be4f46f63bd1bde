package org.luoshi.server.matters.types;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the public sees of a state. */
public enum PublicState {
    /** Not shown at all. */
    HIDDEN,
    WAITING,
    WORKING,
    SUSPENDED,
    DONE,
    ENDED;

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<PublicState> find(String key) {
        return Arrays.stream(values()).filter(s -> s.key().equals(key)).findFirst();
    }
}
