package org.luoshi.server.meetings;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.matters.Lagging.Stood;

/**
 * A line of an agenda.
 *
 * @param stood the matter: as it stands while the meeting is planned, as it stood once it was opened; null: an item
 *     without a matter
 * @param decidedOn day of the meeting whose decision it is
 * @param byHand picked by hand: a new proposal leaves it where it is
 * @param dropped taken off by hand: a new proposal does not bring it back
 */
public record Item(
        long id,
        long meeting,
        Part part,
        int ordinal,
        @Nullable Stood stood,
        @Nullable Long decidedAt,
        @Nullable LocalDate decidedOn,
        String title,
        boolean byHand,
        boolean dropped,
        String discussion,
        String notedBy,
        int version) {

    /** The parts of an agenda in their order. */
    public enum Part {
        /** What the meetings before decided and is not done, or was decided last time. */
        DECIDED,
        LAGS,
        OTHER;

        public String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public @Nullable Long lead() {
        Stood matter = stood;
        return matter == null ? null : matter.lead();
    }

    public String name() {
        Stood matter = stood;
        return matter == null ? title : matter.title();
    }
}
