package org.luoshi.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * 1,000 reports in one call of the command line with a heap of 256 MB, beside 100 reports: memory must stay flat. The
 * peak is what the kernel counted (VmHWM), heap and everything else.
 */
final class ManyReports implements Benchmark {

    @Override
    public String name() {
        return "read-1000";
    }

    @Override
    public List<Row> run(Setting setting) throws Exception {
        Path folder = Files.createTempDirectory("luoshi-bench");
        try {
            String text =
                    Files.readString(setting.home().resolve("packs/demo/report-2026.txt"), StandardCharsets.UTF_8);
            List<String> files = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                Path file = folder.resolve("report-%04d.txt".formatted(i));
                // Each file is one of its own: a report that was read before might be recognised.
                Files.writeString(file, text + "\n附记第" + (i + 1) + "号。\n", StandardCharsets.UTF_8);
                files.add(file.toString());
            }
            Measured few = call(files.subList(0, 100), folder.resolve("few"));
            Measured many = call(files, folder.resolve("many"));
            return List.of(
                    Row.of("read-1000.time", many.seconds(), "s", Bar.NONE),
                    Row.compared(
                            "read-1000.peak",
                            many.peakMebibytes(),
                            "MiB",
                            "100 reports",
                            few.peakMebibytes(),
                            new Bar(null, 512.0, null, 1.3)));
        } finally {
            delete(folder);
        }
    }

    private record Measured(double seconds, double peakMebibytes) {}

    private static Measured call(List<String> files, Path out) throws IOException, InterruptedException {
        Files.createDirectories(out);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "org.luoshi.cli.Main",
                "read"));
        command.addAll(files);
        command.add("--json");
        command.add(out.toString());
        Path log = out.resolveSibling(out.getFileName() + ".log");
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        long peak = 0;
        while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peakKibibytes(process.pid()));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long written;
        try (Stream<Path> all = Files.list(out)) {
            written = all.count();
        }
        if (process.exitValue() != 0 || written != files.size()) {
            String said = Files.readString(log);
            throw new IllegalStateException("Reading " + files.size() + " reports ended with status "
                    + process.exitValue() + " and wrote " + written + " files: "
                    + said.substring(Math.max(0, said.length() - 600)));
        }
        return new Measured(seconds, peak / 1024.0);
    }

    /** The largest resident size that a process has had, as Linux counts it; 0 where it is gone or elsewhere. */
    private static long peakKibibytes(long pid) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException e) {
            return 0;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
