package org.luoshi.reading.segments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.luoshi.reading.SegmentLabel;
import org.luoshi.reading.SourceText;
import org.luoshi.reading.Span;
import org.luoshi.reading.labels.FlatJson;
import org.luoshi.reading.labels.LabelFolders;
import org.luoshi.reading.outline.Outlines;

/**
 * A report whose segments carry labels, read from {@code NAME.segments.jsonl} and {@code NAME.txt}. A record holds
 * {@code label} and either the {@code text} of the segment or its {@code start} and {@code end} in code points of the
 * report, so that labels can be kept without the sentences.
 *
 * @param place the report's place: reports of one place are never learned from when another of them is judged
 * @param labels ordinals of {@link SegmentLabel}
 */
record LabelledText(String name, String place, Layout layout, byte[] labels) {
    /** All labelled reports of the folders, by name. */
    static List<LabelledText> readAll(LabelFolders folders) throws IOException {
        List<LabelledText> found = new ArrayList<>();
        for (Map.Entry<String, Path> entry :
                folders.files(LabelFolders.SEGMENTS).entrySet()) {
            String name = entry.getKey();
            List<String> records = Files.readAllLines(entry.getValue(), StandardCharsets.UTF_8);
            found.add(of(name, folders.text(name).text(), records));
        }
        return found;
    }

    static LabelledText of(String name, String text, List<String> records) throws IOException {
        SourceText source = new SourceText(name, text);
        List<Span> spans = Segments.split(source);
        byte[] labels = new byte[spans.size()];
        Arrays.fill(labels, (byte) -1);
        int next = 0;
        int at = 0;
        int points = 0;
        for (String line : records) {
            if (line.isBlank()) {
                continue;
            }
            Map<String, String> record = FlatJson.read(line);
            int start;
            int end;
            if (record.containsKey("start")) {
                // Records come in order, so that code points are counted on from the one before.
                int wanted = Integer.parseInt(record.getOrDefault("start", "0"));
                start = text.offsetByCodePoints(at, wanted - points);
                end = text.offsetByCodePoints(start, Integer.parseInt(record.getOrDefault("end", "0")) - wanted);
                points = wanted;
                at = start;
            } else {
                String words = record.getOrDefault("text", "");
                start = text.indexOf(words, at);
                end = start + words.length();
                at = Math.max(at, end);
            }
            while (next < spans.size() && spans.get(next).end() <= start) {
                next++;
            }
            if (start < 0 || next == spans.size() || spans.get(next).start() >= end) {
                throw new IOException(name + " holds no segment for the record " + line
                        + ". Maybe the text was changed after it was labelled.");
            }
            String label = record.getOrDefault("label", "");
            labels[next] =
                    (byte) SegmentLabel.valueOf(label.toUpperCase(Locale.ROOT)).ordinal();
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0) {
                throw new IOException("Segment " + i + " of " + name + " has no label, at " + spans.get(i));
            }
        }
        return new LabelledText(name, LabelFolders.place(name), new Layout(text, spans, Outlines.read(source)), labels);
    }
}
