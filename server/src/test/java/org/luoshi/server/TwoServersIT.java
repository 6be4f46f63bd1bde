package org.luoshi.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two servers on one database, as behind a balancer: a job runs once, a session outlives the server that opened it. */
class TwoServersIT {
    private static final int FILES = 8;

    @Test
    void shareWorkAndSessions(@TempDir Path home) throws Exception {
        TestDatabase database = TestDatabase.fresh();
        ConfigurableApplicationContext first = start(database, home);
        try (ConfigurableApplicationContext second = start(database, home)) {
            int a = port(first);
            int b = port(second);
            HttpClient person =
                    HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
            logIn(person, a);
            for (int i = 0; i < FILES; i++) {
                // The balancer sends every other request to the other server.
                upload(person, i % 2 == 0 ? a : b, "通知" + i + ".txt", "年底前建成第" + i + "号泵站。新建公厕" + (i + 3) + "座。");
            }
            JdbcClient sql = JdbcClient.create(database.dataSource());
            Instant until = Instant.now().plus(Duration.ofSeconds(60));
            while (count(sql, "select count(*) from document where state = 'read'") < FILES
                    && Instant.now().isBefore(until)) {
                Thread.sleep(200);
            }
            assertThat(count(sql, "select count(*) from document where state = 'read'"))
                    .isEqualTo(FILES);
            assertThat(count(sql, "select count(*) from journal where act = 'document.read'"))
                    .isEqualTo(FILES);
            assertThat(count(sql, "select count(*) from scheduled_tasks where task_name = 'watch-matters'"))
                    .isOne();

            first.close();
            HttpResponse<String> page = get(person, b, "/inbox");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("周启明");
        } finally {
            first.close();
        }
    }

    private static ConfigurableApplicationContext start(TestDatabase database, Path home) {
        return SpringApplication.run(
                LuoshiServer.class,
                "--server.port=0",
                "--luoshi.home=" + home,
                "--luoshi.db-url=" + database.url(),
                "--luoshi.db-user=" + database.user(),
                "--luoshi.db-password=" + database.password(),
                "--luoshi.pack=../packs/demo",
                "--luoshi.pack-documents=false",
                "--luoshi.db-connections=6");
    }

    private static int port(ConfigurableApplicationContext server) {
        return Integer.parseInt(server.getEnvironment().getRequiredProperty("local.server.port"));
    }

    private static int count(JdbcClient sql, String query) {
        return sql.sql(query).query(Integer.class).single();
    }

    private static HttpResponse<String> get(HttpClient client, int port, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String token(String page) {
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page);
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private static void logIn(HttpClient client, int port) throws Exception {
        String body = "username=zhouqiming&password=luoshi-demo&_csrf="
                + URLEncoder.encode(token(get(client, port, "/login").body()), StandardCharsets.UTF_8);
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(302);
    }

    private static void upload(HttpClient client, int port, String name, String text) throws Exception {
        String boundary = UUID.randomUUID().toString();
        String body = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n"
                + token(get(client, port, "/documents").body()) + "\r\n--" + boundary
                + "\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + name
                + "\"\r\nContent-Type: text/plain\r\n\r\n" + text + "\r\n--" + boundary + "--\r\n";
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/documents"))
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(302);
    }
}
