package org.luoshi.server.matters.types;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A field of a matter.
 *
 * @param choices what a CHOICE may hold; else empty
 * @param required whether a matter of the type needs it from the start
 * @param sees who may read it; empty: everybody who sees the matter
 * @param edits who may write it outside a move; empty: nobody
 */
public record Field(
        String key, Named name, Kind kind, List<Choice> choices, boolean required, Set<Who> sees, Set<Who> edits) {

    /** What a field holds. */
    public enum Kind {
        TEXT,
        LONG,
        NUMBER,
        PERCENT,
        MONEY,
        DATE,
        UNIT,
        UNITS,
        PERSON,
        CHOICE,
        FLAG,
        /** A person's own data: masked until it is opened, and every opening is in the journal. */
        PERSONAL;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Kind> find(String key) {
            return Arrays.stream(values()).filter(k -> k.key().equals(key)).findFirst();
        }
    }

    public record Choice(String key, Named name) {}

    /** Fields that every matter has, in columns of their own. */
    public static final Set<String> CORE =
            Set.of("title", "what", "lead", "joint", "leader", "checker", "due", "source", "public");

    /** Whether somebody may read it who is so much to the matter. */
    public boolean isSeenBy(Set<Who> standing) {
        return sees.isEmpty() || sees.stream().anyMatch(standing::contains);
    }

    /** Whether a form must not fill in what it holds: left blank it stays. */
    public boolean isHiddenFrom(Set<Who> standing) {
        return kind == Kind.PERSONAL || !isSeenBy(standing);
    }

    public boolean isCore() {
        return CORE.contains(key);
    }
}
