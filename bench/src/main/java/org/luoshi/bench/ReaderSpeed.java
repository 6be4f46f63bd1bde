package org.luoshi.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A whole reading of a report on one core — outline, segments, figures, commitments, departments — beside HanLP's
 * segmentation of the same text into words, which is where a user's own script would begin.
 */
final class ReaderSpeed implements Benchmark {
    static final String TEXT = "luoshi.bench.text";

    @Override
    public String name() {
        return "reader";
    }

    /**
     * Public reports where they lie beside the checkout, and always the project's own report, which holds twice as many
     * promises and figures to a page as the public ones.
     */
    @Override
    public List<Row> run(Setting setting) throws Exception {
        List<Row> rows = new ArrayList<>();
        Path shared = setting.home().resolveSibling("shared/corpus/reports");
        if (Files.isDirectory(shared)) {
            rows.add(measure(name(), shared, setting));
        }
        rows.add(measure(
                rows.isEmpty() ? name() : "reader-dense",
                setting.home().resolve("packs/demo/report-2026.txt"),
                setting));
        return rows;
    }

    private static Row measure(String name, Path text, Setting setting) throws Exception {
        double megabytes = 0;
        for (Path file : texts(text)) {
            megabytes += Files.size(file) / 1e6;
        }
        int seconds = setting.quick() ? 3 : 8;
        Options options = new OptionsBuilder()
                .include(ReadingAndSegmentation.class.getName() + "\\.")
                .forks(setting.quick() ? 1 : 3)
                .warmupIterations(setting.quick() ? 2 : 3)
                .warmupTime(TimeValue.seconds(seconds))
                .measurementIterations(setting.quick() ? 2 : 4)
                .measurementTime(TimeValue.seconds(seconds))
                .threads(1)
                .verbosity(VerboseMode.SILENT)
                .jvmArgsAppend("-Xmx1g", "-D" + TEXT + "=" + text.toAbsolutePath())
                .shouldFailOnError(true)
                .build();
        Collection<RunResult> results = new Runner(options).run();
        double reader = score(results, "luoshi") * megabytes;
        double hanlp = score(results, "hanlp") * megabytes;
        return Row.compared(
                name,
                reader,
                "MB/s",
                "HanLP segmentation",
                hanlp,
                Bar.atLeast(5).andRatioAtLeast(2));
    }

    /** The text itself, or all texts of a folder. */
    static List<Path> texts(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    private static double score(Collection<RunResult> results, String method) {
        return results.stream()
                .filter(result -> result.getParams().getBenchmark().endsWith("." + method))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("JMH measured no " + method))
                .getPrimaryResult()
                .getScore();
    }
}
