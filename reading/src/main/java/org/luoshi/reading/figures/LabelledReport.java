package org.luoshi.reading.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Evidence;
import org.luoshi.reading.Outline;
import org.luoshi.reading.Segment;
import org.luoshi.reading.SegmentLabel;
import org.luoshi.reading.SourceText;
import org.luoshi.reading.Span;
import org.luoshi.reading.labels.FlatJson;
import org.luoshi.reading.labels.LabelFolders;
import org.luoshi.reading.outline.Outlines;

/**
 * A report with labelled segments and figures, read from {@code NAME.txt}, {@code NAME.segments.jsonl} and {@code
 * NAME.figures.jsonl}. A record of a figure holds its {@code quote}, and where the file has them {@code start} and {@code
 * end} in code points of the report.
 */
record LabelledReport(String name, SourceText source, Outline outline, List<Segment> segments, List<Label> labels) {
    /**
     * A labelled figure.
     *
     * @param value text of the number, null when masked
     * @param unit null where there is none
     */
    record Label(
            int start,
            int end,
            String kind,
            String indicator,
            String op,
            @Nullable String value,
            @Nullable String unit,
            String basis,
            boolean masked,
            @Nullable String due) {}

    /** Reports of one place are left out together. */
    String place() {
        return LabelFolders.place(name);
    }

    /** All reports of the folders that have labelled figures, by name. */
    static List<LabelledReport> readAll(LabelFolders folders) throws IOException {
        Map<String, Path> segmentFiles = folders.files(LabelFolders.SEGMENTS);
        List<LabelledReport> reports = new ArrayList<>();
        for (Map.Entry<String, Path> entry : folders.files(LabelFolders.FIGURES).entrySet()) {
            String name = entry.getKey();
            Path segmentFile = segmentFiles.get(name);
            if (segmentFile == null) {
                throw new IOException(entry.getValue() + " has no " + name + LabelFolders.SEGMENTS + " beside it.");
            }
            SourceText source = folders.text(name);
            List<Segment> segments = segments(source, Files.readAllLines(segmentFile));
            List<Label> figures = labels(source, segments, Files.readAllLines(entry.getValue()));
            reports.add(new LabelledReport(name, source, Outlines.read(source), segments, figures));
        }
        return reports;
    }

    private static List<Segment> segments(SourceText source, List<String> records) throws IOException {
        List<Segment> segments = new ArrayList<>();
        int at = 0;
        for (String line : records) {
            Map<String, String> record = FlatJson.read(line);
            Span span = place(source, record, "text", at);
            at = span.end();
            String label = record.getOrDefault("label", "talk").toUpperCase(Locale.ROOT);
            segments.add(new Segment(segments.size(), span, SegmentLabel.valueOf(label), 1, Evidence.of("label")));
        }
        return segments;
    }

    private static List<Label> labels(SourceText source, List<Segment> segments, List<String> records)
            throws IOException {
        List<Label> labels = new ArrayList<>();
        int at = 0;
        for (String line : records) {
            Map<String, String> record = FlatJson.read(line);
            String segment = record.get("i");
            int from = segment == null
                    ? at
                    : segments.get(Integer.parseInt(segment)).span().start();
            Span span = place(source, record, "quote", from);
            at = span.start();
            labels.add(new Label(
                    span.start(),
                    span.end(),
                    record.getOrDefault("kind", ""),
                    record.getOrDefault("indicator", ""),
                    record.getOrDefault("op", ""),
                    record.get("value"),
                    record.get("unit"),
                    record.getOrDefault("basis", ""),
                    Boolean.parseBoolean(record.getOrDefault("masked", "false")),
                    record.get("due")));
        }
        return labels;
    }

    private static Span place(SourceText source, Map<String, String> record, String key, int from) throws IOException {
        String text = source.text();
        String start = record.get("start");
        String end = record.get("end");
        if (start != null && end != null) {
            return new Span(
                    text.offsetByCodePoints(0, Integer.parseInt(start)),
                    text.offsetByCodePoints(0, Integer.parseInt(end)));
        }
        String words = record.getOrDefault(key, "");
        int at = text.indexOf(words, from);
        if (at < 0) {
            at = text.indexOf(words);
        }
        if (at < 0) {
            throw new IOException(source.name() + " does not hold the words of a label: " + words);
        }
        return new Span(at, at + words.length());
    }
}
