package org.luoshi.server.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.luoshi.server.accounts.Accounts;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Actor;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.matters.Matters;
import org.luoshi.server.matters.MoveRefused;
import org.luoshi.server.matters.Types;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.Move;
import org.luoshi.server.matters.types.Who;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Takes an import back: every matter of it that nobody has touched since is cancelled, by the move of its type and with
 * an entry of its own; what somebody worked on stays. The list can be mended and come in again.
 */
@Component
class ImportUndo {
    private static final String CANCEL = "cancel";
    private static final int STEP = 200;
    private static final int LONGEST = 500;

    private final ImportStore store;
    private final ImportQueue queue;
    private final Types types;
    private final Matters matters;
    private final Accounts accounts;
    private final Journal journal;

    ImportUndo(ImportStore store, ImportQueue queue, Types types, Matters matters, Accounts accounts, Journal journal) {
        this.store = store;
        this.queue = queue;
        this.types = types;
        this.matters = matters;
        this.accounts = accounts;
        this.journal = journal;
    }

    /** How many matters would be cancelled; 0 where there is nothing to take back, or the type knows no cancelling. */
    int count(SheetImport taken) {
        return taken.state() == SheetImport.State.DONE && canCancel(taken.type())
                ? store.countUntouched(taken.id())
                : 0;
    }

    private boolean canCancel(String type) {
        return types.find(type)
                .flatMap(found -> found.findMove(CANCEL))
                .filter(move -> move.who().contains(Who.SUPERVISION))
                .isPresent();
    }

    void begin(User user, long id, int version, String reason) {
        if (reason.isBlank() || reason.length() > LONGEST) {
            throw new Refused("imports.refused.reason", LONGEST);
        }
        boolean begun = journal.write(user.actor(), acts -> {
            if (!store.beginUndo(id, version, new SheetImport.Undo(user.account(), reason.strip()))) {
                throw Refused.conflict("imports.refused.changed");
            }
            queue.add(id);
            acts.note("import:" + id, "import.undo", Map.of("reason", reason.strip()));
            return true;
        });
        if (begun) {
            queue.wake();
        }
    }

    /** Cancels all of it or, where something goes wrong, nothing. */
    void run(long id) {
        SheetImport taken = store.find(id).orElse(null);
        if (taken == null || taken.state() != SheetImport.State.UNDOING || taken.undo() == null) {
            return;
        }
        SheetImport.Undo undo = taken.undo();
        try {
            User user = accounts.findCurrent(undo.account())
                    .filter(u -> u.is(Role.SUPERVISION))
                    .orElseThrow(() -> new Refused("imports.refused.account"));
            journal.write(user.actor(), acts -> {
                store.lock(taken.type());
                boolean still = store.find(id)
                        .filter(now -> now.state() == SheetImport.State.UNDOING)
                        .isPresent();
                return still ? cancel(acts, user, taken, undo.reason()) : 0;
            });
        } catch (Refused refused) {
            fail(id, refused.key());
        } catch (TransientDataAccessException | DataAccessResourceFailureException | TransactionException e) {
            // The database is away: the scheduler tries again.
            throw e;
        } catch (RuntimeException e) {
            fail(id, "imports.refused.fault");
            throw e;
        }
    }

    private int cancel(Journal.Acts acts, User user, SheetImport taken, String reason) {
        MatterType type = types.get(taken.type());
        Move move = type.findMove(CANCEL).orElseThrow(() -> new Refused("imports.refused.type", taken.type()));
        List<ImportStore.Untouched> untouched = store.untouched(taken.id());
        List<Long> cancelled = new ArrayList<>();
        Map<Long, Integer> told = new TreeMap<>();
        for (int i = 0; i < untouched.size(); i++) {
            if (i % STEP == 0) {
                store.progress(taken.id(), i, untouched.size());
            }
            ImportStore.Untouched one = untouched.get(i);
            if (!move.from().contains(one.state())) {
                continue;
            }
            try {
                Long lead = matters.actQuietlyIn(
                        acts,
                        user,
                        one.matter(),
                        new Matters.Asked(CANCEL, one.version(), Map.of("reason", reason), List.of()));
                cancelled.add(one.matter());
                if (lead != null) {
                    told.merge(lead, 1, Integer::sum);
                }
            } catch (MoveRefused refused) {
                // It stays, and the page lists it among those that were made.
                acts.note(
                        "import:" + taken.id(),
                        "import.not-undone",
                        Map.of(
                                "row",
                                one.row(),
                                "reason",
                                refused.faults().getFirst().key()));
            }
        }
        matters.tellOfMany(user, Matters.OfMany.IMPORT_UNDONE, told);
        store.finishUndo(taken.id(), cancelled);
        acts.note("import:" + taken.id(), "import.undone", Map.of("cancelled", cancelled.size()));
        return cancelled.size();
    }

    private void fail(long id, String key) {
        journal.write(Actor.SYSTEM, acts -> {
            store.failUndo(id, new SheetImport.Failure(key, List.of()));
            acts.note("import:" + id, "import.fail", Map.of("reason", key));
            return true;
        });
    }
}
