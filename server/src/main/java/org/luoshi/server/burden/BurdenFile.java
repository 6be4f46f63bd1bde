package org.luoshi.server.burden;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.packs.PackFile;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A {@code burden.yaml}: rules, and for a demo what was asked and planned. Read whole; every fault is told with its line.
 *
 * @param minutes by key of the thing
 * @param apart null: not said
 */
record BurdenFile(
        Map<String, Integer> minutes,
        @Nullable Integer apart,
        @Nullable Integer most,
        List<Sending> requests,
        List<Visit> visits) {
    private static final Set<String> THINGS = Set.of("number", "text", "date", "file", "progress", "notice");
    private static final Set<String> DECISIONS = Set.of("refused", "rest", "overrule");

    /** A request that somebody sends at a time, and what becomes of it. */
    record Sending(
            int line,
            LocalDateTime at,
            String by,
            String title,
            String basis,
            List<String> units,
            List<Request.Line> fields,
            Request.Repeats repeats,
            Period period,
            int times,
            LocalDate due,
            boolean signed,
            String decision,
            String reason,
            List<Reply> replies) {}

    /** What a unit answers, in the order of the fields. */
    record Reply(int line, LocalDateTime at, String by, List<String> values) {}

    record Visit(
            int line,
            LocalDateTime at,
            String by,
            String title,
            List<String> units,
            LocalDate from,
            LocalDate to,
            String basis,
            String kind,
            int people,
            String despite,
            boolean approved) {}

    static BurdenFile read(String name, InputStream in) throws IOException {
        PackFile file = new PackFile(name, in);
        Map<String, Integer> minutes = new LinkedHashMap<>();
        Integer[] visits = new Integer[2];
        List<Sending> requests = new ArrayList<>();
        List<Visit> plan = new ArrayList<>();
        Node root = file.root();
        if (root != null) {
            Map<String, Node> top =
                    file.mapping(root, Set.of("format", "minutes", "inspections", "requests", "visits"), "the file");
            if (!file.need(top, "format", root, "The file").equals("luoshi-burden/1")) {
                file.fault(root, "\"format\" must be luoshi-burden/1.");
            }
            Node costs = top.get("minutes");
            if (costs != null) {
                file.mapping(costs, THINGS, "minutes")
                        .forEach((key, node) -> minutes.put(key, file.whole(node, 1, 2_400, "\"" + key + "\"")));
            }
            Node rules = top.get("inspections");
            if (rules != null) {
                Map<String, Node> lines = file.mapping(rules, Set.of("apart", "most"), "inspections");
                visits[0] = whole(file, lines, "apart", 0, 60);
                visits[1] = whole(file, lines, "most", 1, 366);
            }
            for (Node node : list(file, top, "requests")) {
                requests.add(sending(file, node, minutes));
            }
            for (Node node : list(file, top, "visits")) {
                plan.add(visit(file, node));
            }
        }
        file.check();
        return new BurdenFile(minutes, visits[0], visits[1], requests, plan);
    }

    private static List<Node> list(PackFile file, Map<String, Node> top, String key) {
        Node node = top.get(key);
        return node == null ? List.of() : file.list(node, key);
    }

    private static @Nullable Integer whole(PackFile file, Map<String, Node> lines, String key, int least, int most) {
        Node node = lines.get(key);
        return node == null ? null : file.whole(node, least, most, "\"" + key + "\"");
    }

    private static Sending sending(PackFile file, Node node, Map<String, Integer> minutes) {
        Map<String, Node> line = file.mapping(
                node,
                Set.of(
                        "at",
                        "by",
                        "title",
                        "basis",
                        "units",
                        "fields",
                        "repeats",
                        "period",
                        "times",
                        "due",
                        "signed",
                        "decision",
                        "reason",
                        "replies"),
                "a request");
        List<Request.Line> fields = new ArrayList<>();
        for (Node field : list(file, line, "fields")) {
            Map<String, Node> parts =
                    file.mapping(field, Set.of("name", "kind", "measure", "period", "minutes"), "a field");
            String kind = parts.containsKey("kind")
                    ? file.choice(parts.get("kind"), Set.of("number", "text", "date", "file"), "\"kind\"")
                    : "number";
            Integer own = whole(file, parts, "minutes", 1, 2_400);
            fields.add(new Request.Line(
                    file.need(parts, "name", field, "The field"),
                    Request.Kind.of(kind.isEmpty() ? "number" : kind),
                    text(file, parts, "measure"),
                    parts.containsKey("period") ? period(file, parts, "period", field) : null,
                    own == null ? minutes.getOrDefault(kind, 0) : own));
        }
        List<Reply> replies = new ArrayList<>();
        for (Node reply : list(file, line, "replies")) {
            Map<String, Node> parts = file.mapping(reply, Set.of("at", "by", "values"), "a reply");
            Node values = parts.get("values");
            replies.add(new Reply(
                    PackFile.line(reply),
                    time(file, parts, reply),
                    file.need(parts, "by", reply, "The reply"),
                    values == null ? List.of() : file.texts(values, "values")));
        }
        String repeats = line.containsKey("repeats")
                ? file.choice(line.get("repeats"), Set.of("once", "monthly", "quarterly"), "\"repeats\"")
                : "once";
        Integer times = whole(file, line, "times", 1, 24);
        Node units = line.get("units");
        return new Sending(
                PackFile.line(node),
                time(file, line, node),
                file.need(line, "by", node, "The request"),
                file.need(line, "title", node, "The request"),
                file.need(line, "basis", node, "The request"),
                units == null ? List.of() : file.texts(units, "units"),
                fields,
                Request.Repeats.valueOf((repeats.isEmpty() ? "once" : repeats).toUpperCase(java.util.Locale.ROOT)),
                period(file, line, "period", node),
                times == null ? 1 : times,
                day(file, line, "due", node),
                line.containsKey("signed") && file.flag(line.get("signed"), "\"signed\""),
                line.containsKey("decision") ? file.choice(line.get("decision"), DECISIONS, "\"decision\"") : "",
                text(file, line, "reason"),
                replies);
    }

    private static Visit visit(PackFile file, Node node) {
        Map<String, Node> line = file.mapping(
                node,
                Set.of("at", "by", "title", "units", "from", "to", "basis", "kind", "people", "despite", "approved"),
                "a visit");
        Node units = line.get("units");
        Integer people = whole(file, line, "people", 1, 200);
        return new Visit(
                PackFile.line(node),
                time(file, line, node),
                file.need(line, "by", node, "The visit"),
                file.need(line, "title", node, "The visit"),
                units == null ? List.of() : file.texts(units, "units"),
                day(file, line, "from", node),
                day(file, line, "to", node),
                file.need(line, "basis", node, "The visit"),
                line.containsKey("kind") ? file.choice(line.get("kind"), Inspections.KINDS, "\"kind\"") : "inspection",
                people == null ? 1 : people,
                text(file, line, "despite"),
                line.containsKey("approved") && file.flag(line.get("approved"), "\"approved\""));
    }

    private static String text(PackFile file, Map<String, Node> line, String key) {
        Node node = line.get(key);
        return node == null ? "" : file.text(node, "\"" + key + "\"");
    }

    private static Period period(PackFile file, Map<String, Node> line, String key, Node owner) {
        String text = file.need(line, key, owner, "The line");
        return Period.parse(text).orElseGet(() -> {
            file.fault(owner, "\"" + text + "\" is no period. Write 2026, 2026-Q3 or 2026-09.");
            return Period.yearOf(LocalDate.EPOCH);
        });
    }

    private static LocalDate day(PackFile file, Map<String, Node> line, String key, Node owner) {
        String text = file.need(line, key, owner, "The line");
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            file.fault(owner, "\"" + text + "\" is no day. Write it as \"2026-01-19\".");
            return LocalDate.EPOCH;
        }
    }

    private static LocalDateTime time(PackFile file, Map<String, Node> line, Node owner) {
        String text = file.need(line, "at", owner, "The line");
        try {
            return LocalDateTime.parse(text);
        } catch (DateTimeParseException e) {
            file.fault(owner, "\"" + text + "\" is no time. Write it as \"2026-02-09T09:30\".");
            return LocalDate.EPOCH.atStartOfDay();
        }
    }
}
