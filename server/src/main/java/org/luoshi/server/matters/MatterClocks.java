package org.luoshi.server.matters;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.calendar.Limit;
import org.luoshi.server.calendar.Run;
import org.luoshi.server.matters.types.ClockRule;
import org.luoshi.server.matters.types.State;
import org.luoshi.server.matters.types.Who;
import org.springframework.stereotype.Component;

/** Starts, pauses, resumes and stops the clocks of a matter as the file of its type says. */
@Component
class MatterClocks {
    private final Surroundings surroundings;

    MatterClocks(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Starts, pauses, resumes and stops the clocks that name a move. */
    void moved(Open open, String move, Instant now) {
        for (ClockRule rule : open.type.clocks().values()) {
            Run run = open.clocks.get(rule.key());
            if (run != null && rule.stops().contains(move)) {
                run = run.stop(now);
            }
            if (run != null && rule.pauses().contains(move)) {
                run = run.pause(now, surroundings.time());
            }
            if (run != null && rule.resumes().contains(move)) {
                run = run.resume(now, surroundings.time());
                if (rule.main()) {
                    open.due = Limit.lastDay(run.runsOut(), surroundings.time().zone());
                }
            }
            if (rule.starts().contains(move)) {
                run = started(open, rule, now);
            }
            if (run != null) {
                open.clocks.put(rule.key(), run);
            }
        }
    }

    /** Sets the clocks as they would stand had moves led to the state that the matter is in. */
    void put(Open open, Instant now) {
        State state = open.type.getState(open.state);
        for (ClockRule rule : open.type.clocks().values()) {
            Run run = open.clocks.get(rule.key());
            boolean starts = leadsTo(open, rule.starts()) || rule.starts().contains(ClockRule.CREATED) && state.start();
            // The main clock runs on through states that none of its moves leads to, any other only where it starts.
            boolean on = rule.main() && !leadsTo(open, rule.stops()) && (run != null || isLeads(state));
            if (state.end() || !starts && !on) {
                run = run == null ? null : run.stop(now);
            } else {
                run = run == null || run.stoppedAt() != null ? started(open, rule, now) : run;
                boolean held = leadsTo(open, rule.pauses());
                if (run != null && held) {
                    run = run.pause(now, surroundings.time());
                } else if (run != null && run.pausedAt() != null) {
                    run = run.resume(now, surroundings.time());
                    if (rule.main()) {
                        open.due =
                                Limit.lastDay(run.runsOut(), surroundings.time().zone());
                    }
                }
            }
            if (run != null) {
                open.clocks.put(rule.key(), run);
            }
        }
    }

    private static boolean isLeads(State state) {
        return state.waitsFor().contains(Who.LEAD);
    }

    private static boolean leadsTo(Open open, Set<String> moves) {
        return moves.stream()
                .flatMap(key -> open.type.findMove(key).stream())
                .anyMatch(move -> open.state.equals(move.to()));
    }

    private @Nullable Run started(Open open, ClockRule rule, Instant now) {
        Limit length = rule.length();
        if (length != null) {
            return Run.start(length, now, surroundings.time());
        }
        String until = open.value(Objects.requireNonNull(rule.until()));
        return until.isEmpty()
                ? open.clocks.get(rule.key())
                : Run.until(LocalDate.parse(until), now, surroundings.time());
    }
}
