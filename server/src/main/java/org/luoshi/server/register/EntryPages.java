package org.luoshi.server.register;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.register.Entry.Target;
import org.luoshi.server.register.Splits.Split;
import org.luoshi.server.web.Shell;
import org.luoshi.server.web.Words;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.JsonNode;

/** An entry with everything that is known of it, and its sentence in the text it comes from. */
@Controller
public class EntryPages {
    private static final int HISTORY = 200;

    private final Register register;
    private final Splits splits;
    private final Journal journal;
    private final JdbcClient sql;
    private final Clock clock;
    private final ObjectProvider<Works> works;

    EntryPages(
            Register register,
            Splits splits,
            Journal journal,
            JdbcClient sql,
            Clock clock,
            ObjectProvider<Works> works) {
        this.works = works;
        this.register = register;
        this.splits = splits;
        this.journal = journal;
        this.sql = sql;
        this.clock = clock;
    }

    /** Where an entry stands in its document, and why its unit and deadline are what they are. */
    public record Origin(
            String sentence,
            int start,
            int end,
            String dueWords,
            String leadReason,
            String leadWords,
            String fileName) {}

    /** A target with its split and, where they no longer add up, the sentence that says so. */
    public record TargetView(
            Target target,
            String words,
            @Nullable Split split,
            List<ShareView> shares,
            String sum,
            String problem,
            boolean divisible,
            String refusal) {}

    public record ShareView(String unit, String value, String base, boolean closed) {}

    /** One act of the journal in words. */
    public record Event(Instant at, String who, String act, List<String> changes) {}

    public record EntryView(
            Entry entry,
            Labels labels,
            Origin origin,
            List<TargetView> targets,
            List<Event> history,
            List<Works.Work> works) {}

    @GetMapping("/register/{id:\\d+}")
    String entry(@PathVariable long id, @ModelAttribute("shell") Shell shell, Model model) {
        Entry entry = get(id);
        UnitNames units = register.units();
        Labels labels = new Labels(shell.words(), units, Map.of(), LocalDate.now(clock), register.themes());
        model.addAttribute(
                "view",
                new EntryView(
                        entry,
                        labels,
                        origin(id),
                        entry.targets().stream()
                                .map(target -> targetView(target, labels, units, shell.words()))
                                .toList(),
                        history(id, shell.words()),
                        works.stream()
                                .flatMap(w -> w.list(id, shell.words()).stream())
                                .toList()));
        return "register/entry";
    }

    Entry get(long id) {
        return register.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No entry " + id));
    }

    private Origin origin(long id) {
        return sql.sql("""
                        select c.sentence, c.span_start, c.span_end, coalesce(c.due_words, '') as due_words,
                               coalesce(c.lead_reason, '') as lead_reason, coalesce(c.lead_words, '') as lead_words,
                               d.file_name
                        from commitment c join document d on d.id = c.document where c.id = :id""")
                .param("id", id)
                .query((row, n) -> new Origin(
                        row.getString(1),
                        row.getInt(2),
                        row.getInt(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7)))
                .single();
    }

    private TargetView targetView(Target target, Labels labels, UnitNames units, Words words) {
        Split split = target.split() ? splits.find(target.id()).orElse(null) : null;
        String refusal = Splits.refusal(target)
                .map(key -> words.t(key, target.indicator()))
                .orElse("");
        if (split == null) {
            return new TargetView(target, labels.target(target), null, List.of(), "", "", refusal.isEmpty(), refusal);
        }
        String unit = target.unit() == null ? "" : target.unit();
        LocalDate today = LocalDate.now(clock);
        List<ShareView> shares = new ArrayList<>();
        for (Splits.Share share : split.shares()) {
            UnitNames.Node node = units.node(share.unit());
            boolean closed =
                    node != null && node.closed() != null && !node.closed().isAfter(today);
            shares.add(new ShareView(
                    labels.unit(share.unit()),
                    Labels.plain(share.value()),
                    share.base() == null ? "" : Labels.plain(share.base()),
                    closed));
        }
        String sum = Labels.plain(split.sum()) + unit;
        return new TargetView(
                target,
                labels.target(target),
                split,
                shares,
                sum,
                problem(target, split, unit, words),
                refusal.isEmpty(),
                refusal);
    }

    private static String problem(Target target, Split split, String unit, Words words) {
        if (target.adds()) {
            return "";
        }
        java.math.BigDecimal now = target.value();
        if (now == null || target.masked()) {
            return words.t("register.split.off.unknown", Labels.plain(split.total()) + unit);
        }
        if (!target.basis().equals("level") || target.value2() != null) {
            return words.t("register.split.off.kind", Labels.plain(split.total()) + unit);
        }
        java.math.BigDecimal difference = split.sum().subtract(now);
        return words.t(
                difference.signum() < 0 ? "register.split.off.less" : "register.split.off.more",
                Labels.plain(split.sum()) + unit,
                Labels.plain(now) + unit,
                Labels.plain(difference.abs()) + unit);
    }

    private List<Event> history(long id, Words words) {
        List<Event> events = new ArrayList<>();
        for (Journal.Entry entry : journal.listEntries("commitment:" + id, HISTORY)) {
            String key = "register.act." + entry.act();
            List<String> changes = new ArrayList<>();
            JsonNode fields = entry.details().path("fields");
            fields.forEach(field -> {
                String name = "register.field." + field.asString("");
                if (words.has(name)) {
                    changes.add(words.t(name));
                }
            });
            events.add(new Event(entry.at(), entry.actorName(), words.has(key) ? words.t(key) : entry.act(), changes));
        }
        return events;
    }

    /** A paragraph of the source in pieces; a piece belongs to an entry or to none. */
    public record Paragraph(List<Piece> pieces) {}

    public record Piece(String text, @Nullable Long entry, boolean here) {}

    public record SourceView(Entry entry, String sentence, List<Paragraph> paragraphs, boolean moved) {}

    private record Mark(long id, int start, int end) {}

    /** The text that the entry comes from, with its sentence marked, for everybody who may see the register. */
    @GetMapping("/register/{id:\\d+}/source")
    String source(@PathVariable long id, Model model) {
        Entry entry = get(id);
        Origin origin = origin(id);
        String text = sql.sql("select coalesce(text, '') from document where id = :id")
                .param("id", entry.documentId())
                .query(String.class)
                .single();
        List<Mark> marks = new ArrayList<>();
        marks.add(new Mark(id, origin.start(), origin.end()));
        sql.sql("""
                        select id, span_start, span_end from commitment
                        where document = :document and state = 'registered' and id <> :id order by span_start""").param("document", entry.documentId()).param("id", id).query(row -> {
            Mark mark = new Mark(row.getLong(1), row.getInt(2), row.getInt(3));
            if (marks.stream().noneMatch(m -> m.start() < mark.end() && mark.start() < m.end())) {
                marks.add(mark);
            }
        });
        marks.sort(java.util.Comparator.comparingInt(Mark::start));
        boolean sound = origin.end() <= text.length();
        model.addAttribute(
                "view",
                new SourceView(
                        entry,
                        origin.sentence(),
                        sound ? paragraphs(text, marks, id) : paragraphs(text, List.of(), id),
                        !sound));
        return "register/source";
    }

    private static List<Paragraph> paragraphs(String text, List<Mark> listed, long here) {
        Map<Integer, Mark> starts = new HashMap<>();
        for (Mark mark : listed) {
            starts.put(mark.start(), mark);
        }
        List<Paragraph> paragraphs = new ArrayList<>();
        Mark open = null;
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            List<Piece> pieces = new ArrayList<>();
            int from = at;
            for (int i = at; i <= end; i++) {
                boolean closes = open != null && i == open.end();
                Mark opens = starts.get(i);
                if (closes || opens != null || i == end) {
                    if (i > from) {
                        pieces.add(new Piece(
                                text.substring(from, i),
                                open == null ? null : open.id(),
                                open != null && open.id() == here));
                    }
                    from = i;
                    open = closes ? null : open;
                    open = opens != null ? opens : open;
                }
            }
            if (!pieces.isEmpty()) {
                paragraphs.add(new Paragraph(pieces));
            }
            at = end + 1;
        }
        return paragraphs;
    }
}
