package org.luoshi.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs benchmarks: {@code [NAME…] [--quick] [--json FILE]}, all of them where none is named.
 *
 * <p>Exit status: 0 when all were measured, whether or not they met their bars; 1 when one failed to run; 64 for a
 * command line that cannot be understood.
 */
public final class Main {
    private static final List<Benchmark> ALL =
            List.of(new ReaderSpeed(), new ManyReports(), new RegisterPage(), new MatterPage());

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int status = run(List.of(arguments), ALL, out, err);
        System.exit(status);
    }

    /** What the command line asks for. */
    private record Order(
            List<Benchmark> chosen, boolean quick, @Nullable Path json) {}

    static int run(List<String> arguments, List<Benchmark> all, PrintStream out, PrintStream err) throws IOException {
        Order order;
        try {
            order = order(arguments, all);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return 64;
        }
        Benchmark.Setting setting = new Benchmark.Setting(order.quick(), home());
        List<Row> rows = new ArrayList<>();
        int failed = 0;
        for (Benchmark benchmark : order.chosen()) {
            err.println("… " + benchmark.name());
            try {
                rows.addAll(benchmark.run(setting));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 1;
            } catch (Exception e) {
                failed++;
                err.println(benchmark.name() + " could not be measured: " + e);
                e.printStackTrace(err);
            }
        }
        out.print(new Report(rows).table());
        if (order.json() != null) {
            write(order.json(), rows);
        }
        return failed == 0 ? 0 : 1;
    }

    private static Order order(List<String> arguments, List<Benchmark> all) {
        List<Benchmark> chosen = new ArrayList<>();
        boolean quick = false;
        Path json = null;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            switch (argument) {
                case "--quick" -> quick = true;
                case "--json" -> {
                    if (++i == arguments.size()) {
                        throw new IllegalArgumentException("--json needs the name of a file");
                    }
                    json = Path.of(arguments.get(i));
                }
                default ->
                    chosen.add(all.stream()
                            .filter(b -> b.name().equals(argument))
                            .findFirst()
                            .orElseThrow(() -> new IllegalArgumentException("No benchmark is called " + argument
                                    + ". There are: "
                                    + String.join(
                                            ", ",
                                            all.stream().map(Benchmark::name).toList()))));
            }
        }
        return new Order(chosen.isEmpty() ? all : List.copyOf(chosen), quick, json);
    }

    private static void write(Path file, List<Row> rows) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(
                file,
                JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(rows));
    }

    /** The root of the project: the nearest folder above the jar or the working folder that holds {@code packs}. */
    private static Path home() {
        Path here = Path.of("").toAbsolutePath();
        try {
            Path jar = Path.of(
                    Objects.requireNonNull(Main.class.getProtectionDomain().getCodeSource())
                            .getLocation()
                            .toURI());
            for (Path folder = jar; folder != null; folder = folder.getParent()) {
                if (Files.isDirectory(folder.resolve("packs"))) {
                    return folder;
                }
            }
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException("The place of this program is no file address", e);
        }
        return here;
    }
}
