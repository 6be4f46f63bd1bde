package org.luoshi.server.matters.types;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A light. Its order is its urgency. */
public enum Light {
    GRAY,
    GREEN,
    YELLOW,
    RED;

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Light> find(String key) {
        return Arrays.stream(values()).filter(l -> l.key().equals(key)).findFirst();
    }
}
