package org.luoshi.bench;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.luoshi.server.LuoshiServer;
import org.luoshi.server.imports.ImportTimes;
import org.luoshi.server.matters.InventedMatters;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Lists and pages of 100,000 open matters over HTTP, asked for by fifty people at once without a pause, with a journal
 * of 5,000,000 entries (500,000 where it is to be quick); and how long it takes to judge the lights of all.
 */
final class MatterPage implements Benchmark {
    private static final int MATTERS = 100_000;

    private record Question(String name, IntFunction<String> path) {}

    private static final List<Question> QUESTIONS = List.of(
            new Question("first", turn -> "/matters"),
            new Question("leafing", turn -> "/matters?sort=due&page=" + (1 + turn * 7 % 60)),
            new Question("filtered", turn -> "/matters?type=target-task&light=red&sort=due&page=" + (1 + turn % 20)),
            new Question("searched", turn -> "/matters?q=" + URLEncoder.encode("青石农田", StandardCharsets.UTF_8)),
            new Question("duties", turn -> "/matters?view=duties"),
            new Question("bulletin", turn -> "/bulletins"),
            new Question("burden", turn -> "/burden"),
            new Question("meetings", turn -> "/meetings"),
            new Question("campaigns", turn -> "/campaigns"),
            new Question("inbox", turn -> "/inbox"),
            new Question("matter", turn -> "/matters/" + (1 + turn * 7919 % MATTERS)),
            new Question("past", turn -> "/matters?on=" + past(turn) + "&page=" + (1 + turn * 7 % 60)),
            new Question("past-matter", turn -> "/matters/" + (1 + turn * 7919 % MATTERS) + "?on=" + past(turn)));

    /** Days of the last weeks, when every matter was as it had been before its last change. */
    private static LocalDate past(int turn) {
        return LocalDate.now(ZoneId.of("Asia/Shanghai")).minusDays(10 + turn % 14);
    }

    @Override
    public String name() {
        return "matters";
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
                "--luoshi.watch-minutes=100000",
                "--logging.level.root=warn")) {
            new InventedMatters(server.getBean(DataSource.class), server).fill(MATTERS, setting.quick() ? 5 : 50);
            int port = Integer.parseInt(server.getEnvironment().getRequiredProperty("local.server.port"));
            String cookie = Crowd.logIn("http://127.0.0.1:" + port);
            long measured = TimeUnit.SECONDS.toNanos(setting.quick() ? 2 : 20);
            List<Row> rows = new ArrayList<>();
            Crowd.measure(() -> new Visitor(port, cookie, QUESTIONS.getFirst().path()), measured * 3);
            for (Question question : QUESTIONS) {
                Crowd.Visit page = () -> new Visitor(port, cookie, question.path());
                Crowd.measure(page, measured / 2);
                Crowd.Measured pages = Crowd.measure(page, measured);
                rows.add(Row.of("matters." + question.name() + ".p95", pages.p95(), "ms", Bar.atMost(150)));
                rows.add(Row.of("matters." + question.name() + ".rate", pages.rate(), "pages/s", Bar.NONE));
            }
            rows.addAll(busy(server, port, measured));
            rows.add(Row.of("matters.lights", InventedMatters.secondsForAllLights(server), "s", Bar.atMost(10)));
            rows.add(Row.of(
                    "matters.import-10000",
                    ImportTimes.seconds(server, "zhouqiming", List.of("县住房和城乡建设局", "县教育局"), 10_000),
                    "s",
                    Bar.atMost(10)));
            return rows;
        } finally {
            try (Stream<Path> all = Files.walk(home)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    /**
     * The same pages, asked for by people of different units, whose rights show each of them another list, while somebody
     * reports progress twice a second: what is kept in memory does not hold for long.
     */
    private static List<Row> busy(ConfigurableApplicationContext server, int port, long measured) throws Exception {
        List<String> cookies = new ArrayList<>(List.of(Crowd.logIn("http://127.0.0.1:" + port)));
        for (String login : InventedMatters.people(server, Crowd.PEOPLE)) {
            cookies.add(Crowd.logIn("http://127.0.0.1:" + port, login));
        }
        List<Row> rows = new ArrayList<>();
        try (AutoCloseable work = InventedMatters.reporter(server, "hezhiyuan", 2)) {
            for (Question question : QUESTIONS) {
                if (question.name().equals("bulletin") || question.name().equals("burden")) {
                    continue; // not for everybody
                }
                AtomicInteger person = new AtomicInteger();
                // Not everybody may open every matter.
                int different = question.name().endsWith("matter") ? 1 : cookies.size();
                Crowd.Visit page =
                        () -> new Visitor(port, cookies.get(person.getAndIncrement() % different), question.path());
                Crowd.measure(page, measured / 2);
                Crowd.Measured pages = Crowd.measure(page, measured);
                rows.add(Row.of("matters.busy." + question.name() + ".p95", pages.p95(), "ms", Bar.atMost(150)));
                rows.add(Row.of("matters.busy." + question.name() + ".rate", pages.rate(), "pages/s", Bar.NONE));
            }
        }
        return rows;
    }
}
