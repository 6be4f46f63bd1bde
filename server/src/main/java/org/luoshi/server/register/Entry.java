package org.luoshi.server.register;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the register as lists, files and programs see it. Units have the names of the day of registration.
 *
 * @param what verb and object as one line
 * @param lead null while no unit leads it
 * @param dueInferred the deadline follows from the section of the report, not from words of the sentence
 * @param theme key of the taxonomy, empty where none fits
 * @param documentId id of the source document
 * @param section heading of the section that the sentence stands in
 * @param leader name of the leader in charge, null where none is
 */
public record Entry(
        long id,
        String number,
        int year,
        String what,
        @Nullable UnitName lead,
        List<UnitName> joint,
        @Nullable LocalDate due,
        boolean dueInferred,
        String theme,
        String subtheme,
        long documentId,
        String document,
        String section,
        @Nullable String leader,
        List<Target> targets,
        Instant registeredAt) {

    /** A unit under the names it had on the day of registration. */
    public record UnitName(long id, String name, String shortName) {}

    /**
     * A figure that is promised.
     *
     * @param op one of {@code >= <= = < > range}
     * @param value null where it is masked
     * @param value2 upper end of a range
     * @param unit as the report writes it, null where there is none
     * @param basis one of {@code level growth rank share change}
     * @param stretch a goal beyond the floor
     * @param split whether it is split among units
     * @param adds whether the shares make up the total; true where there is no split
     */
    public record Target(
            long id,
            String indicator,
            String op,
            @Nullable BigDecimal value,
            @Nullable BigDecimal value2,
            @Nullable String unit,
            String basis,
            boolean masked,
            boolean stretch,
            boolean split,
            boolean adds) {}

    /** Whether a split of one of its targets no longer adds up. */
    public boolean isSplitOff() {
        return targets.stream().anyMatch(target -> !target.adds());
    }
}
