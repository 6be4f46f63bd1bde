package org.luoshi.server.meetings;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A meeting, coming or held.
 *
 * @param series meetings of one series follow each other; empty: stands alone
 * @param hour such as 09:00; empty: not yet set
 * @param units that attend: they read its agenda and minutes
 * @param changedBy name of the person who changed it last
 */
public record Meeting(
        long id,
        String title,
        String series,
        LocalDate day,
        String hour,
        String place,
        String chair,
        List<Long> units,
        State state,
        @Nullable Instant openedAt,
        @Nullable Instant closedAt,
        int version,
        String changedBy,
        @Nullable Long createdBy) {

    /** Planned: the agenda is made. Open: it is frozen, people sit in the room. Closed: the minutes stand. */
    public enum State {
        PLANNED,
        OPEN,
        CLOSED;

        public String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public boolean isPlanned() {
        return state == State.PLANNED;
    }

    public boolean isOpen() {
        return state == State.OPEN;
    }

    public boolean isClosed() {
        return state == State.CLOSED;
    }
}
