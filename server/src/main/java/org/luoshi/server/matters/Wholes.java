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
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a whole may claim: no more than its parts have shown, whoever looks. */
@Component
class Wholes {
    private final JdbcClient sql;
    private final MatterStore store;
    private final Surroundings surroundings;
    private final TransactionTemplate reading;

    Wholes(JdbcClient sql, MatterStore store, Surroundings surroundings, PlatformTransactionManager transactions) {
        this.sql = sql;
        this.store = store;
        this.surroundings = surroundings;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
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
        return parts(whole).stream().filter(this::counts).toList();
    }

    boolean counts(Matter part) {
        return !surroundings.typeOf(part).isCalledOff(part.state());
    }

    /** The progress of a whole from those of its parts that count: called off ones do not. */
    RollUp sum(long whole) {
        return sum(counted(whole));
    }

    /**
     * The same for a page, whoever looks at it.
     *
     * @param at the moment as of which it is shown; null: now
     */
    RollUp shown(long whole, @Nullable Instant at) {
        List<Matter> parts = new ArrayList<>();
        reading.executeWithoutResult(status ->
                store.asHouse(() -> parts.addAll(at == null ? store.listParts(whole) : store.listPartsAt(whole, at))));
        return sum(parts.stream().filter(this::counts).toList());
    }

    private RollUp sum(List<Matter> parts) {
        return RollUp.of(parts.stream()
                .map(part -> new RollUp.Part(part.weight(), part.done() ? BigDecimal.valueOf(100) : part.progress()))
                .toList());
    }

    /** Whoever takes over a whole checks and answers for its parts, as the unit did that had it before. */
    void follow(Journal.Acts acts, Open whole, Instant now) {
        Long was = whole.before.lead();
        if (was == null || was.equals(whole.lead)) {
            return;
        }
        store.asHouse(() -> {
            for (Matter part : store.listParts(whole.id())) {
                boolean checks = was.equals(part.checker());
                boolean gave = was.equals(part.giver());
                if (part.ended() || !checks && !gave) {
                    continue;
                }
                Open open = surroundings.open(store.lock(part.id()).orElseThrow(), surroundings.typeOf(part));
                open.checker = checks ? whole.lead : open.checker;
                open.giver = gave ? whole.lead : open.giver;
                store.save(open, surroundings.judge(open, now), now);
                acts.note(
                        "matter:" + part.id(),
                        "matter.whole-transferred",
                        Map.of("whole", whole.before.number(), "version", part.version() + 1));
            }
        });
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
