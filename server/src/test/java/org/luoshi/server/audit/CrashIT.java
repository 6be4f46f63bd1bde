package org.luoshi.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.luoshi.server.LuoshiServer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Kills the server and its database at random moments while people work, starts them again, and looks: everything that
 * was acknowledged is there, nothing half, the chain of the journal whole. {@code -Dluoshi.kills=100} for the full run.
 */
class CrashIT {
    private static final int KILLS = Integer.getInteger("luoshi.kills", 3);
    private static final int PEOPLE = 3;
    private static final Pattern HIDDEN = Pattern.compile("name=\"(_csrf|request|version)\" value=\"([^\"]*)\"");

    private final Random random = new Random(7);
    private final Map<Long, String> acknowledged = new ConcurrentHashMap<>();
    private final AtomicInteger titles = new AtomicInteger();

    @Test
    void losesNothingAndKeepsNothingHalf(@TempDir Path home) throws Exception {
        int port = freePort();
        Process server = start(home, port);
        try {
            awaitUp(port);
            List<HttpClient> people = new ArrayList<>();
            for (int i = 0; i < PEOPLE; i++) {
                people.add(logIn(port));
            }
            for (int kill = 1; kill <= KILLS; kill++) {
                long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(700 + random.nextInt(2_500));
                List<Thread> workers = people.stream()
                        .map(person -> Thread.ofVirtual().start(() -> work(person, port, until)))
                        .toList();
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
                check(home, kill);
            }
        } finally {
            server.destroyForcibly().waitFor();
            killDatabase(home);
        }
        assertThat(acknowledged).hasSizeGreaterThan(KILLS);
        System.out.printf("%d kills, %d acknowledged changes%n", KILLS, acknowledged.size());
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
                        HttpRequest.newBuilder(uri(port, "/actuator/health"))
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

    private static URI uri(int port, String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private static HttpClient logIn(int port) throws Exception {
        CookieManager cookies = new CookieManager();
        HttpClient client = HttpClient.newBuilder().cookieHandler(cookies).build();
        Map<String, String> form = hidden(get(client, port, "/login").body());
        form.put("username", "zhouqiming");
        form.put("password", "luoshi-demo");
        HttpResponse<String> answer = post(client, port, "/login", form);
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(cookies.getCookieStore().getCookies())
                .extracting(HttpCookie::getName)
                .contains("luoshi");
        return client;
    }

    private static Map<String, String> hidden(String page) {
        Map<String, String> found = new HashMap<>();
        Matcher input = HIDDEN.matcher(page);
        while (input.find()) {
            found.putIfAbsent(input.group(1), input.group(2));
        }
        return found;
    }

    private static HttpResponse<String> get(HttpClient client, int port, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri(port, path))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(HttpClient client, int port, String path, Map<String, String> form)
            throws Exception {
        String body = String.join(
                "&",
                form.entrySet().stream()
                        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                        .toList());
        return client.send(
                HttpRequest.newBuilder(uri(port, path))
                        .timeout(Duration.ofSeconds(10))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Creates to-dos and drops every second one, until the time is over or the server is gone. */
    private void work(HttpClient client, int port, long until) {
        try {
            while (System.nanoTime() < until + TimeUnit.SECONDS.toNanos(2)) {
                Map<String, String> form =
                        hidden(get(client, port, "/matters/new?type=to-do").body());
                form.put("type", "to-do");
                form.put("title", "待办 " + titles.incrementAndGet());
                form.put("lead", "30");
                form.put(
                        "due",
                        LocalDate.now(java.time.ZoneId.of("Asia/Shanghai"))
                                .plusDays(9)
                                .toString());
                HttpResponse<String> created = post(client, port, "/matters", form);
                if (created.statusCode() != 302) {
                    continue;
                }
                String place = created.headers().firstValue("Location").orElseThrow();
                long id = Long.parseLong(place.substring(place.lastIndexOf('/') + 1));
                acknowledged.put(id, "open");
                if (id % 2 == 0) {
                    Map<String, String> drop = hidden(
                            get(client, port, "/matters/" + id + "/do/drop").body());
                    drop.put("reason", "不再需要");
                    acknowledged.put(id, "open or dropped");
                    if (post(client, port, "/matters/" + id + "/do/drop", drop).statusCode() == 302) {
                        acknowledged.put(id, "dropped");
                    }
                }
            }
        } catch (Exception e) {
            // The server was killed under the request: what was not answered is not acknowledged.
        }
    }

    private void check(Path home, int kill) throws IOException {
        Path pid = home.resolve("database/data-18/postmaster.pid");
        int port = Integer.parseInt(Files.readAllLines(pid).get(3).strip());
        String secret = Files.readString(home.resolve("database/secret")).strip();
        DriverManagerDataSource source =
                new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:" + port + "/luoshi", "luoshi", secret);
        JdbcClient sql = JdbcClient.create(source);
        Map<Long, String> found = new HashMap<>();
        sql.sql("select id, state from matter").query(row -> {
            found.put(row.getLong(1), row.getString(2));
        });
        acknowledged.forEach((id, state) -> {
            assertThat(found).as("after kill %d", kill).containsKey(id);
            assertThat(state).as("matter %d after kill %d", id, kill).contains(found.get(id));
        });
        // Half a change would be a matter without its entry, an entry without its matter, or a clock without either.
        assertThat(
                        one(
                                sql,
                                "select count(*) from matter m where not exists (select 1 from journal j where j.stream = 'matter:' || m.id and j.act = 'matter.create')"))
                .isZero();
        assertThat(
                        one(
                                sql,
                                "select count(*) from journal j where j.act = 'matter.create' and not exists (select 1 from matter m where 'matter:' || m.id = j.stream)"))
                .isZero();
        assertThat(
                        one(
                                sql,
                                "select count(*) from matter m where m.version <> (select count(*) from journal j where j.stream = 'matter:' || m.id)"))
                .isZero();
        assertThat(
                        one(
                                sql,
                                "select count(*) from matter m where m.type = 'to-do' and not exists (select 1 from matter_clock c where c.matter = m.id and (c.stopped_at is null) = (m.state = 'open'))"))
                .isZero();
        Journal journal = new Journal(
                sql,
                new TransactionTemplate(new DataSourceTransactionManager(source)),
                JsonMapper.builder().build(),
                Clock.systemUTC());
        assertThat(journal.listBrokenStreams()).as("after kill %d", kill).isEmpty();
    }

    private static int one(JdbcClient sql, String query) {
        return sql.sql(query).query(Integer.class).single();
    }
}
