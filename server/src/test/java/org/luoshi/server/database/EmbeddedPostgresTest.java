package org.luoshi.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    @TempDir
    Path home;

    @Test
    void keepsWhatWasCommittedThroughStopsAndKills() throws Exception {
        long postmaster;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home)) {
            execute(postgres, "create table kept (n int)");
            execute(postgres, "insert into kept values (1)");
            assertThat(setting(postgres, "fsync")).isEqualTo("on");
            assertThat(setting(postgres, "data_checksums")).isEqualTo("on");
            assertThat(setting(postgres, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThatThrownBy(() -> EmbeddedPostgres.start(home))
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasMessageContaining("LUOSHI_HOME");
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home)) {
            execute(postgres, "insert into kept values (2)");
            postmaster = Long.parseLong(
                    Files.readAllLines(home.resolve("data-18/postmaster.pid")).getFirst());
            new ProcessBuilder("kill", "-9", Long.toString(postmaster)).start().waitFor();
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home)) {
            assertThat(setting(postgres, "fsync")).isEqualTo("on");
            try (Connection c = connect(postgres);
                    var rows = c.createStatement().executeQuery("select count(*) from kept")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(2);
            }
        }
    }

    @Test
    void letsNobodyInWithoutThePassword() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home)) {
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.url(), postgres.user(), "wrong"))
                    .isInstanceOf(SQLException.class);
            assertThat(Files.getPosixFilePermissions(home.resolve("secret"))).hasSize(2);
        }
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
    }

    private static void execute(EmbeddedPostgres postgres, String statement) throws SQLException {
        try (Connection c = connect(postgres)) {
            c.createStatement().execute(statement);
        }
    }

    private static String setting(EmbeddedPostgres postgres, String name) throws SQLException {
        try (Connection c = connect(postgres);
                var rows = c.createStatement().executeQuery("show " + name)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
