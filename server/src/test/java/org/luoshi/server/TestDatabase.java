package org.luoshi.server;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.luoshi.server.database.EmbeddedPostgres;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Real PostgreSQL for tests, by the same launcher as in production: one server per JVM under {@code target}, started by
 * the first test that asks, and a fresh database for whoever wants one, copied from a migrated template (about 0.1 s).
 *
 * @param url JDBC address of a fresh database with all migrations applied
 */
public record TestDatabase(String url, String user, String password) {
    private static final String TEMPLATE = "luoshi_template";
    private static final AtomicInteger count = new AtomicInteger();

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            Path home = Path.of(System.getProperty("luoshi.test.database", "target/test-database"));
            EmbeddedPostgres postgres = EmbeddedPostgres.start(home.toAbsolutePath());
            Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
            try (Connection c = connect(postgres, "postgres");
                    var statement = c.createStatement()) {
                // A test database may be lost with the machine; waiting for the disk only costs time.
                statement.execute("alter system set fsync = off");
                statement.execute("select pg_reload_conf()");
                List<String> old = new ArrayList<>();
                try (var rows =
                        statement.executeQuery("select datname from pg_database where datname like 'luoshi\\_t%'")) {
                    while (rows.next()) {
                        old.add(rows.getString(1));
                    }
                }
                for (String name : old) {
                    statement.execute("drop database " + name);
                }
                statement.execute("create database " + TEMPLATE);
            } catch (SQLException e) {
                throw new IllegalStateException("The test database did not start: " + e.getMessage(), e);
            }
            Flyway.configure()
                    .dataSource(postgres.url(TEMPLATE), postgres.user(), postgres.password())
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            return postgres;
        }
    }

    private static Connection connect(EmbeddedPostgres postgres, String database) throws SQLException {
        return DriverManager.getConnection(postgres.url(database), postgres.user(), postgres.password());
    }

    /** A database of one's own, migrated and empty. */
    public static synchronized TestDatabase fresh() {
        EmbeddedPostgres postgres = Server.POSTGRES;
        String name = "luoshi_test_" + count.incrementAndGet();
        try (Connection c = connect(postgres, "postgres");
                var statement = c.createStatement()) {
            statement.execute("create database " + name + " template " + TEMPLATE);
        } catch (SQLException e) {
            throw new IllegalStateException("No test database: " + e.getMessage(), e);
        }
        return new TestDatabase(postgres.url(name), postgres.user(), postgres.password());
    }

    public DataSource dataSource() {
        return new DriverManagerDataSource(url, user, password);
    }
}
