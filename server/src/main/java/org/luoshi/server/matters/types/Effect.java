package org.luoshi.server.matters.types;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a move does beyond its state, its clocks and its words. Everything else about a move is in the file. */
public enum Effect {
    NONE(Set.of()),
    /** Notes who signed for it, and when. */
    SIGN(Set.of()),
    /** Gives it to another lead unit. */
    TRANSFER(Set.of("lead")),
    /** A joint unit agrees to its part. */
    COUNTERSIGN(Set.of()),
    /** Progress in words, and a percentage or a figure, with evidence. */
    REPORT(Set.of()),
    /** Confirms or returns a reported progress. */
    VERIFY(Set.of()),
    /** Asks for another deadline. */
    ASK_EXTENSION(Set.of("due")),
    /** Grants what was asked for. */
    GRANT_EXTENSION(Set.of()),
    /** Refuses what was asked for. */
    REFUSE_EXTENSION(Set.of()),
    /** Sends a notice of the ladder. */
    URGE(Set.of()),
    /** Makes part of it a matter of its own, for a unit below. */
    SPLIT(Set.of()),
    /** Ends it as one with another matter, which carries on. */
    MERGE(Set.of("other")),
    /** Sets a new baseline of its milestones. */
    REBASELINE(Set.of()),
    /** Marks that what was closed has come back. */
    RECUR(Set.of());

    private final Set<String> asks;

    Effect(Set<String> asks) {
        this.asks = asks;
    }

    /** Inputs without which the effect cannot be carried out. */
    public Set<String> asks() {
        return asks;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Effect> find(String key) {
        return Arrays.stream(values()).filter(e -> e.key().equals(key)).findFirst();
    }
}
