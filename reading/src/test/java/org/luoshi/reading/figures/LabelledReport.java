package org.luoshi.reading.figures;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Evidence;
import org.luoshi.reading.Figure;
import org.luoshi.reading.Outline;
import org.luoshi.reading.Segment;
import org.luoshi.reading.SegmentLabel;
import org.luoshi.reading.SourceText;
import org.luoshi.reading.Span;
import org.luoshi.reading.outline.Outlines;
import org.luoshi.reading.segments.SegmentReader;
import org.luoshi.reading.segments.Segments;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A report with its labels from the shared folder, as far as figures need them. */
record LabelledReport(String name, SourceText source, Outline outline, List<Segment> segments, List<Label> labels) {
    private static final JsonMapper JSON = new JsonMapper();

    /** A labelled figure with its place in the text. */
    record Label(
            int start,
            int end,
            @Nullable Double value,
            @Nullable String unit,
            boolean masked,
            JsonNode node) {}

    /** The place of a report; reports of one place stay together when one place is left out. */
    String place() {
        int year = name.lastIndexOf('_');
        return Character.isDigit(name.charAt(0)) ? name : name.substring(0, year);
    }

    static Path shared() {
        String home = System.getenv("LUOSHI_SHARED");
        if (home != null) {
            return Path.of(home);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolveSibling("shared");
            if (at.getFileName() != null && Files.isDirectory(candidate.resolve("gold"))) {
                return candidate;
            }
        }
        return Path.of("../shared");
    }

    static List<LabelledReport> all() {
        return all(shared().resolve("gold"));
    }

    static List<LabelledReport> all(Path gold) {
        List<LabelledReport> reports = new ArrayList<>();
        try (var files = Files.list(gold)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".figures.jsonl")) {
                    reports.add(read(gold, name.substring(0, name.length() - ".figures.jsonl".length())));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reports;
    }

    private static LabelledReport read(Path gold, String name) throws IOException {
        Path text = shared().resolve("reports/" + name + ".txt");
        if (!Files.exists(text)) {
            text = shared().resolve("corpus/reports/" + name + ".txt");
        }
        String content = Files.readString(text);
        SourceText source = new SourceText(name, content);
        List<Segment> segments = new ArrayList<>();
        int at = 0;
        for (String line : Files.readAllLines(gold.resolve(name + ".segments.jsonl"))) {
            JsonNode node = JSON.readTree(line);
            String words = node.get("text").asString();
            int start = content.indexOf(words, at);
            at = start + words.length();
            segments.add(new Segment(
                    segments.size(),
                    new Span(start, at),
                    SegmentLabel.valueOf(node.get("label").asString().toUpperCase(java.util.Locale.ROOT)),
                    1,
                    Evidence.of("label")));
        }
        List<Label> labels = new ArrayList<>();
        at = 0;
        for (String line : Files.readAllLines(gold.resolve(name + ".figures.jsonl"))) {
            JsonNode node = JSON.readTree(line);
            String quote = node.get("quote").asString();
            int low = node.has("i") ? segments.get(node.get("i").asInt()).span().start() : at;
            int start = content.indexOf(quote, low);
            if (start < 0) {
                start = content.indexOf(quote);
            }
            at = start;
            JsonNode value = node.get("value");
            JsonNode unit = node.get("unit");
            labels.add(new Label(
                    start,
                    start + quote.length(),
                    value == null || value.isNull() ? null : value.asDouble(),
                    unit == null || unit.isNull() ? null : unit.asString(),
                    node.get("masked").asBoolean(),
                    node));
        }
        return new LabelledReport(name, source, Outlines.read(source), segments, labels);
    }

    /** The same report with labels of segments as the package reads them. */
    LabelledReport withReadSegments() {
        return new LabelledReport(
                name, source, outline, new SegmentReader().read(source, outline, Segments.split(source)), labels);
    }

    /** The form that the score reads. */
    static String json(SourceText source, List<Segment> segments, List<Figure> figures) {
        var root = JSON.createObjectNode();
        var segs = root.putArray("segments");
        for (Segment s : segments) {
            segs.addObject()
                    .put("i", s.index())
                    .put("start", source.codePoints(s.span().start()))
                    .put("end", source.codePoints(s.span().end()))
                    .put("label", s.label().name().toLowerCase(java.util.Locale.ROOT));
        }
        var figs = root.putArray("figures");
        for (Figure f : figures) {
            LocalDate due = f.due();
            figs.addObject()
                    .put("start", source.codePoints(f.span().start()))
                    .put("end", source.codePoints(f.span().end()))
                    .put("kind", f.kind().name().toLowerCase(java.util.Locale.ROOT))
                    .put("indicator", f.indicator())
                    .put("op", f.op().sign())
                    .put("value", f.value())
                    .put("value2", f.value2())
                    .put("unit", f.unit())
                    .put("basis", f.basis().name().toLowerCase(java.util.Locale.ROOT))
                    .put("masked", f.masked())
                    .put("time", f.time())
                    .put("due", due == null ? null : due.toString())
                    .put("rule", f.evidence().rule())
                    .put("p", f.confidence());
        }
        return root.toString();
    }
}
