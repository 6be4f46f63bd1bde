package org.luoshi.server.accounts;

import java.util.Locale;

/** What an account is for. */
public enum Role {
    /** Keeps accounts, units and packs; does not decide on content. */
    ADMINISTRATOR,
    /** The supervision office (督查室): reads in documents, reviews, registers. */
    SUPERVISION,
    /** Heads a unit: reviews what leaves it, and may do what its handlers do. */
    HEAD,
    /** Answers for a unit's commitments. */
    HANDLER,
    /** May look, not touch. */
    READER;

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Role of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
