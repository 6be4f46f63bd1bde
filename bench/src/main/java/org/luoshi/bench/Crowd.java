package org.luoshi.bench;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Fifty people who ask for pages at once, without a pause, over connections that they keep. */
final class Crowd {
    static final int PEOPLE = 50;

    private Crowd() {}

    /** The cookie of somebody who may see the register. */
    static String logIn(String base) throws Exception {
        return logIn(base, "zhouqiming");
    }

    static String logIn(String base, String login) throws Exception {
        CookieManager cookies = new CookieManager();
        HttpClient client = HttpClient.newBuilder()
                .cookieHandler(cookies)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        String form = client.send(
                        HttpRequest.newBuilder(URI.create(base + "/login")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(form);
        if (!token.find()) {
            throw new IllegalStateException("The log-in page holds no token");
        }
        String body = "username=" + login + "&password=luoshi-demo&_csrf="
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
        return cookies.getCookieStore().getCookies().stream()
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    /** One thing that is asked for over and over, by the number of the turn. */
    interface Asked extends AutoCloseable {
        void ask(int turn) throws Exception;

        @Override
        default void close() throws IOException {}
    }

    /** What one of the people brings along before he asks. */
    interface Visit {
        Asked begin() throws Exception;
    }

    /** The 95th percentile of the answers in milliseconds, and the answers of a second. */
    record Measured(double p95, double rate) {}

    static Measured measure(Visit visit, long nanos) throws Exception {
        long start = System.nanoTime();
        AtomicInteger turn = new AtomicInteger();
        Callable<List<Double>> person = () -> {
            List<Double> times = new ArrayList<>();
            try (Asked asked = visit.begin()) {
                while (System.nanoTime() - start < nanos) {
                    long begun = System.nanoTime();
                    asked.ask(turn.getAndIncrement());
                    times.add((System.nanoTime() - begun) / 1e6);
                }
            }
            return times;
        };
        List<Double> all = new ArrayList<>();
        try (ExecutorService people = Executors.newFixedThreadPool(PEOPLE)) {
            List<Future<List<Double>>> visits = new ArrayList<>();
            for (int i = 0; i < PEOPLE; i++) {
                visits.add(people.submit(person));
            }
            for (Future<List<Double>> done : visits) {
                all.addAll(done.get());
            }
        }
        double[] times = all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Measured(
                times[(int) Math.ceil(times.length * 0.95) - 1], times.length * 1e9 / (System.nanoTime() - start));
    }
}
