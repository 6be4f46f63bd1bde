package org.luoshi.server.burden;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request for data as it was sent.
 *
 * @param signed whether the head of a unit signs its answer
 * @param shared whether others who ask for the same are shown the answers
 * @param reason why it repeats what stands already, or why it was withdrawn
 */
public record Request(
        long id,
        long asker,
        String title,
        String basis,
        Repeats repeats,
        boolean signed,
        boolean shared,
        String state,
        String reason,
        int version,
        Instant createdAt,
        String createdBy) {

    /** How often it comes. */
    public enum Repeats {
        ONCE,
        MONTHLY,
        QUARTERLY;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is to be filled in. */
    public enum Kind {
        NUMBER,
        TEXT,
        DATE,
        FILE;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    /** @param period null: that of the round */
    public record Field(
            long id,
            String name,
            String plain,
            Kind kind,
            String measure,
            @Nullable String period,
            int minutes) {}

    /** One period of a request. */
    public record Round(long id, String period, LocalDate askedOn, LocalDate due) {}

    /** @param state open, draft, signing or sent */
    public record Answer(
            long id,
            long request,
            long round,
            long unit,
            long asker,
            String state,
            String reason,
            int version,
            @Nullable Instant sentAt,
            String changedBy,
            String signedBy) {}

    /** @param absent why the unit cannot say it */
    public record Value(
            long field,
            String value,
            String absent,
            @Nullable Long file,
            @Nullable String fileName) {}

    /** A field that a round does not ask of a unit. */
    record Known(
            long round,
            long field,
            long unit,
            long refusal,
            @Nullable Long answer,
            @Nullable Long placeField,
            String placeTitle,
            @Nullable Long placeUnit) {}

    /** A field to be asked for. */
    record Line(
            String name,
            Kind kind,
            String measure,
            @Nullable Period period,
            int minutes) {
        String plain() {
            return FieldNames.plain(name);
        }

        Period about(Period round) {
            return period == null ? round : period;
        }
    }

    /**
     * A request to be sent.
     *
     * @param until the last period, the first where it comes once
     */
    record Asked(
            String title,
            String basis,
            Set<Long> units,
            List<Line> lines,
            Repeats repeats,
            Period period,
            Period until,
            LocalDate due,
            boolean signed,
            boolean shared) {

        /** The periods it is about, in order. */
        List<Period> periods() {
            List<Period> periods = new java.util.ArrayList<>();
            for (Period at = period; !at.first().isAfter(until.first()); at = at.next()) {
                periods.add(at);
            }
            return periods;
        }
    }
}
