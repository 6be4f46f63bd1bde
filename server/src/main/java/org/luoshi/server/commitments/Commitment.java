package org.luoshi.server.commitments;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A commitment at one version.
 *
 * @param document the document that promises it
 * @param origin what the reader thought of it
 * @param version grows by one with every change; a change names the version that it was made on
 */
public record Commitment(
        long id,
        long document,
        Passage passage,
        Content content,
        Origin origin,
        State state,
        @Nullable Long mergedInto,
        @Nullable Integer year,
        @Nullable String number,
        int version,
        @Nullable Long changedBy,
        Instant changedAt) {

    /** The words that promise it: offsets into the document's text in UTF-16 units, and the section they stand in. */
    public record Passage(int start, int end, String sentence, String section) {}

    /**
     * What is promised, as the clerk may change it.
     *
     * @param due last day, null where nobody knows
     * @param dueInferred the day follows from the section, not from words
     * @param dueWords the words it came from
     * @param dueRule key of the rule that gave it; {@code hand} where a person set it
     * @param lead unit that leads
     * @param leadReason {@code named} in the text, by {@code duty}, by {@code hand}; null without a lead
     * @param leadWords the words or the duty that speak for it
     * @param leader person in charge of the lead unit's field on the day it was set
     * @param joint units that join in, in order
     */
    public record Content(
            String what,
            String verb,
            String object,
            @Nullable LocalDate due,
            boolean dueInferred,
            @Nullable String dueWords,
            @Nullable String dueRule,
            String theme,
            String subtheme,
            @Nullable Long lead,
            @Nullable String leadReason,
            @Nullable String leadWords,
            @Nullable Long leader,
            List<Long> joint,
            List<Target> targets) {}

    /**
     * A figure to be reached.
     *
     * @param id null before it is stored
     * @param op {@code >=}, {@code <=}, {@code =}, {@code <}, {@code >} or {@code range}
     * @param value in {@code unit}; null where masked
     * @param value2 upper end of a range
     * @param basis {@code level}, {@code growth}, {@code rank}, {@code share} or {@code change}
     * @param stretch a goal beyond the floor
     * @param start where the text has it, null where a person added it
     */
    public record Target(
            @Nullable Long id,
            String indicator,
            String op,
            @Nullable BigDecimal value,
            @Nullable BigDecimal value2,
            @Nullable String unit,
            String basis,
            boolean masked,
            boolean stretch,
            @Nullable Integer start,
            @Nullable Integer end) {}

    /**
     * Where it came from.
     *
     * @param confidence probability that it was read right, 0..1; 1 where a person added it
     * @param byHand a person added it, the reader did not propose it
     * @param sameAs an earlier commitment that this one repeats
     */
    public record Origin(
            double confidence,
            List<Doubt> doubts,
            boolean byHand,
            @Nullable Long sameAs) {}

    /** A question for the reviewer, by the reader's key, with the words it is about. */
    public record Doubt(String question, @Nullable String words, String detail) {}

    /** Its way from proposal to register. */
    public enum State {
        PROPOSED,
        ACCEPTED,
        REJECTED,
        MERGED,
        REGISTERED;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static State of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    /** Below this the reviewer looks first. */
    public static final double DOUBTFUL_BELOW = 0.7;

    /** A choice between two likely leads is shown beside them; it does not put a commitment first. */
    static final String MINOR_DOUBT = "doubt.lead-close";

    /** Still to be reviewed, and among those to look at first. */
    public boolean isDoubtful() {
        return state == State.PROPOSED
                && (origin.confidence() < DOUBTFUL_BELOW
                        || origin.doubts().stream()
                                .anyMatch(doubt -> !doubt.question().equals(MINOR_DOUBT)));
    }

    public boolean isReviewed() {
        return state == State.ACCEPTED || state == State.REJECTED || state == State.REGISTERED;
    }

    Commitment with(Content changed) {
        return new Commitment(
                id, document, passage, changed, origin, state, mergedInto, year, number, version, changedBy, changedAt);
    }

    Commitment with(Passage changed) {
        return new Commitment(
                id, document, changed, content, origin, state, mergedInto, year, number, version, changedBy, changedAt);
    }

    Commitment in(State changed) {
        return new Commitment(
                id,
                document,
                passage,
                content,
                origin,
                changed,
                changed == State.MERGED ? mergedInto : null,
                year,
                number,
                version,
                changedBy,
                changedAt);
    }

    Commitment mergedInto(long other) {
        return new Commitment(
                id,
                document,
                passage,
                content,
                origin,
                State.MERGED,
                other,
                year,
                number,
                version,
                changedBy,
                changedAt);
    }

    Commitment registered(int inYear, String as) {
        return new Commitment(
                id,
                document,
                passage,
                content,
                origin,
                State.REGISTERED,
                null,
                inYear,
                as,
                version,
                changedBy,
                changedAt);
    }
}
