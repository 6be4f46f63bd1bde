package org.luoshi.bench;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.luoshi.server.LuoshiServer;
import org.luoshi.server.register.InventedRegister;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Pages of a register of 100,000 entries over HTTP, asked for by fifty people at once without a pause, beside the same
 * questions put to the database alone by as many. Server, database and clients share the machine; all are warmed up.
 */
final class RegisterPage implements Benchmark {
    private static final int ENTRIES = 100_000;

    /** What is asked for, and the same as SQL: the count and the ids of a page. {@code %d} is a page number. */
    private record Question(String name, String query, int firstPage, int pages, String count, String ids) {
        Crowd.Visit visit(int port, String cookie) {
            return () -> new Visitor(
                    port,
                    cookie,
                    turn -> "/register" + query.replace("%d", Integer.toString(firstPage + turn * 7 % pages)));
        }
    }

    private static final String FROM = " from commitment c where c.state = 'registered' ";
    private static final String CITY = FROM
            + "and c.year = 2026 and c.theme = 'city' and c.due between date_trunc('year', now())::date and (date_trunc('year', now()) + interval '1 year')::date - 1 ";
    private static final String BEDS = FROM + "and c.words @> array['养老','老床','床位','白沙'] and c.sentence like '%养老床位%' ";

    private static final List<Question> QUESTIONS = List.of(
            new Question(
                    "first",
                    "",
                    1,
                    1,
                    "select count(*)" + FROM,
                    "select c.id" + FROM + "order by c.year desc, c.number, c.id limit 50"),
            new Question(
                    "filtered",
                    "?year=2026&theme=city&due=year&sort=due&page=%d",
                    1,
                    20,
                    "select count(*)" + CITY,
                    "select c.id" + CITY + "order by c.due, c.number, c.id limit 50"),
            new Question(
                    "deep",
                    "?sort=lead&dir=desc&page=%d",
                    1_000,
                    1_000,
                    "select count(*)" + FROM,
                    "select c.id from commitment c left join unit u on u.id = c.lead where c.state = 'registered' order by u.ordinal desc nulls last, c.number limit 50 offset 74950"),
            new Question(
                    "searched",
                    "?q=" + URLEncoder.encode("养老床位 白沙", StandardCharsets.UTF_8),
                    1,
                    1,
                    "select count(*)" + BEDS,
                    "select c.id" + BEDS + "order by c.year desc, c.number, c.id limit 50"));

    private static final String ROWS = """
            select c.id, c.number, c.year, c.what, c.lead, c.due, c.due_inferred, c.theme, c.subtheme, c.document, d.title,
                   c.section, p.name, c.registered_at,
                   array(select j.unit from commitment_joint j where j.commitment = c.id order by j.ordinal)
            from unnest(?::bigint[]) with ordinality as wanted (id, n)
            join commitment c on c.id = wanted.id join document d on d.id = c.document left join person p on p.id = c.leader
            order by wanted.n""";

    private static final String TARGETS = """
            select t.id, t.commitment, t.indicator, t.op, t.value, t.value2, t.unit, t.basis, t.masked, t.stretch,
                   s.target is not null,
                   s.target is null or t.value is not distinct from
                     (select sum(x.value) from target_share x where x.target = t.id)
            from commitment_target t left join target_split s on s.target = t.id
            where t.commitment = any(?) order by t.commitment, t.ordinal, t.id""";

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
            int port = Integer.parseInt(server.getEnvironment().getRequiredProperty("local.server.port"));
            String cookie = Crowd.logIn("http://127.0.0.1:" + port);
            long measured = TimeUnit.SECONDS.toNanos(setting.quick() ? 3 : 20);
            // A page runs through so much code that the compiler needs some thousand of them.
            Crowd.measure(QUESTIONS.getFirst().visit(port, cookie), measured * 3);
            List<Row> rows = new ArrayList<>();
            for (Question question : QUESTIONS) {
                Crowd.Visit page = question.visit(port, cookie);
                Crowd.measure(page, measured / 3);
                Crowd.Measured pages = Crowd.measure(page, measured);
                Crowd.Visit sql = () -> turn -> alone(source, question);
                Crowd.measure(sql, measured / 10);
                Crowd.Measured alone = Crowd.measure(sql, measured / 2);
                String name = "register-page." + question.name();
                rows.add(Row.compared(
                        name + ".p95", pages.p95(), "ms", "the same SQL alone", alone.p95(), Bar.atMost(150)));
                rows.add(Row.compared(
                        name + ".rate",
                        pages.rate(),
                        "pages/s",
                        "the same SQL alone",
                        alone.rate(),
                        Bar.NONE.andRatioAtLeast(0.7)));
                PgBench.rate(
                                source,
                                script(source, question),
                                Math.max(2, TimeUnit.NANOSECONDS.toSeconds(measured / 2)))
                        .ifPresent(rate -> rows.add(Row.compared(
                                name + ".pgbench",
                                pages.rate(),
                                "pages/s",
                                "pgbench with the same SQL",
                                rate,
                                Bar.NONE.andRatioAtLeast(0.7))));
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

    /** What a page asks the database where nothing is kept in memory: the count, the ids, the entries, their targets. */
    private static void alone(DataSource source, Question question) throws SQLException {
        try (Connection connection = source.getConnection()) {
            List<Long> ids = new ArrayList<>();
            try (PreparedStatement count = connection.prepareStatement(question.count());
                    PreparedStatement places = connection.prepareStatement(question.ids());
                    PreparedStatement entries = connection.prepareStatement(ROWS);
                    PreparedStatement targets = connection.prepareStatement(TARGETS)) {
                all(count, row -> {});
                all(places, row -> ids.add(row.getLong(1)));
                Array page = connection.createArrayOf("bigint", ids.toArray());
                entries.setArray(1, page);
                targets.setArray(1, page);
                all(entries, row -> row.getString(4));
                all(targets, row -> row.getString(3));
            }
        }
    }

    /** The same for pgbench, which cannot hand ids on: the entries and targets are those of the first page of its kind. */
    private static String script(DataSource source, Question question) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (Connection connection = source.getConnection();
                PreparedStatement places = connection.prepareStatement(question.ids())) {
            all(places, row -> ids.add(row.getString(1)));
        }
        String page = "'{" + String.join(",", ids) + "}'";
        return Stream.of(question.count(), question.ids(), ROWS.replace("?", page), TARGETS.replace("?", page))
                .map(statement -> statement.replace('\n', ' ') + ";\n")
                .collect(Collectors.joining());
    }

    private interface Each {
        void row(ResultSet row) throws SQLException;
    }

    private static void all(PreparedStatement statement, Each each) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                each.row(rows);
            }
        }
    }
}
