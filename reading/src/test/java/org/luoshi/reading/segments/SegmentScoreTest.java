package org.luoshi.reading.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.luoshi.reading.Segment;
import org.luoshi.reading.SourceText;
import org.luoshi.reading.labels.LabelFolders;
import org.luoshi.reading.outline.Outlines;

/** The shipped model on the labelled reports, where they are present. They are among those that it was trained on. */
class SegmentScoreTest {
    private static Path shared() {
        String named = Objects.requireNonNullElse(
                System.getProperty("luoshi.shared"), Objects.requireNonNullElse(System.getenv("LUOSHI_SHARED"), ""));
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        return Stream.of("../shared", "../../shared")
                .map(Path::of)
                .filter(path -> Files.isDirectory(path.resolve("gold")))
                .findFirst()
                .orElse(Path.of("../shared"));
    }

    @Test
    void knowsTheReportsItWasTrainedOn() throws IOException {
        Path shared = shared();
        assumeThat(Files.isDirectory(shared.resolve("gold")))
                .as("no labelled reports at %s: nothing to score", shared)
                .isTrue();
        List<Path> texts = List.of(shared.resolve("reports"), shared.resolve("corpus/reports"));
        Confusion confusion = new Confusion();
        SegmentReader reader = new SegmentReader();
        for (LabelledText labelled : LabelledText.readAll(
                new LabelFolders(texts, List.of(shared.resolve("gold")), shared.resolve("gold")))) {
            SourceText source = new SourceText(labelled.name(), labelled.layout().text);
            List<Segment> segments = reader.read(source, Outlines.read(source), Segments.split(source));
            for (Segment segment : segments) {
                confusion.add(
                        labelled.labels()[segment.index()], segment.label().ordinal());
            }
        }
        System.out.println("segments, labelled reports that were trained on: " + confusion);
        assertThat(confusion.macroF1()).isGreaterThanOrEqualTo(0.95);
    }
}
