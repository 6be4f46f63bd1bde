package org.luoshi.bench;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.luoshi.server.LuoshiServer;
import org.luoshi.server.register.InventedRegister;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Pages of a register of 100,000 entries over HTTP, logged in, beside the same questions put to the database alone on
 * one connection: what the server adds to PostgreSQL. Server, database and clients share the machine.
 */
final class RegisterPage implements Benchmark {
    private static final int ENTRIES = 100_000;
    private static final int CLIENTS = 4;

    /** What is asked for, and the same as SQL: the count and the ids of a page. */
    private record Question(String name, String query, String count, String ids) {}

    private static final String FROM = " from commitment c where c.state = 'registered' ";

    private static final List<Question> QUESTIONS = List.of(
            new Question(
                    "first", "", "select count(*)" + FROM, "select c.id" + FROM + "order by c.number, c.id limit 50"),
            new Question(
                    "filtered",
                    "?year=2026&theme=city&due=year&sort=due",
                    "select count(*)" + FROM
                            + "and c.year = 2026 and c.theme = 'city' and c.due between date_trunc('year', now())::date and (date_trunc('year', now()) + interval '1 year')::date - 1",
                    "select c.id" + FROM
                            + "and c.year = 2026 and c.theme = 'city' and c.due between date_trunc('year', now())::date and (date_trunc('year', now()) + interval '1 year')::date - 1 order by c.due, c.number, c.id limit 50"),
            new Question(
                    "deep",
                    "?sort=lead&dir=desc&page=1500",
                    "select count(*)" + FROM,
                    "select c.id from commitment c left join unit u on u.id = c.lead where c.state = 'registered' order by u.ordinal desc nulls last, c.number limit 50 offset 74950"),
            new Question(
                    "searched",
                    "?q=" + URLEncoder.encode("养老床位 白沙", StandardCharsets.UTF_8),
                    "select count(*)" + FROM + "and c.words @> array['养老','老床','床位','白沙'] and c.sentence like '%养老床位%'",
                    "select c.id" + FROM
                            + "and c.words @> array['养老','老床','床位','白沙'] and c.sentence like '%养老床位%' order by c.number, c.id limit 50"));

    @Override
    public String name() {
        return "register-page";
    }

    @Override
    public List<Row> run(Setting setting) throws Exception {
        Path home = Files.createTempDirectory("luoshi-bench");
        try (ConfigurableApplicationContext server = SpringApplication.run(
                LuoshiServer.class,
                "--server.port=0",
                "--luoshi.home=" + home,
                "--luoshi.pack=" + setting.home().resolve("packs/demo"),
                "--luoshi.pack-documents=false",
                "--logging.level.root=warn")) {
            DataSource source = server.getBean(DataSource.class);
            new InventedRegister(source).fill(ENTRIES);
            String base = "http://127.0.0.1:" + server.getEnvironment().getProperty("local.server.port");
            HttpClient client = logIn(base);
            int rounds = setting.quick() ? 15 : 60;
            List<Row> rows = new ArrayList<>();
            for (Question question : QUESTIONS) {
                double page = pages(client, base + "/register" + question.query(), rounds);
                double alone = alone(source, question, rounds);
                rows.add(Row.compared(
                        "register-page." + question.name() + ".p95",
                        page,
                        "ms",
                        "the SQL alone",
                        alone,
                        Bar.atMost(300)));
            }
            return rows;
        } finally {
            try (Stream<Path> all = Files.walk(home)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    private static HttpClient logIn(String base) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        String form = get(client, base + "/login").body();
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(form);
        if (!token.find()) {
            throw new IllegalStateException("The log-in page holds no token");
        }
        String body = "username=zhouqiming&password=luoshi-demo&_csrf="
                + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(base + "/login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 302
                || answer.headers().firstValue("Location").orElse("").contains("login")) {
            throw new IllegalStateException("The log-in was refused: " + answer.statusCode());
        }
        return client;
    }

    private static HttpResponse<String> get(HttpClient client, String address) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The 95th percentile of the time to a whole page, in milliseconds, with some clients at once. */
    private static double pages(HttpClient client, String address, int rounds) throws Exception {
        Callable<List<Double>> visit = () -> {
            List<Double> times = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                long start = System.nanoTime();
                HttpResponse<String> answer = get(client, address);
                if (answer.statusCode() != 200 || !answer.body().contains("name=\"id\"")) {
                    throw new IllegalStateException("No page of rows at " + address + ": " + answer.statusCode());
                }
                times.add((System.nanoTime() - start) / 1e6);
            }
            return times;
        };
        for (int i = 0; i < 5; i++) {
            get(client, address);
        }
        List<Double> all = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<List<Double>>> visits = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                visits.add(clients.submit(visit));
            }
            for (Future<List<Double>> done : visits) {
                all.addAll(done.get());
            }
        }
        return p95(all.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static double alone(DataSource source, Question question, int rounds) throws Exception {
        double[] times = new double[rounds * 2];
        try (Connection connection = source.getConnection();
                var statement = connection.createStatement()) {
            for (int i = -3; i < times.length; i++) {
                long start = System.nanoTime();
                for (String sql : List.of(question.count(), question.ids())) {
                    try (var rows = statement.executeQuery(sql)) {
                        while (rows.next()) {
                            rows.getLong(1);
                        }
                    }
                }
                if (i >= 0) {
                    times[i] = (System.nanoTime() - start) / 1e6;
                }
            }
        }
        return p95(times);
    }

    private static double p95(double[] times) {
        Arrays.sort(times);
        return times[(int) Math.ceil(times.length * 0.95) - 1];
    }
}
