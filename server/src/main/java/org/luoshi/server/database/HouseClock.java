package org.luoshi.server.database;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The clock of the house. Beijing time, as all of China keeps; a piece of work may be done as if at another moment, by
 * the thread that does it alone: so a demo county gets a year that has passed, and a test its Thursday.
 */
public final class HouseClock extends Clock {
    private final Clock real;
    private final ThreadLocal<@Nullable Instant> moment = new ThreadLocal<>();

    public HouseClock(Clock real) {
        this.real = real;
    }

    /** Does a piece of work as if at a moment. */
    public <T extends @Nullable Object> T at(Instant instant, Supplier<T> work) {
        Instant before = moment.get();
        moment.set(instant);
        try {
            return work.get();
        } finally {
            moment.set(before);
        }
    }

    @Override
    public Instant instant() {
        Instant set = moment.get();
        return set == null ? real.instant() : set;
    }

    @Override
    public ZoneId getZone() {
        return real.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return real.withZone(zone);
    }
}
