package org.luoshi.server.imports;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.Accounts;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Actor;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.matters.Fault;
import org.luoshi.server.matters.Matters;
import org.luoshi.server.matters.MoveRefused;
import org.luoshi.server.matters.Types;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.Who;
import org.luoshi.server.units.Units;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Brings lists in: takes the file, has it looked at, and makes matters of its rows in one transaction. */
@Component
public class SheetImports {
    private static final int CHUNK = 500;
    private static final String HAND_DOWN = "hand-down";

    private final ImportStore store;
    private final ImportQueue queue;
    private final ColumnWords words;
    private final Types types;
    private final Matters matters;
    private final Units units;
    private final Accounts accounts;
    private final Journal journal;
    private final Clock clock;

    SheetImports(
            ImportStore store,
            ImportQueue queue,
            ColumnWords words,
            Types types,
            Matters matters,
            Units units,
            Accounts accounts,
            Journal journal,
            Clock clock) {
        this.store = store;
        this.queue = queue;
        this.words = words;
        this.types = types;
        this.matters = matters;
        this.units = units;
        this.accounts = accounts;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Takes a file in; nothing becomes a matter yet.
     *
     * @throws Refused where it is none that can be read
     */
    public long take(User user, String typeKey, String fileName, InputStream content) throws IOException {
        MatterType type = types.find(typeKey).orElseThrow(() -> new Refused("imports.refused.type", typeKey));
        MessageDigest digest = sha256();
        List<SheetFile.Table> tables = SheetFile.read(fileName, new DigestInputStream(content, digest));
        List<SheetFile.Line> lines = tables.getFirst().lines();
        SheetFile.Line head = lines.get(words.findHead(type, lines));
        return journal.write(user.actor(), acts -> {
            long id = store.insert(
                    typeKey,
                    fileName,
                    HexFormat.of().formatHex(digest.digest()),
                    tables,
                    head.row(),
                    matching(type, head.cells(), null),
                    user.account(),
                    clock.instant());
            acts.note(
                    "import:" + id,
                    "import.take",
                    Map.of(
                            "file",
                            fileName,
                            "type",
                            typeKey,
                            "rows",
                            tables.stream().mapToInt(t -> t.lines().size()).sum()));
            return id;
        });
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** As sheets with the same columns were read before, else by the words of the headings; names are remembered. */
    private SheetImport.Matching matching(
            MatterType type, List<String> headings, SheetImport.@Nullable Matching before) {
        Map<String, String> names = new HashMap<>();
        Map<Integer, String> columns = words.match(type, headings);
        for (SheetImport done : store.done(type.key(), 20).reversed()) {
            names.putAll(done.matching().names());
            if (done.headings().equals(headings)) {
                columns = done.matching().columns();
            }
        }
        if (before == null) {
            return new SheetImport.Matching(columns, names, headings, false, false, null);
        }
        names.putAll(before.names());
        return new SheetImport.Matching(columns, names, headings, before.past(), before.handDown(), before.campaign());
    }

    List<SheetImport> list() {
        return store.list(100);
    }

    Optional<SheetImport> find(long id) {
        return store.find(id);
    }

    MatterType typeOf(SheetImport taken) {
        return types.find(taken.type()).orElseThrow(() -> new Refused("imports.refused.type", taken.type()));
    }

    /** Whether matters of a type can be handed down as they are brought in. */
    boolean canHandDown(MatterType type) {
        return type.findMove(HAND_DOWN)
                .filter(move ->
                        move.from().contains(type.start().key()) && move.who().contains(Who.SUPERVISION))
                .isPresent();
    }

    CellValues cells(SheetImport taken) {
        return new CellValues(units.tree(), store.people(), taken.matching().names(), LocalDate.now(clock));
    }

    Look look(SheetImport taken) {
        return look(taken, store.lines(taken.id(), taken.chosen()));
    }

    Look look(SheetImport taken, List<SheetFile.Line> lines) {
        return look(taken, lines, cells(taken));
    }

    Look look(SheetImport taken, List<SheetFile.Line> lines, CellValues cells) {
        MatterType type = typeOf(taken);
        return Look.at(
                taken,
                type,
                lines,
                cells,
                matters,
                LocalDate.now(clock),
                identities -> store.known(type.key(), identities));
    }

    /** Another sheet of the file, or another row of headings; the columns are matched anew. */
    void choose(User user, long id, int version, int place, int head) {
        SheetImport taken = draft(id);
        int chosen = place >= 0 && place < taken.tables().size() ? place : taken.chosen();
        MatterType type = typeOf(taken);
        List<SheetFile.Line> lines = store.lines(id, chosen);
        SheetFile.Line line = chosen != taken.chosen()
                ? lines.get(words.findHead(type, lines))
                : lines.stream()
                        .filter(l -> l.row() == head)
                        .findFirst()
                        .orElseThrow(() -> new Refused("imports.refused.head", head));
        change(user, id, version, chosen, line.row(), matching(type, line.cells(), taken.matching()));
    }

    void match(User user, long id, int version, SheetImport.Matching matching) {
        SheetImport taken = draft(id);
        change(user, id, version, taken.chosen(), taken.head(), matching);
    }

    private void change(User user, long id, int version, int chosen, int head, SheetImport.Matching matching) {
        journal.write(user.actor(), acts -> {
            if (!store.change(id, version, chosen, head, matching)) {
                throw Refused.conflict("imports.refused.changed");
            }
            acts.note("import:" + id, "import.match", Map.of("head", head, "columns", matching.columns()));
            return true;
        });
    }

    private SheetImport draft(long id) {
        return store.find(id)
                .filter(taken -> taken.state() == SheetImport.State.DRAFT)
                .orElseThrow(() -> Refused.conflict("imports.refused.changed"));
    }

    void drop(User user, long id) {
        journal.write(user.actor(), acts -> {
            if (store.drop(id)) {
                acts.note("import:" + id, "import.drop", Map.of());
            }
            return true;
        });
    }

    /** Notes that somebody fetched the rows of a sheet as they stand, personal fields included. */
    void openRows(User user, SheetImport taken) {
        journal.write(user.actor(), acts -> {
            acts.note("import:" + taken.id(), "import.open-rows", Map.of("file", taken.fileName()));
            return true;
        });
    }

    /** Puts the import into the queue; a second click finds it there. */
    void begin(User user, long id, int version, boolean whole) {
        boolean begun = journal.write(user.actor(), acts -> {
            if (!store.begin(id, version, whole)) {
                return false;
            }
            queue.add(id);
            acts.note("import:" + id, "import.begin", Map.of("whole", whole));
            return true;
        });
        if (begun) {
            queue.wake();
        }
    }

    /** Makes matters of all rows that are good, or of none. */
    void run(long id) {
        SheetImport taken = store.find(id).orElse(null);
        if (taken == null || taken.state() != SheetImport.State.RUNNING) {
            return;
        }
        try {
            User user = accounts.findCurrent(taken.account())
                    .filter(u -> u.is(Role.SUPERVISION))
                    .orElseThrow(() -> new Refused("imports.refused.account"));
            journal.write(user.actor(), acts -> {
                store.lock(taken.type());
                // A second run of one that was taken for dead finds it done.
                boolean still = store.find(id)
                        .filter(now -> now.state() == SheetImport.State.RUNNING)
                        .isPresent();
                return still ? runIn(acts, user, taken) : 0;
            });
        } catch (Refused refused) {
            fail(id, refused.key(), refused.arguments());
        } catch (MoveRefused refused) {
            Fault fault = refused.faults().getFirst();
            fail(id, fault.key(), fault.arguments().toArray());
        } catch (TransientDataAccessException | DataAccessResourceFailureException | TransactionException e) {
            // The database is away, not the list bad: the scheduler tries again.
            throw e;
        } catch (RuntimeException e) {
            fail(id, "imports.refused.fault", new Object[0]);
            throw e;
        }
    }

    private void fail(long id, String key, Object[] arguments) {
        List<String> texts = new ArrayList<>();
        for (Object argument : arguments) {
            texts.add(String.valueOf(argument));
        }
        journal.write(Actor.SYSTEM, acts -> {
            store.fail(id, new SheetImport.Failure(key, texts));
            acts.note("import:" + id, "import.fail", Map.of("reason", key));
            return true;
        });
    }

    private int runIn(Journal.Acts acts, User user, SheetImport taken) {
        MatterType type = typeOf(taken);
        Look look = look(taken);
        long faulty = look.count(Look.Kind.FAULTY);
        if (taken.whole() && faulty > 0) {
            throw new Refused("imports.refused.faulty", faulty);
        }
        List<Look.Seen> fresh = look.of(Look.Kind.FRESH);
        Map<Integer, Long> made = new LinkedHashMap<>();
        Map<Look.Identity, Long> identities = new HashMap<>();
        Map<Long, Integer> told = new TreeMap<>();
        for (int from = 0; from < fresh.size(); from += CHUNK) {
            store.progress(taken.id(), from, fresh.size());
            List<Look.Seen> some = fresh.subList(from, Math.min(fresh.size(), from + CHUNK));
            List<Long> ids = matters.createAllIn(
                    acts,
                    user,
                    type,
                    some.stream().map(Look.Seen::values).toList(),
                    some.stream()
                            .map(row -> Map.<String, Object>of(
                                    "file",
                                    taken.fileName(),
                                    "import",
                                    taken.id(),
                                    "row",
                                    row.line().row()))
                            .toList());
            for (int i = 0; i < ids.size(); i++) {
                Look.Seen row = some.get(i);
                made.put(row.line().row(), ids.get(i));
                Look.Identity identity = row.identity();
                if (identity != null) {
                    identities.put(identity, ids.get(i));
                }
                if (type.start().waitsFor().contains(Who.LEAD)
                        && !row.values().getOrDefault("lead", "").isEmpty()) {
                    told.merge(Long.valueOf(row.values().get("lead")), 1, Integer::sum);
                }
                handDown(acts, user, taken, type, row, ids.get(i));
            }
        }
        matters.tellOfMany(user, Matters.OfMany.IMPORTED, told);
        settle(taken, look, made, identities);
        acts.note(
                "import:" + taken.id(),
                "import.run",
                Map.of("made", made.size(), "known", look.count(Look.Kind.KNOWN), "left-out", faulty));
        return made.size();
    }

    private void handDown(
            Journal.Acts acts, User user, SheetImport taken, MatterType type, Look.Seen row, long matter) {
        boolean ready = !row.values().getOrDefault("lead", "").isEmpty()
                && !row.values().getOrDefault("due", "").isEmpty()
                && !LocalDate.parse(Objects.requireNonNull(row.values().get("due")))
                        .isBefore(LocalDate.now(clock));
        if (taken.matching().handDown() && ready && canHandDown(type)) {
            try {
                matters.actIn(acts, user, matter, new Matters.Asked(HAND_DOWN, 1, Map.of(), List.of()));
            } catch (MoveRefused refused) {
                // What cannot be handed down stays a draft for the office to complete; the others go on.
                acts.note(
                        "import:" + taken.id(),
                        "import.not-handed",
                        Map.of(
                                "row",
                                row.line().row(),
                                "reason",
                                refused.faults().getFirst().key()));
            }
        }
    }

    private void settle(SheetImport taken, Look look, Map<Integer, Long> made, Map<Look.Identity, Long> identities) {
        store.remember(taken.type(), identities);
        Map<Integer, Long> known = new LinkedHashMap<>();
        Map<Integer, Long> left = new LinkedHashMap<>();
        Map<Integer, Long> blank = new LinkedHashMap<>();
        for (Look.Seen row : look.rows()) {
            Long matter = row.matter();
            switch (row.kind()) {
                case KNOWN -> known.put(row.line().row(), Objects.requireNonNull(matter));
                case FAULTY -> left.put(row.line().row(), 0L);
                case BLANK -> blank.put(row.line().row(), 0L);
                case FRESH -> {}
            }
        }
        store.outcomes(taken.id(), taken.chosen(), "made", made);
        store.outcomes(taken.id(), taken.chosen(), "known", known);
        store.outcomes(taken.id(), taken.chosen(), "left-out", left);
        store.outcomes(taken.id(), taken.chosen(), "blank", blank);
        if (taken.matching().campaign() != null) {
            store.gather(taken.matching().campaign(), made.values());
        }
        store.finish(taken.id(), made.size(), known.size(), left.size(), clock.instant());
    }
}
