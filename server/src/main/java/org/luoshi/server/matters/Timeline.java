package org.luoshi.server.matters;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.matters.types.Field;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.Who;
import org.luoshi.server.web.Words;
import tools.jackson.databind.JsonNode;

/** The entries of a matter in the journal as events that people read. */
public final class Timeline {
    private Timeline() {}

    /** An event of the timeline. */
    public record Event(
            Instant at,
            String who,
            String act,
            String tag,
            String tagKind,
            List<String> lines,
            List<Files.Stored> files) {}

    /** The states that the matter has been in, each with its first day. */
    static Map<String, String> passed(List<Journal.Entry> entries, MatterType type, Words words) {
        Map<String, String> passed = new LinkedHashMap<>();
        for (Journal.Entry entry : entries.reversed()) {
            String to = entry.details().path("to").asString("");
            if (type.states().containsKey(to)) {
                passed.put(to, words.time(entry.at()).substring(5, 10));
            }
        }
        return passed;
    }

    /** @param standing what the reader is to the matter: he sees the fields that he may see on its page */
    static List<Event> of(
            List<Journal.Entry> entries,
            MatterType type,
            Words words,
            List<Files.Stored> stored,
            List<Progresses.Progress> reports,
            MatterWords said,
            Set<Who> standing) {
        List<Event> events = new ArrayList<>();
        for (Journal.Entry entry : entries) {
            JsonNode details = entry.details();
            String move = details.path("move").asString("");
            String act = type.findMove(move)
                    .map(m -> m.name().in(words.language()))
                    .orElseGet(() -> {
                        String key = "matters.act." + entry.act();
                        return words.has(key) ? words.t(key) : entry.act();
                    });
            List<String> lines = new ArrayList<>();
            for (String part : new String[] {"note", "reason", "finding"}) {
                String text = details.path(part).asString("");
                if (!text.isEmpty()) {
                    lines.add(part.equals("note") ? text : words.t("matters.event." + part, text));
                }
            }
            details.path("set").properties().forEach(set -> {
                Field field = type.field(set.getKey());
                if (field == null || !field.isSeenBy(standing)) {
                    return;
                }
                String text = said(field, set.getValue());
                if (details.has("was")) {
                    String was = said(field, details.path("was").path(set.getKey()));
                    lines.add(words.t(
                            "matters.event.was",
                            field.name().in(words.language()),
                            was.isEmpty() ? "—" : MatterWords.show(field, was, said, words.language()),
                            text.isEmpty() ? "—" : MatterWords.show(field, text, said, words.language())));
                } else if (!text.isEmpty()) {
                    lines.add(words.t(
                            "matters.event.set",
                            field.name().in(words.language()),
                            MatterWords.show(field, text, said, words.language())));
                }
            });
            details.path("parts")
                    .properties()
                    .forEach(part -> lines.add(words.t(
                            "matters.event.part",
                            said.unit(Long.valueOf(part.getKey())),
                            part.getValue().asString(""))));
            if (details.has("due")) {
                lines.add(
                        details.has("before")
                                ? words.t(
                                        "matters.event.due-moved",
                                        details.path("before").asString(""),
                                        details.path("due").asString(""))
                                : words.t(
                                        "matters.event.due", details.path("due").asString("")));
            }
            for (String part : new String[] {"before-percent", "extension-dropped"}) {
                if (details.has(part)) {
                    lines.add(
                            words.t("matters.event." + part, details.path(part).asString("")));
                }
            }
            if (entry.act().equals("matter.taken-over")) {
                lines.add(words.t(
                        "matters.event.taken-over",
                        words.t("units.post." + details.path("post").asString("")),
                        details.path("from").asString(""),
                        details.path("to").asString(""),
                        details.path("since").asString("")));
            }
            if (details.has("number") && details.has("level")) {
                lines.add(details.path("number").asString(""));
            }
            if (details.has("value")) {
                String measure = details.path("measure").asString("");
                lines.add(
                        details.has("target")
                                ? words.t(
                                        "matters.event.value-of",
                                        plain(details, "value"),
                                        plain(details, "target"),
                                        measure)
                                : words.t("matters.event.value", plain(details, "value"), measure));
            }
            String tag = "";
            String kind = "";
            long report = details.path("progress").isIntegralNumber()
                    ? details.path("progress").asLong(0)
                    : 0;
            if (report > 0 && details.has("percent") || report > 0 && !details.has("decision")) {
                Progresses.Progress progress = reports.stream()
                        .filter(p -> p.id() == report)
                        .findFirst()
                        .orElse(null);
                if (progress != null) {
                    tag = words.t("matters.report." + progress.state());
                    kind = switch (progress.state()) {
                        case "confirmed" -> "tag-good";
                        case "returned" -> "tag-bad";
                        default -> "tag-doubt";
                    };
                    if (progress.percent() != null) {
                        lines.add(words.t("matters.event.percent", said.percent(progress.percent())));
                    }
                }
            }
            if (details.has("decision")) {
                tag = words.t("matters.decision." + details.path("decision").asString(""));
                kind = details.path("decision").asString("").equals("confirm") ? "tag-good" : "tag-bad";
            }
            Instant at = entry.at();
            Set<Long> ids = details.path("file-ids")
                    .valueStream()
                    .map(id -> id.asLong(0))
                    .collect(Collectors.toSet());
            List<Files.Stored> own =
                    stored.stream().filter(f -> ids.contains(f.id())).toList();
            events.add(new Event(at, entry.actorName(), act, tag, kind, lines, own));
        }
        return events;
    }

    private static String plain(JsonNode details, String figure) {
        return details.path(figure).decimalValue().stripTrailingZeros().toPlainString();
    }

    /** What an entry says of a field; what is personal is masked, whatever an old entry holds. */
    private static String said(Field field, JsonNode value) {
        String text = value.asString("");
        return field.kind() == Field.Kind.PERSONAL && !text.isEmpty() ? "***" : text;
    }
}
