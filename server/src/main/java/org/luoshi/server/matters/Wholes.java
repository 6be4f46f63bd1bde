package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.audit.Journal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a whole may claim: no more than its parts have shown, whoever looks. */
@Component
class Wholes {
    private final JdbcClient sql;
    private final MatterStore store;
    private final Surroundings surroundings;

    Wholes(JdbcClient sql, MatterStore store, Surroundings surroundings) {
        this.sql = sql;
        this.store = store;
        this.surroundings = surroundings;
    }

    /** Carries the confirmed progress of parts up to the whole, and on to what that is a part of. */
    void rollUp(Journal.Acts acts, long whole, Instant now) {
        // Whoever confirms the progress of a village's part need not see the county's whole.
        store.asHouse(() -> rollUpAll(acts, whole, now));
    }

    /** All parts, whoever asks: a person may not see them all, but the whole may never claim more than they show. */
    List<Matter> parts(long whole) {
        List<Matter> parts = new ArrayList<>();
        store.asHouse(() -> parts.addAll(store.listParts(whole)));
        return parts;
    }

    /** Parts that make up the whole: all but those called off. One that was done in part counts as far as it came. */
    List<Matter> counted(long whole) {
        return parts(whole).stream()
                .filter(part -> !surroundings.typeOf(part).isCalledOff(part.state()))
                .toList();
    }

    /** The progress of a whole from those of its parts that count: called off ones do not. */
    RollUp sum(long whole) {
        return RollUp.of(counted(whole).stream()
                .map(part -> new RollUp.Part(part.weight(), part.done() ? BigDecimal.valueOf(100) : part.progress()))
                .toList());
    }

    private void rollUpAll(Journal.Acts acts, long whole, Instant now) {
        Set<Long> seen = new LinkedHashSet<>();
        Long next = whole;
        while (next != null && seen.add(next)) {
            Matter matter = sql.sql("select " + MatterStore.COLUMNS + " from matter m where m.id = :id for update")
                    .param("id", next)
                    .query((row, n) -> store.matter(row))
                    .optional()
                    .orElse(null);
            if (matter == null || matter.ended()) {
                return;
            }
            RollUp sum = sum(next);
            if (same(sum.percent(), matter.progress())) {
                return;
            }
            Open open = surroundings.open(matter, surroundings.typeOf(matter));
            open.progress = sum.percent();
            open.reportedAt = now;
            store.save(open, surroundings.judge(open, now), now);
            acts.note(
                    "matter:" + matter.id(),
                    "matter.roll-up",
                    Map.of(
                            "progress",
                            String.valueOf(sum.percent()),
                            "known",
                            sum.known(),
                            "parts",
                            sum.parts(),
                            "version",
                            matter.version() + 1));
            next = matter.parent();
        }
    }

    static boolean same(@Nullable BigDecimal a, @Nullable BigDecimal b) {
        return a == null || b == null ? a == b : a.compareTo(b) == 0;
    }
}
