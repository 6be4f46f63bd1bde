package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.matters.types.Light;
import org.luoshi.server.matters.types.MatterType;

/**
 * A matter as it stands, or as it stood on a day.
 *
 * @param fields what its type adds, as text: days as 2026-11-30, numbers plain, units as ids with commas
 * @param joint joint units in their order
 * @param progress confirmed, in per cent; null: unknown
 * @param reported the newest reported percentage, confirmed or not
 * @param unverified reports that wait to be confirmed
 * @param lightWhy the figures that the light's sentence is made of
 * @param level the highest notice that is out
 * @param asked an extension that waits for an answer
 * @param mover who made the last move
 */
public record Matter(
        long id,
        String type,
        int typeVersion,
        String number,
        int year,
        String title,
        String what,
        String state,
        boolean ended,
        boolean done,
        @Nullable Long lead,
        @Nullable Long leader,
        @Nullable Long checker,
        @Nullable Long giver,
        @Nullable LocalDate due,
        @Nullable LocalDate firstDue,
        String source,
        @Nullable Long commitment,
        @Nullable Long parent,
        @Nullable Long mergedInto,
        BigDecimal weight,
        boolean isPublic,
        Map<String, String> fields,
        List<Long> joint,
        List<String> waits,
        @Nullable Instant waitsSince,
        @Nullable Instant waitsUntil,
        @Nullable BigDecimal progress,
        @Nullable BigDecimal reported,
        @Nullable Instant reportedAt,
        int unverified,
        Light light,
        String lightWord,
        Map<String, String> lightWhy,
        @Nullable Instant lightSince,
        @Nullable String level,
        int bounced,
        int extended,
        int recurred,
        @Nullable Asked asked,
        @Nullable Long mover,
        Instant createdAt,
        @Nullable Instant givenAt,
        @Nullable Instant closedAt,
        Instant changedAt,
        int version) {

    /** An extension that was asked for. */
    public record Asked(LocalDate due, String reason, long account, String name, String at) {}

    /** A matter that is about to be made, in the start state of its type. */
    static Matter fresh(
            long id,
            MatterType type,
            String number,
            int year,
            @Nullable Long giver,
            @Nullable Long commitment,
            @Nullable Long parent,
            BigDecimal weight,
            Instant now) {
        return new Matter(
                id,
                type.key(),
                type.version(),
                number,
                year,
                "",
                "",
                type.start().key(),
                false,
                false,
                null,
                null,
                null,
                giver,
                null,
                null,
                "",
                commitment,
                parent,
                null,
                weight,
                false,
                Map.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                null,
                0,
                Light.GRAY,
                "waiting",
                Map.of(),
                null,
                null,
                0,
                0,
                0,
                null,
                null,
                now,
                null,
                null,
                now,
                1);
    }
}
