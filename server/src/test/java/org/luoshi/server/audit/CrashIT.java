package org.luoshi.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.luoshi.server.LuoshiServer;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Kills the server and its database at random moments while people create, hand down, attach files, split, urge, suspend
 * and resume, starts them again, and looks: everything that was acknowledged is there, nothing half, the chain of the
 * journal whole. {@code -Dluoshi.kills=100} for the full run.
 */
class CrashIT {
    private static final int KILLS = Integer.getInteger("luoshi.kills", 3);
    private static final int PEOPLE = 3;

    private final Random random = new Random(7);

    @Test
    void losesNothingAndKeepsNothingHalf(@TempDir Path home) throws Exception {
        int port = freePort();
        Process server = start(home, port);
        try {
            awaitUp(port);
            CrashWork work = new CrashWork(port, PEOPLE, database(home));
            for (int kill = 1; kill <= KILLS; kill++) {
                long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(700 + random.nextInt(2_500));
                List<Thread> workers = work.begin(until);
                TimeUnit.NANOSECONDS.sleep(until - System.nanoTime());
                boolean databaseFirst = random.nextBoolean();
                if (databaseFirst) {
                    killDatabase(home);
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
                }
                server.destroyForcibly().waitFor();
                if (!databaseFirst) {
                    killDatabase(home);
                }
                for (Thread worker : workers) {
                    worker.join(20_000);
                }
                server = start(home, port);
                awaitUp(port);
                new CrashChecks(database(home), kill).check(work.all());
            }
            assertThat(work.faults()).isEmpty();
            assertThat(work.acknowledged())
                    .as("the last trouble: %s", work.trouble())
                    .hasSizeGreaterThan(KILLS);
            if (KILLS >= 20) {
                assertThat(work.acknowledged()).contains("drop", "report", "split", "urge", "suspend", "resume");
            }
            System.out.printf(
                    "%d kills, %d acknowledged changes: %s%n",
                    KILLS,
                    work.acknowledged().size(),
                    work.acknowledged().stream()
                            .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting())));
        } finally {
            server.destroyForcibly().waitFor();
            killDatabase(home);
        }
    }

    /** The embedded database, past the server. */
    private static DriverManagerDataSource database(Path home) throws IOException {
        Path pid = home.resolve("database/data-18/postmaster.pid");
        int port = Integer.parseInt(Files.readAllLines(pid).get(3).strip());
        String secret = Files.readString(home.resolve("database/secret")).strip();
        return new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:" + port + "/luoshi", "luoshi", secret);
    }

    private static Process start(Path home, int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                LuoshiServer.class.getName(),
                "--luoshi.pack=../packs/demo",
                "--luoshi.pack-documents=false",
                "--luoshi.home=" + home,
                "--server.port=" + port);
        builder.redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(home.resolve("log.txt").toFile()));
        builder.environment().remove("LUOSHI_DB_URL");
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitUp(int port) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < 240; i++) {
            try {
                HttpResponse<String> health = client.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/health"))
                                .timeout(Duration.ofSeconds(2))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                if (health.statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // not up yet
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
        throw new IllegalStateException("the server did not come up in two minutes");
    }

    /** Kills the postmaster and all its children at once, as a power cut would. */
    private static void killDatabase(Path home) {
        ProcessHandle.allProcesses()
                .filter(p -> p.info()
                        .commandLine()
                        .map(c -> c.contains(home.toString()) && c.contains("postgres"))
                        .orElse(false))
                .forEach(postmaster -> {
                    List<ProcessHandle> all =
                            new ArrayList<>(postmaster.descendants().toList());
                    all.add(postmaster);
                    all.forEach(ProcessHandle::destroyForcibly);
                    all.forEach(p -> p.onExit().join());
                });
    }
}
