package org.luoshi.server.commitments;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Span;
import org.luoshi.reading.files.FileNote;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.commitments.Commitment.State;
import org.luoshi.server.commitments.Commitments.Outcome;
import org.luoshi.server.commitments.Commitments.Ref;
import org.luoshi.server.commitments.ReviewRows.Row;
import org.luoshi.server.commitments.ReviewRows.Sort;
import org.luoshi.server.commitments.ReviewRows.View;
import org.luoshi.server.documents.Document;
import org.luoshi.server.documents.DocumentText;
import org.luoshi.server.documents.Documents;
import org.luoshi.server.documents.Taxonomy;
import org.luoshi.server.units.Units;
import org.luoshi.server.web.Words;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the review shows: the whole page, and the parts of it that an act changed. */
@Component
public class ReviewDesk {
    private static final int FAR_BEHIND = 300;

    private final Commitments commitments;
    private final Documents documents;
    private final Taxonomy themes;
    private final Evidences evidences;
    private final Questions questions;
    private final Presence presence;
    private final Units units;
    private final Journal journal;
    private final JsonMapper json;

    ReviewDesk(
            Commitments commitments,
            Documents documents,
            Taxonomy themes,
            Evidences evidences,
            Questions questions,
            Presence presence,
            Units units,
            Journal journal,
            JsonMapper json) {
        this.commitments = commitments;
        this.documents = documents;
        this.themes = themes;
        this.evidences = evidences;
        this.questions = questions;
        this.presence = presence;
        this.units = units;
        this.journal = journal;
        this.json = json;
    }

    /** What the reader of the page asked to see. */
    public record Filter(View view, Sort sort, @Nullable Long item) {}

    /**
     * How far the review is, in numbers and in words.
     *
     * @param registrable accepted and not yet registered
     */
    public record Counts(
            int all,
            int todo,
            int accepted,
            int rejected,
            int doubtful,
            int registered,
            int registrable,
            String words) {
        public int reviewed() {
            return accepted + rejected;
        }

        public int percent() {
            return all == 0 ? 0 : (int) Math.floor(100.0 * reviewed() / all);
        }
    }

    /** The page. */
    public record Page(
            Document document,
            List<String> notes,
            List<ReviewText.Block> blocks,
            List<Row> rows,
            Counts counts,
            Filter filter,
            @Nullable Editor editor,
            int seq,
            List<Units.Unit> units,
            String scriptWords) {
        Page withTyped(Map<String, String> typed, List<String> conflict) {
            return new Page(
                    document,
                    notes,
                    blocks,
                    rows,
                    counts,
                    filter,
                    editor == null ? null : editor.withTyped(typed, conflict),
                    seq,
                    units,
                    scriptWords);
        }

        public int rest() {
            return rows.size() - (int) rows.stream().filter(Row::doubtful).count();
        }

        /** Address of this page with another view or order. */
        public String url(@Nullable View view, @Nullable Sort sort) {
            return "/documents/" + document.id() + "/review?view="
                    + Objects.requireNonNullElse(view, filter.view()).key() + "&sort="
                    + Objects.requireNonNullElse(sort, filter.sort()).key();
        }
    }

    /**
     * The form of one commitment.
     *
     * @param places where it can be split: offset and the words before it
     * @param why why it was read so, a sentence each
     * @param conflict what others changed meanwhile
     */
    public record Editor(
            long document,
            Row row,
            String what,
            String due,
            String lead,
            List<JointUnit> joint,
            List<Commitment.Target> targets,
            String theme,
            List<ThemeChoices.Group> themes,
            List<Questions.Question> questions,
            List<Part> places,
            List<Reason> why,
            List<String> conflict,
            String section) {
        Editor withTyped(Map<String, String> typed, List<String> changes) {
            return new Editor(
                    document,
                    row,
                    typed.getOrDefault("what", what),
                    typed.getOrDefault("due", due),
                    typed.getOrDefault("lead", lead),
                    joint,
                    targets,
                    typed.getOrDefault("theme", theme),
                    themes,
                    questions,
                    places,
                    why,
                    changes,
                    section);
        }

        public boolean open() {
            return row.state() != State.REGISTERED;
        }
    }

    public record JointUnit(String value, String name) {}

    /** A part of a sentence; a split at {@code at} cuts before it, 0 for the first part. */
    public record Part(int at, String text) {}

    public record Reason(String about, String sentence) {}

    Page page(long document, Filter filter, Words words) {
        Document of = documents.getDocument(document);
        DocumentText text = documents.getText(document);
        int seq = seq(document);
        List<Commitment> all = commitments.listOf(document);
        ReviewRows rows = rows(all, words);
        List<Commitment> shown =
                all.stream().filter(c -> c.state() != State.MERGED).toList();
        Locale locale = Locale.forLanguageTag(words.language());
        Editor editor = filter.item() == null
                ? null
                : shown.stream()
                        .filter(c -> c.id() == filter.item())
                        .findFirst()
                        .map(c -> editor(c, rows, words))
                        .orElse(null);
        return new Page(
                of,
                of.notes().stream()
                        .map((FileNote note) -> note.sentence(locale))
                        .toList(),
                ReviewText.blocks(text, all),
                rows.sorted(shown, filter.sort()).stream().map(rows::row).toList(),
                counts(all, words),
                filter,
                editor,
                seq,
                units.listUnits(),
                scriptWords(words));
    }

    private String scriptWords(Words words) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String key : List.of(
                "saved",
                "saving",
                "unsaved",
                "offline",
                "nothing-selected",
                "no-split",
                "select-first",
                "selected",
                "others",
                "mine",
                "theirs",
                "done-all",
                "too-far",
                "confirm-leave")) {
            texts.put(key, words.t("review.js." + key));
        }
        return json.writeValueAsString(texts);
    }

    private ReviewRows rows(List<Commitment> all, Words words) {
        return new ReviewRows(words, ReviewRows.unitNames(units, all), ReviewText.numbers(all));
    }

    /** Number of the last entry on the document's stream: whoever knows it knows all that happened before. */
    int seq(long document) {
        List<Journal.Entry> last = journal.listEntries("document:" + document, 1);
        return last.isEmpty() ? 0 : last.getFirst().seq();
    }

    @Nullable
    Integer taskYear(long document) {
        return documents.getDocument(document).taskYear();
    }

    Editor editor(long document, long id, Words words) {
        List<Commitment> all = commitments.listOf(document);
        Commitment of = all.stream()
                .filter(c -> c.id() == id && c.state() != State.MERGED)
                .findFirst()
                .orElseThrow(() -> new org.luoshi.server.audit.Refused("review.refused.missing", Long.toString(id)));
        return editor(of, rows(all, words), words);
    }

    private Editor editor(Commitment c, ReviewRows rows, Words words) {
        Commitment.Content content = c.content();
        return new Editor(
                c.document(),
                rows.row(c),
                content.what(),
                content.due() == null ? "" : content.due().toString(),
                content.lead() == null ? "" : rows.unit(content.lead()),
                content.joint().stream()
                        .map(unit -> new JointUnit("#" + unit, rows.unit(unit)))
                        .toList(),
                content.targets(),
                content.theme().isEmpty() ? "" : content.theme() + "/" + content.subtheme(),
                ThemeChoices.list(themes.list(), words),
                questions.of(c, taskYear(c.document()), rows, words),
                parts(c.passage()),
                evidences.reasons(c, rows, words),
                List.of(),
                c.passage().section());
    }

    /** The clauses of a sentence: between any two of them it can be split. */
    static List<Part> parts(Commitment.Passage passage) {
        String text = passage.sentence();
        List<Part> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean end = i == text.length() - 1;
            if (isClauseEnd(text.charAt(i)) || end) {
                parts.add(new Part(passage.start() + from, text.substring(from, i + 1)));
                from = i + 1;
            }
        }
        return parts;
    }

    private static boolean isClauseEnd(char c) {
        return c == '\uff0c' || c == '\u3001' || c == '\uff1b' || c == '\u3002' || c == ',' || c == ';';
    }

    /** The parts of the page that some commitments touch. */
    record Parts(
            List<Row> rows,
            List<Long> gone,
            List<ReviewText.Block> blocks,
            Counts counts,
            @Nullable Long focus) {}

    Parts parts(long document, List<Long> ids, List<Long> gone, Words words) {
        List<Commitment> all = commitments.listOf(document);
        ReviewRows rows = rows(all, words);
        Set<Long> wanted = new LinkedHashSet<>(ids);
        List<Commitment> changed =
                all.stream().filter(c -> wanted.contains(c.id())).toList();
        List<Long> away = new ArrayList<>(gone);
        changed.stream().filter(c -> c.state() == State.MERGED).forEach(c -> away.add(c.id()));
        List<Span> touched = changed.stream()
                .map(c -> new Span(c.passage().start(), c.passage().end()))
                .collect(Collectors.toList());
        boolean reshaped =
                !away.isEmpty() || changed.stream().anyMatch(c -> c.origin().byHand());
        DocumentText text = documents.getText(document);
        List<ReviewText.Block> blocks =
                reshaped ? ReviewText.blocks(text, all) : ReviewText.blocksOf(text, all, touched);
        List<Row> shown = changed.stream()
                .filter(c -> c.state() != State.MERGED)
                .map(rows::row)
                .toList();
        return new Parts(
                shown,
                away,
                blocks,
                counts(all, words),
                shown.isEmpty() ? null : shown.getLast().id());
    }

    static Counts counts(List<Commitment> all, Words words) {
        int total = 0;
        Map<State, Integer> by = new HashMap<>();
        int doubtful = 0;
        for (Commitment c : all) {
            if (c.state() == State.MERGED) {
                continue;
            }
            total++;
            by.merge(c.state(), 1, Integer::sum);
            doubtful += c.isDoubtful() ? 1 : 0;
        }
        int registered = by.getOrDefault(State.REGISTERED, 0);
        int accepted = by.getOrDefault(State.ACCEPTED, 0);
        int rejected = by.getOrDefault(State.REJECTED, 0);
        return new Counts(
                total,
                by.getOrDefault(State.PROPOSED, 0),
                accepted + registered,
                rejected,
                doubtful,
                registered,
                accepted,
                words.t("review.progress", accepted + registered + rejected, total, doubtful));
    }

    /** What happened since an entry: commitments that others (or the same person elsewhere) changed, who is here. */
    record News(
            int seq,
            Set<Long> changed,
            List<Long> gone,
            @Nullable String sentence,
            String people) {
        List<Long> ids() {
            return List.copyOf(changed);
        }
    }

    News news(long document, int since, User user, @Nullable Long at, Words words) {
        String people = people(presence.seen(document, user.account(), at), document, words);
        int seq = seq(document);
        if (seq <= since) {
            return new News(seq, Set.of(), List.of(), null, people);
        }
        Set<Long> ids = new LinkedHashSet<>();
        String sentence = null;
        for (Journal.Entry entry : journal.listEntries("document:" + document, Math.min(seq - since, FAR_BEHIND))) {
            entry.details().path("commitments").forEach(id -> ids.add(id.asLong()));
            if (sentence == null && !Objects.equals(entry.actor(), user.account()) && words.has(news(entry.act()))) {
                sentence = words.t(
                        news(entry.act()),
                        entry.actorName(),
                        entry.details().path("commitments").size());
            }
        }
        Set<Long> there = commitments.list(ids).stream().map(Commitment::id).collect(Collectors.toSet());
        List<Long> gone = ids.stream().filter(id -> !there.contains(id)).toList();
        return new News(seq, there, gone, sentence, people);
    }

    private static String news(String act) {
        return act.replace("review.", "review.news.");
    }

    private String people(List<Presence.Other> others, long document, Words words) {
        if (others.isEmpty()) {
            return "";
        }
        Presence.Other first = others.getFirst();
        if (others.size() > 1) {
            return words.t("review.people.many", first.name(), others.size());
        }
        String number = first.commitment() == null
                ? null
                : ReviewText.numbers(commitments.listOf(document)).get(first.commitment());
        return number == null
                ? words.t("review.people.one", first.name())
                : words.t("review.people.one-at", first.name(), number);
    }

    /** One sentence on an act that was done, null where the page itself shows enough. */
    @Nullable
    String done(String act, Outcome outcome, Words words) {
        int count = outcome.changed().size();
        return switch (act) {
            case "register" -> words.t(count == 0 ? "review.done.register-none" : "review.done.register-count", count);
            case "undo" -> words.t("review.done.undo");
            case "split", "merge", "add" -> words.t("review.done." + act);
            case "accept", "reject", "reopen" -> count > 1 ? words.t("review.done.bulk", count) : null;
            default -> null;
        };
    }

    /** What one entry of a commitment's stream changed, in a sentence. */
    String change(Journal.Entry entry, Words words) {
        List<String> what = new ArrayList<>();
        JsonNode before = entry.details().path("before");
        JsonNode after = entry.details().path("after");
        entry.details().path("fields").forEach(field -> {
            String name = field.asString();
            String from = value(name, before, words);
            String to = value(name, after, words);
            String label = words.t("review.field." + name);
            what.add(from.isEmpty() && to.isEmpty() ? label : words.t("review.change.from-to", label, from, to));
        });
        return words.t(
                "review.change",
                entry.actorName(),
                words.time(entry.at()).substring(11),
                String.join(words.t("review.list-comma"), what));
    }

    private String value(String field, JsonNode side, Words words) {
        JsonNode node = switch (field) {
            case "due", "what", "lead" ->
                side.has("content") ? side.path("content").path(field) : side.path(field);
            case "state" -> side.path("state");
            default -> json.missingNode();
        };
        if (node.isMissingNode() || node.isNull()) {
            return field.equals("due") || field.equals("lead") ? words.t("review.unknown") : "";
        }
        return switch (field) {
            case "lead" -> units.getUnit(node.asLong()).shortName();
            case "state" -> words.t("review.state." + node.asString().toLowerCase(Locale.ROOT));
            default -> node.asString();
        };
    }

    /** The commitment to look at after an act: the next still to be reviewed in the given order. */
    @Nullable
    Long after(long document, String act, Outcome outcome, List<Ref> refs, Sort sort, Words words) {
        if (!act.equals("accept") && !act.equals("reject")) {
            return outcome.changed().isEmpty()
                    ? null
                    : outcome.changed().getFirst().id();
        }
        List<Commitment> all = commitments.listOf(document);
        long done = refs.isEmpty() ? -1 : refs.getLast().id();
        int place = all.stream()
                .filter(c -> c.id() == done)
                .findFirst()
                .map(c -> c.passage().start())
                .orElse(0);
        List<Commitment> todo =
                all.stream().filter(c -> c.state() == State.PROPOSED).toList();
        if (sort == Sort.TEXT) {
            return todo.stream()
                    .filter(c -> c.passage().start() >= place)
                    .findFirst()
                    .map(Commitment::id)
                    .orElse(null);
        }
        return rows(all, words).sorted(todo, sort).stream()
                .findFirst()
                .map(Commitment::id)
                .orElse(null);
    }
}
