package org.luoshi.server.reminders;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts attempts by key within a window of time, and says when there were too many. Each server counts its own. */
final class Attempts {
    private static final int MOST_KEYS = 10_000;

    private final int most;
    private final Duration window;
    private final Clock clock;
    private final Map<String, Window> windows = new ConcurrentHashMap<>();

    private record Window(Instant until, int count) {}

    Attempts(int most, Duration window, Clock clock) {
        this.most = most;
        this.window = window;
        this.clock = clock;
    }

    boolean tooMany(String key) {
        Window found = windows.get(key);
        return found != null && found.count() >= most && found.until().isAfter(clock.instant());
    }

    void count(String key) {
        Instant now = clock.instant();
        if (windows.size() >= MOST_KEYS) {
            windows.values().removeIf(w -> !w.until().isAfter(now));
            if (windows.size() >= MOST_KEYS) {
                windows.clear();
            }
        }
        windows.merge(
                key,
                new Window(now.plus(window), 1),
                (before, fresh) ->
                        before.until().isAfter(now) ? new Window(before.until(), before.count() + 1) : fresh);
    }
}
