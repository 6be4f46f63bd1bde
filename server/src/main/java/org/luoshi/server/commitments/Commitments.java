package org.luoshi.server.commitments;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Span;
import org.luoshi.server.audit.Actor;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.commitments.Commitment.Content;
import org.luoshi.server.commitments.Commitment.Passage;
import org.luoshi.server.commitments.Commitment.State;
import org.luoshi.server.commitments.Commitment.Target;
import org.luoshi.server.documents.Document;
import org.luoshi.server.documents.Documents;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Commitments, and the one way to change them. Every act names the version it was made on and is refused where somebody
 * changed the commitment since; it is one entry on the stream {@code commitment:ID} for each commitment, with its state
 * before and what changed, and one on {@code document:ID}, by which reviewers follow each other.
 *
 * <p>A {@code request} key, where given, makes an act happen once however often it is sent.
 */
@Component
public class Commitments {
    /** Acts that can be undone, as the journal names them. */
    private static final Set<String> UNDOABLE = Set.of(
            "review.accept",
            "review.reject",
            "review.reopen",
            "review.edit",
            "review.split",
            "review.merge",
            "review.add");

    private static final int REMEMBERED_ACTS = 500;

    private final CommitmentStore store;
    private final Documents documents;
    private final Additions additions;
    private final Journal journal;
    private final JsonMapper json;
    private final Clock clock;

    Commitments(
            CommitmentStore store,
            Documents documents,
            Additions additions,
            Journal journal,
            JsonMapper json,
            Clock clock) {
        this.store = store;
        this.documents = documents;
        this.additions = additions;
        this.journal = journal;
        this.json = json;
        this.clock = clock;
    }

    /** A commitment as the caller saw it. */
    public record Ref(long id, int version) {}

    /** What an act did: the commitments it changed or made as they are now, and those it took away. */
    public record Outcome(List<Commitment> changed, List<Long> gone) {
        static final Outcome NOTHING = new Outcome(List.of(), List.of());
    }

    /** All commitments of a document in order of its text, merged ones too. */
    public List<Commitment> listOf(long document) {
        return store.listOf(document);
    }

    public List<Commitment> list(Collection<Long> ids) {
        return store.list(ids);
    }

    public Optional<Commitment> find(long id) {
        return store.find(id);
    }

    /** @throws Refused {@code review.refused.missing} where there is none */
    public Commitment get(long id) {
        return find(id).orElseThrow(() -> new Refused("review.refused.missing", Long.toString(id)));
    }

    public Outcome accept(Actor actor, Collection<Ref> refs, @Nullable String request) {
        return move(actor, "review.accept", refs, State.ACCEPTED, request);
    }

    /** Accepts one commitment with what was typed beside it. */
    public Outcome accept(Actor actor, Ref ref, Edit edit, @Nullable String request) {
        return change(actor, "review.accept", List.of(ref), request, c -> {
            refuseClosed(c, State.REGISTERED);
            return edited(c, edit).in(State.ACCEPTED);
        });
    }

    public Outcome reject(Actor actor, Collection<Ref> refs, @Nullable String request) {
        return move(actor, "review.reject", refs, State.REJECTED, request);
    }

    /** Takes back a decision: the commitment is to be reviewed again. */
    public Outcome reopen(Actor actor, Collection<Ref> refs, @Nullable String request) {
        return move(actor, "review.reopen", refs, State.PROPOSED, request);
    }

    /** Corrects a commitment, in review or in the register; its state stays. */
    public Outcome edit(Actor actor, Ref ref, Edit edit, @Nullable String request) {
        return change(actor, "review.edit", List.of(ref), request, c -> edited(c, edit));
    }

    private Outcome move(Actor actor, String act, Collection<Ref> refs, State to, @Nullable String request) {
        boolean one = refs.size() == 1;
        return change(actor, act, refs, request, c -> {
            if (one) {
                refuseClosed(c, State.REGISTERED);
            }
            return c.state() == State.MERGED || c.state() == State.REGISTERED ? c : c.in(to);
        });
    }

    private Commitment edited(Commitment c, Edit edit) {
        refuseClosed(c, State.MERGED);
        if (edit.what().isBlank()) {
            throw new Refused("review.refused.empty-what");
        }
        Set<Long> own = new HashSet<>();
        c.content().targets().forEach(target -> own.add(java.util.Objects.requireNonNull(target.id())));
        List<Target> targets = edit.targets().stream()
                .map(t -> t.id() == null || own.contains(t.id())
                        ? t
                        : new Target(
                                null,
                                t.indicator(),
                                t.op(),
                                t.value(),
                                t.value2(),
                                t.unit(),
                                t.basis(),
                                t.masked(),
                                t.stretch(),
                                null,
                                null))
                .toList();
        Edit checked = new Edit(
                edit.what().strip(), edit.due(), edit.lead(), edit.joint(), targets, edit.theme(), edit.subtheme());
        return c.with(checked.applyTo(c.content(), this::leaderToday));
    }

    private @Nullable Long leaderToday(long unit) {
        return store.leaderOf(unit, LocalDate.now(clock));
    }

    private static void refuseClosed(Commitment c, State last) {
        if (c.state() == State.MERGED) {
            throw new Refused("review.refused.merged", c.content().what());
        }
        if (last == State.REGISTERED && c.state() == State.REGISTERED) {
            throw new Refused("review.refused.registered", c.content().what(), c.number());
        }
    }

    /**
     * Splits a commitment in two at an offset of the text; figures go with the part they stand in, all else is copied.
     *
     * @throws Refused {@code review.refused.split} where one part would be empty
     */
    public Outcome split(Actor actor, Ref ref, int at, @Nullable String request) {
        return write(actor, request, acts -> {
            Commitment before = locked(List.of(ref)).getFirst();
            refuseClosed(before, State.REGISTERED);
            String text = documents.getText(before.document()).text();
            Passage first = additions.passage(text, before.passage().start(), at, before.passage());
            Passage second = additions.passage(text, at, before.passage().end(), before.passage());
            if (first.sentence().isEmpty() || second.sentence().isEmpty()) {
                throw new Refused("review.refused.split", before.content().what());
            }
            Commitment head =
                    before.with(first).with(additions.part(before, first, true)).in(State.PROPOSED);
            Commitment tail = before.with(second)
                    .with(additions.part(before, second, false))
                    .in(State.PROPOSED);
            Step step = new Step(actor, acts, "review.split");
            step.update(before, head);
            step.insert(byHand(tail));
            return step.end(before.document());
        });
    }

    /**
     * Merges a commitment into the one before it in the text, which takes over its words, figures and joint units.
     *
     * @throws Refused {@code review.refused.first} where there is none before it
     */
    public Outcome merge(Actor actor, Ref ref, @Nullable String request) {
        return write(actor, request, acts -> {
            Commitment seen = get(ref.id());
            Commitment previous = previous(seen);
            List<Commitment> both = locked(List.of(ref, new Ref(previous.id(), previous.version())));
            Commitment from = both.getFirst();
            Commitment into = both.getLast();
            refuseClosed(from, State.REGISTERED);
            refuseClosed(into, State.REGISTERED);
            String text = documents.getText(from.document()).text();
            Step step = new Step(actor, acts, "review.merge");
            step.update(into, additions.merged(text, into, from));
            step.update(from, from.mergedInto(into.id()));
            return step.end(from.document());
        });
    }

    private Commitment previous(Commitment of) {
        Commitment found = null;
        for (Commitment c : store.listOf(of.document())) {
            if (c.id() == of.id()) {
                break;
            }
            if (c.state() != State.MERGED && c.state() != State.REJECTED) {
                found = c;
            }
        }
        if (found == null) {
            throw new Refused("review.refused.first", of.content().what());
        }
        return found;
    }

    /**
     * Adds a commitment that the reader did not find, from words of the text.
     *
     * @throws Refused {@code review.refused.selection} where the words are blank or outside the text
     */
    public Outcome add(Actor actor, long document, Span words, @Nullable String request) {
        return write(actor, request, acts -> {
            Commitment draft = additions.fromText(documents.getText(document), words, clock.instant());
            Step step = new Step(actor, acts, "review.add");
            step.insert(draft);
            return step.end(document);
        });
    }

    /**
     * Takes back a person's own last act in a document.
     *
     * @throws Refused where there is none, or a conflict where somebody changed one of its commitments since
     */
    public Outcome undo(Actor actor, long document, @Nullable String request) {
        return write(actor, request, acts -> {
            Journal.Entry last = lastActOf(actor, document);
            List<Long> ids = new ArrayList<>();
            last.details().path("commitments").forEach(id -> ids.add(id.asLong()));
            Map<Long, Commitment> now = store.lock(ids);
            Step step = new Step(actor, acts, "review.undo");
            step.undoes = last.batch();
            for (long id : ids) {
                Journal.Entry entry = lastStanding(id);
                Commitment current = now.get(id);
                if (!entry.batch().equals(last.batch()) || current == null) {
                    throw Refused.conflict(
                            "review.undo.changed",
                            current == null ? "" : current.content().what(),
                            entry.actorName());
                }
                JsonNode before = entry.details().path("before");
                if (before.isMissingNode() || before.isNull()) {
                    step.delete(current);
                } else {
                    step.restore(current, json.treeToValue(before, Commitment.class));
                }
            }
            return step.end(document);
        });
    }

    /** The last act on a commitment that was not taken back: what was undone and its undoing cancel each other. */
    private Journal.Entry lastStanding(long id) {
        Set<String> undone = new HashSet<>();
        for (Journal.Entry entry : journal.listEntries("commitment:" + id, REMEMBERED_ACTS)) {
            if (entry.act().equals("review.undo")) {
                undone.add(entry.details().path("undoes").asString(""));
            } else if (!undone.contains(entry.batch().toString())) {
                return entry;
            }
        }
        throw new Refused("review.undo.none");
    }

    private Journal.Entry lastActOf(Actor actor, long document) {
        Set<String> undone = new HashSet<>();
        for (Journal.Entry entry : journal.listEntries("document:" + document, REMEMBERED_ACTS)) {
            if (!java.util.Objects.equals(entry.actor(), actor.account())) {
                continue;
            }
            if (entry.act().equals("review.undo")) {
                undone.add(entry.details().path("undoes").asString(""));
            } else if (entry.act().equals("review.register")) {
                throw new Refused("review.undo.registered");
            } else if (UNDOABLE.contains(entry.act())
                    && !undone.contains(entry.batch().toString())) {
                return entry;
            }
        }
        throw new Refused("review.undo.none");
    }

    /**
     * Puts all accepted commitments of a document into the register, in order of the text, each with the next number of
     * the year of its tasks.
     */
    public Outcome register(Actor actor, long document, @Nullable String request) {
        return write(actor, request, acts -> {
            Document source = documents.getDocument(document);
            List<Commitment> accepted = store
                    .lock(store.listOf(document).stream()
                            .filter(c -> c.state() == State.ACCEPTED)
                            .map(Commitment::id)
                            .toList())
                    .values()
                    .stream()
                    .filter(c -> c.state() == State.ACCEPTED)
                    .sorted(java.util.Comparator.comparingInt(
                                    (Commitment c) -> c.passage().start())
                            .thenComparingLong(Commitment::id))
                    .toList();
            if (accepted.isEmpty()) {
                return Outcome.NOTHING;
            }
            int year = source.taskYear() != null
                    ? source.taskYear()
                    : LocalDate.now(clock).getYear();
            int next = store.takeNumbers(year, accepted.size());
            Step step = new Step(actor, acts, "review.register");
            for (Commitment c : accepted) {
                String number = "%02d-%04d".formatted(year % 100, ++next);
                step.update(c, c.registered(year, number));
            }
            return step.end(document);
        });
    }

    private static Commitment byHand(Commitment c) {
        return new Commitment(
                0,
                c.document(),
                c.passage(),
                c.content(),
                new Commitment.Origin(1, List.of(), true, null),
                State.PROPOSED,
                null,
                null,
                null,
                1,
                c.changedBy(),
                c.changedAt());
    }

    private Outcome change(
            Actor actor, String act, Collection<Ref> refs, @Nullable String request, UnaryOperator<Commitment> work) {
        return write(actor, request, acts -> {
            Map<Long, Step> steps = new LinkedHashMap<>();
            List<Commitment> changed = new ArrayList<>();
            for (Commitment before : locked(refs)) {
                steps.computeIfAbsent(before.document(), d -> new Step(actor, acts, act))
                        .update(before, work.apply(before));
            }
            steps.forEach((document, step) -> changed.addAll(step.end(document).changed()));
            return new Outcome(changed, List.of());
        });
    }

    private Outcome write(Actor actor, @Nullable String request, Function<Journal.Acts, Outcome> work) {
        return request == null || request.isBlank()
                ? journal.write(actor, work)
                : journal.writeOnce(actor, request, work).orElse(Outcome.NOTHING);
    }

    /** The commitments of some references, locked, in the order asked for; refused where one is not as it was seen. */
    private List<Commitment> locked(Collection<Ref> refs) {
        Map<Long, Commitment> rows = store.lock(refs.stream().map(Ref::id).toList());
        List<Commitment> found = new ArrayList<>();
        for (Ref ref : refs) {
            Commitment row = rows.get(ref.id());
            if (row == null) {
                throw new Refused("review.refused.missing", Long.toString(ref.id()));
            }
            if (row.version() != ref.version()) {
                List<Journal.Entry> last = journal.listEntries("commitment:" + ref.id(), 1);
                throw Refused.conflict(
                        "review.conflict",
                        row.content().what(),
                        last.isEmpty() ? "" : last.getFirst().actorName(),
                        ref.version(),
                        row.version());
            }
            found.add(row);
        }
        return found;
    }

    /** What others did to a commitment after a version, oldest first; each entry's details hold before and after. */
    List<Journal.Entry> listChangesAfter(long id, int version) {
        return journal.listEntries("commitment:" + id, REMEMBERED_ACTS).stream()
                .filter(entry -> entry.details().path("version").asInt(0) > version)
                .toList()
                .reversed();
    }

    /** One act on some commitments: writes rows and journal together. */
    private final class Step {
        private final Actor actor;
        private final Journal.Acts acts;
        private final String act;
        private final Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        private final List<Long> ids = new ArrayList<>();
        private final List<Long> gone = new ArrayList<>();
        private @Nullable UUID undoes;

        private Step(Actor actor, Journal.Acts acts, String act) {
            this.actor = actor;
            this.acts = acts;
            this.act = act;
        }

        private void update(Commitment before, Commitment after) {
            List<String> fields = Changes.fields(before, after);
            if (!fields.isEmpty()) {
                save(before, after, fields);
            }
        }

        private void restore(Commitment now, Commitment then) {
            save(now, then, Changes.fields(now, then));
        }

        private void save(Commitment before, Commitment after, List<String> fields) {
            Commitment next = stamped(after, before.version() + 1);
            store.update(before, next);
            note(before.id(), before, Changes.values(next, fields), next.version(), fields);
        }

        private void insert(Commitment draft) {
            long id = store.insert(stamped(draft, 1), null);
            note(id, null, Map.of(), 1, List.of("passage"));
        }

        private void delete(Commitment c) {
            store.delete(c.id());
            gone.add(c.id());
            note(c.id(), c, Map.of(), c.version() + 1, List.of("gone"));
        }

        private Commitment stamped(Commitment c, int version) {
            return new Commitment(
                    c.id(),
                    c.document(),
                    c.passage(),
                    c.content(),
                    c.origin(),
                    c.state(),
                    c.mergedInto(),
                    c.year(),
                    c.number(),
                    version,
                    actor.account(),
                    now);
        }

        private void note(
                long id, @Nullable Commitment before, Map<String, ?> after, int version, List<String> fields) {
            Map<String, Object> details = new HashMap<>();
            if (before != null) {
                details.put("before", before);
            }
            details.put("after", after);
            details.put("version", version);
            details.put("fields", fields);
            if (undoes != null) {
                details.put("undoes", undoes.toString());
            }
            acts.note("commitment:" + id, act, details);
            ids.add(id);
        }

        private Outcome end(long document) {
            if (ids.isEmpty()) {
                return Outcome.NOTHING;
            }
            Map<String, Object> details = new HashMap<>();
            details.put("commitments", ids);
            if (undoes != null) {
                details.put("undoes", undoes.toString());
            }
            acts.note("document:" + document, act, details);
            return new Outcome(store.list(ids), List.copyOf(gone));
        }
    }

    Optional<Content> findProposedContent(long id) {
        return store.findProposed(id)
                .map(text -> json.treeToValue(json.readTree(text).path("content"), Content.class));
    }
}
