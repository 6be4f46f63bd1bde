package org.luoshi.server.matters;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.NullMarked;
import org.luoshi.server.accounts.Accounts;
import org.luoshi.server.accounts.User;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Fills a house with invented open matters and a journal of their past, by the database itself: as many as asked for,
 * always the same ones. The types must have been loaded. Used by benchmarks; the entries hold no valid chain.
 */
@NullMarked
public final class InventedMatters {
    private final DataSource source;

    public InventedMatters(DataSource source, ApplicationContext server) {
        this.source = source;
        server.getBean(Types.class).load();
    }

    /** How long it takes to judge the lights of all open matters and to write those that turned. */
    public static double secondsForAllLights(ApplicationContext server) {
        long begun = System.nanoTime();
        server.getBean(Watch.class).turnLights();
        return (System.nanoTime() - begun) / 1e9;
    }

    /** Somebody who reports progress on one matter after another, so often a second, until he is closed. */
    public static AutoCloseable reporter(ApplicationContext server, String login, double perSecond) {
        Matters matters = server.getBean(Matters.class);
        MatterStore store = server.getBean(MatterStore.class);
        User user = server.getBean(Accounts.class).loadUserByUsername(login);
        List<Long> mine = server.getBean(JdbcClient.class)
                .sql("select id from matter where lead = :unit and state = 'working' order by id")
                .param("unit", user.unit())
                .query(Long.class)
                .list();
        if (mine.isEmpty()) {
            throw new IllegalStateException(login + " has nothing to report on");
        }
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        AtomicInteger turn = new AtomicInteger();
        ScheduledFuture<?> work = clock.scheduleAtFixedRate(
                () -> {
                    int n = turn.getAndIncrement();
                    long id = mine.get(n % mine.size());
                    matters.act(
                            user,
                            id,
                            new Matters.Asked(
                                    "report",
                                    store.find(id).orElseThrow().version(),
                                    Map.of("note", "按计划推进", "percent", Integer.toString(n % 100)),
                                    List.of()),
                            UUID.randomUUID().toString());
                },
                0,
                (long) (1e9 / perSecond),
                TimeUnit.NANOSECONDS);
        return () -> {
            work.cancel(false);
            clock.shutdown();
            clock.awaitTermination(1, TimeUnit.MINUTES);
            if (turn.get() < 2 || !work.isCancelled()) {
                throw new IllegalStateException(login + " stopped working");
            }
        };
    }

    /** Log-ins of handlers and heads of different units, and of the office, always the same ones. */
    public static List<String> people(ApplicationContext server, int most) {
        return server.getBean(JdbcClient.class)
                .sql("""
                        select login from (
                          select login, row_number() over (partition by unit order by id) as n, id
                          from account where active) a
                        order by n, id limit :most""")
                .param("most", most)
                .query(String.class)
                .list();
    }

    /** Adds open matters, each with so many entries of the journal. */
    public void fill(int matters, int entries) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create temporary table place as select id, row_number() over (order by id) - 1 as n"
                    + " from unit where parent is not null");
            statement.execute("""
                    insert into matter (type, type_version, number, year, title, what, state, lead, giver, due, first_due,
                      joint, parties, waits, waits_since, waits_until, progress, reported_at, light, light_word,
                      created_at, given_at, changed_at, words)
                    select 'target-task', (select max(version) from matter_type where type = 'target-task'),
                      '26-' || lpad((500000 + i)::text, 6, '0'), 2026, t.title, '', t.state, t.lead, t.giver,
                      t.due, t.due, array[t.other], array[t.lead, t.other, t.giver],
                      case when t.state = 'checking' then array['office'] else array['unit:' || t.lead] end,
                      now(), (t.due + 1)::timestamptz, (i %% 101), now() - (i %% 60) * interval '1 day',
                      (array['green','yellow','red','gray'])[1 + i %% 4], (array['normal','behind','overdue','waiting'])[1 + i %% 4],
                      now() - interval '200 days', now() - interval '199 days', now() - interval '1 day',
                      array(select distinct substr(t.title, k, 2) from generate_series(1, length(t.title) - 1) k)
                    from generate_series(1, %d) i
                    cross join lateral (
                      select (array['建成','改造','新增','完成','整治'])[1 + i %% 5] || (array['东山','西河','南坪','北塘','青石','白沙','柳林'])[1 + i %% 7]
                               || (array['道路','桥梁','管网','学校','公园','农田','泵站','市场'])[1 + i %% 8] || i || '处' as title,
                             (array['working','working','working','given','reviewing','checking'])[1 + i %% 6] as state,
                             (select id from place where n = i %% (select count(*) from place)) as lead,
                             (select id from place where n = (i * 7 + 3) %% (select count(*) from place)) as other,
                             (select unit from account order by id limit 1) as giver,
                             current_date + (i %% 400 - 40) as due) t""".formatted(matters));
            statement.execute("""
                    insert into matter_clock (matter, clock, counts, started, runs_out)
                    select id, 'due', 'days', given_at, (due + 1)::timestamptz from matter
                    where id not in (select matter from matter_clock)""");
            // Each was something else until yesterday.
            statement.execute("""
                    insert into matter_was (%1$s, valid_to)
                    select %2$s, changed_at from matter""".formatted(
                            MatterStore.ALL_COLUMNS,
                            MatterStore.ALL_COLUMNS
                                    .replaceAll("\\bchanged_at\\b", "changed_at - interval '150 days'")
                                    .replaceAll("\\bversion\\b", "0")));
            statement.execute("""
                    insert into journal (stream, seq, batch, at, actor, actor_name, act, details, digest, hash)
                    select 'matter:' || m.id, s, '00000000-0000-0000-0000-000000000000', now() - (400 - s) * interval '1 hour',
                      1, '周启明', 'matter.move', '{"move": "report", "from": "working", "version": 2, "note": "按计划推进"}', '', ''
                    from matter m cross join generate_series(1, %d) s""".formatted(entries));
            statement.execute(
                    "insert into journal_head (stream, seq, hash) select 'matter:' || id, %d, '' from matter on conflict do nothing"
                            .formatted(entries));
            statement.execute("vacuum analyze matter");
            statement.execute("vacuum analyze matter_clock");
            statement.execute("vacuum analyze matter_was");
            statement.execute("vacuum analyze matter_clock_history");
            statement.execute("analyze journal");
        }
    }
}
