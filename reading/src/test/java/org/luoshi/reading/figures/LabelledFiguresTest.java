package org.luoshi.reading.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.luoshi.reading.labels.LabelFolders;
import org.luoshi.reading.segments.SegmentReader;
import org.luoshi.reading.segments.Segments;

/** The bars on the labelled reports, with labels of segments as they are read. */
class LabelledFiguresTest {
    private static Path shared() {
        String named = System.getenv("LUOSHI_SHARED");
        if (named != null) {
            return Path.of(named);
        }
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isDirectory(at.resolveSibling("shared"))) {
            at = at.getParent();
        }
        return at == null ? Path.of("shared") : at.resolveSibling("shared");
    }

    @Test
    void meetsTheBarsOnTheLabelledReports() throws IOException {
        Path shared = shared();
        assumeTrue(Files.isDirectory(shared.resolve("gold")), "no labelled reports at " + shared);
        List<LabelledReport> reports = LabelledReport.readAll(new LabelFolders(
                List.of(shared.resolve("reports"), shared.resolve("corpus/reports")),
                List.of(shared.resolve("gold")),
                shared.resolve("gold")));
        FigureScore score = new FigureScore();
        for (LabelledReport report : reports) {
            var source = report.source();
            var segments = new SegmentReader().read(source, report.outline(), Segments.split(source));
            score.add(report.labels(), FigureReader.read(source, report.outline(), segments));
        }
        assertThat(score.found()).as(score.toString()).isGreaterThanOrEqualTo(0.96);
        assertThat(score.exact()).as(score.toString()).isGreaterThanOrEqualTo(0.94);
        assertThat(score.full()).as(score.toString()).isGreaterThanOrEqualTo(0.90);
        assertThat(score.due()).as(score.toString()).isGreaterThanOrEqualTo(0.97);
    }
}
