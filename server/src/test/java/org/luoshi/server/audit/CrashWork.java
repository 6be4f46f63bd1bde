package org.luoshi.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** People who work while the server is killed, and what they were told was done. */
final class CrashWork {
    private static final Pattern HIDDEN = Pattern.compile("name=\"(_csrf|request|version)\" value=\"([^\"]*)\"");
    private static final List<String> TASK =
            List.of("create", "hand-down", "sign", "report", "split", "urge", "suspend", "resume");
    private static final List<String> TO_DO = List.of("create", "drop");
    private static final int PIECE = 1 << 20;

    /** A matter that one person at a time brings forward; what was not answered may have been done or not. */
    static final class Piece {
        final boolean task;
        final List<String> done = new ArrayList<>();
        long id;
        /** Of the file that was sent; null: none yet. */
        @Nullable
        String sha256;

        @Nullable
        String trying;

        Piece(boolean task) {
            this.task = task;
        }

        private @Nullable String next() {
            List<String> steps = task ? TASK : TO_DO;
            return done.size() < steps.size() ? steps.get(done.size()) : null;
        }
    }

    private record Pair(HttpClient clerk, HttpClient handler) {}

    private final int port;
    private final List<Pair> people;
    private final long housing;
    private final List<Long> towns;
    private final AtomicInteger titles = new AtomicInteger();
    private final Queue<Piece> begun = new ConcurrentLinkedQueue<>();
    private final Queue<Piece> all = new ConcurrentLinkedQueue<>();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Exception trouble;
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    CrashWork(int port, int people, DataSource database) throws Exception {
        this.port = port;
        JdbcClient sql = JdbcClient.create(database);
        housing = sql.sql("select id from unit where key = 'housing'")
                .query(Long.class)
                .single();
        towns = sql.sql("select id from unit where kind = 'town' and closed is null order by id limit 2")
                .query(Long.class)
                .list();
        List<Pair> logged = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            logged.add(new Pair(logIn("zhouqiming"), logIn("hezhiyuan")));
        }
        this.people = List.copyOf(logged);
    }

    /** What went wrong last, which may well have been a kill. */
    @Nullable
    Exception trouble() {
        return trouble;
    }

    /** Every matter that was acknowledged. */
    List<Piece> all() {
        return List.copyOf(all);
    }

    /** What was refused by rule, which no kill explains. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** Lets everybody work until the time is over or the server is gone. */
    List<Thread> begin(long until) {
        return IntStream.range(0, people.size())
                .mapToObj(i -> Thread.ofVirtual().start(() -> work(people.get(i), new Random(until + i), until)))
                .toList();
    }

    private void work(Pair pair, Random random, long until) {
        // Taken up again in the next round only: what was not answered is looked up before.
        List<Piece> left = new ArrayList<>();
        while (System.nanoTime() < until + TimeUnit.SECONDS.toNanos(2)) {
            Piece found = begun.poll();
            Piece piece = found == null ? new Piece(random.nextInt(3) > 0) : found;
            try {
                for (String step = piece.next(); step != null; step = piece.next()) {
                    piece.trying = step;
                    if (!step(pair, piece, step, random)) {
                        left.add(piece);
                        break;
                    }
                    piece.trying = null;
                    piece.done.add(step);
                    acknowledged.add(step);
                    if (step.equals("create")) {
                        all.add(piece);
                        if (!piece.task && piece.id % 2 == 1) {
                            break;
                        }
                    }
                }
            } catch (Exception e) {
                // The server was killed under the request: what was not answered is not acknowledged.
                trouble = e;
                left.add(piece);
                break;
            } catch (AssertionError e) {
                faults.add(e.getMessage());
                break;
            }
        }
        left.stream().filter(piece -> piece.id > 0).forEach(begun::add);
    }

    private boolean step(Pair pair, Piece piece, String step, Random random) throws Exception {
        boolean handler = step.equals("sign") || step.equals("report");
        HttpClient client = handler ? pair.handler() : pair.clerk();
        String matter = "/matters/" + piece.id;
        switch (step) {
            case "create" -> {
                String type = piece.task ? "target-task" : "to-do";
                Map<String, String> form = hidden(client, "/matters/new?type=" + type);
                form.put("type", type);
                form.put("title", "事项 " + titles.incrementAndGet());
                form.put("lead", Long.toString(housing));
                form.put("due", day(60));
                HttpResponse<String> answer = post(client, "/matters", form);
                if (!answered(answer)) {
                    return false;
                }
                String place = answer.headers().firstValue("Location").orElseThrow();
                piece.id = Long.parseLong(place.substring(place.lastIndexOf('/') + 1));
                return true;
            }
            case "split" -> {
                Map<String, String> form = hidden(client, matter + "/split");
                StringBuilder body = new StringBuilder(body(form));
                for (int i = 0; i < towns.size(); i++) {
                    body.append('&')
                            .append(body(Map.of(
                                    "unit",
                                    Long.toString(towns.get(i)),
                                    "title",
                                    "部分 " + piece.id + "-" + i,
                                    "weight",
                                    "1",
                                    "due",
                                    day(30))));
                }
                return answered(send(client, matter + "/split", body.toString()));
            }
            case "report" -> {
                return answered(report(client, piece, random));
            }
            default -> {
                Map<String, String> form = hidden(client, matter + "/do/" + step);
                form.putAll(
                        switch (step) {
                            case "hand-down" -> Map.of("lead", Long.toString(housing), "due", day(60));
                            case "urge" -> Map.of("level", "blue", "note", "尽快");
                            default -> Map.of("reason", "等条件", "note", "说明");
                        });
                return answered(post(client, matter + "/do/" + step, form));
            }
        }
    }

    /** A report with a file of more than one piece. */
    private HttpResponse<String> report(HttpClient client, Piece piece, Random random) throws Exception {
        String path = "/matters/" + piece.id + "/do/report";
        Map<String, String> form = hidden(client, path);
        form.put("note", "过程");
        form.put("percent", "10");
        byte[] content = new byte[PIECE + random.nextInt(PIECE / 2)];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) ('a' + random.nextInt(26));
        }
        piece.sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        String edge = "edge" + random.nextLong(1L << 40);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Map.Entry<String, String> one : form.entrySet()) {
            body.writeBytes(("--" + edge + "\r\nContent-Disposition: form-data; name=\"" + one.getKey()
                            + "\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + one.getValue() + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--" + edge + "\r\nContent-Disposition: form-data; name=\"files\"; filename=\"log.txt\"\r\n"
                        + "Content-Type: text/plain\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes(("\r\n--" + edge + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return client.send(
                request(path)
                        .header("Content-Type", "multipart/form-data; boundary=" + edge)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static boolean answered(HttpResponse<String> answer) {
        // A refusal or an error of a server that is ending is no acknowledgement; the next try finds out.
        assertThat(answer.statusCode()).as(answer.body()).isNotEqualTo(403).isNotEqualTo(422);
        return answer.statusCode() == 302
                && !answer.headers().firstValue("Location").orElse("").contains("login");
    }

    private static String day(int days) {
        return LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(days).toString();
    }

    private HttpClient logIn(String login) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        Map<String, String> form = hidden(client, "/login");
        form.put("username", login);
        form.put("password", "luoshi-demo");
        HttpResponse<String> answer = post(client, "/login", form);
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElse("")).doesNotContain("login");
        return client;
    }

    private Map<String, String> hidden(HttpClient client, String path) throws Exception {
        HttpResponse<String> page = client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
        if (page.statusCode() != 200) {
            throw new IOException(path + " answers " + page.statusCode());
        }
        Map<String, String> found = new LinkedHashMap<>();
        Matcher input = HIDDEN.matcher(page.body());
        while (input.find()) {
            found.putIfAbsent(input.group(1), input.group(2));
        }
        return found;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(10));
    }

    private HttpResponse<String> post(HttpClient client, String path, Map<String, String> form) throws Exception {
        return send(client, path, body(form));
    }

    private static String body(Map<String, String> form) {
        return String.join(
                "&",
                form.entrySet().stream()
                        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                        .toList());
    }

    private HttpResponse<String> send(HttpClient client, String path, String body) throws Exception {
        return client.send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
