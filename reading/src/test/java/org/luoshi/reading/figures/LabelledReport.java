package org.luoshi.reading.figures;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Evidence;
import org.luoshi.reading.Figure;
import org.luoshi.reading.Outline;
import org.luoshi.reading.Segment;
import org.luoshi.reading.SegmentLabel;
import org.luoshi.reading.SourceText;
import org.luoshi.reading.Span;
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

    static final Map<String, int[]> YEARS = Map.ofEntries(
            Map.entry("000_425cc7e84abff370", new int[] {0, 0}),
            Map.entry("001_1602d95d85f928b5", new int[] {0, 0}),
            Map.entry("002_0a7fe5869093e650", new int[] {2022, 2022}),
            Map.entry("003_dbac8fd8727e5cee", new int[] {2021, 2022}),
            Map.entry("004_bb1dc3bd7dcb5ed2", new int[] {2022, 2023}));

    /** The place of a report; reports of one place stay together when one place is left out. */
    String place() {
        return name.contains("高唐") ? "高唐" : name;
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
        return new LabelledReport(name, source, outline(name, content), segments, labels);
    }

    private static Outline outline(String name, String content) {
        int[] years = YEARS.get(name);
        if (years == null) {
            int year = Integer.parseInt(name.substring(name.length() - 4));
            years = new int[] {year - 1, year};
        }
        List<Outline.Section> sections = new ArrayList<>();
        int glossary = content.indexOf("名词解释");
        if (glossary > content.length() / 2) {
            sections.add(new Outline.Section(
                    1,
                    "",
                    "名词解释",
                    new Span(glossary, glossary + 4),
                    new Span(glossary, content.length()),
                    Outline.Role.GLOSSARY,
                    Evidence.of("stub")));
        }
        return new Outline(null, null, null, null, null, stated(years[0]), stated(years[1]), sections);
    }

    private static Outline.@Nullable Stated<Integer> stated(int year) {
        return year == 0 ? null : new Outline.Stated<>(year, Evidence.of("stub"), 1);
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
