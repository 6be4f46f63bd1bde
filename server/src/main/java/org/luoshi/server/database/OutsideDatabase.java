package org.luoshi.server.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of one's own, as {@code LUOSHI_DB_URL} names it. Looked at once before anything is built on it, so
 * that a wrong address, password or database is told in a sentence.
 *
 * @param url JDBC address
 */
record OutsideDatabase(
        String url, @Nullable String user, @Nullable String password) {
    private static final int OLDEST = 14;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Takes {@code jdbc:postgresql://…} and the form that other programs use, {@code postgresql://user:password@host/name}. */
    static OutsideDatabase of(String given, @Nullable String user, @Nullable String password) {
        String url = given.strip();
        if (url.startsWith("jdbc:postgresql:")) {
            return new OutsideDatabase(url, user, password);
        }
        if (!url.startsWith("postgresql://") && !url.startsWith("postgres://")) {
            throw new DatabaseUnavailable(
                    "LUOSHI_DB_URL 不是 PostgreSQL 的地址，应为 jdbc:postgresql://主机:5432/数据库，现为 " + url
                            + " / LUOSHI_DB_URL is no address of a PostgreSQL server, such as jdbc:postgresql://host:5432/name");
        }
        try {
            URI uri = new URI(url);
            String[] who = uri.getUserInfo() == null
                    ? new String[0]
                    : uri.getUserInfo().split(":", 2);
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return new OutsideDatabase(
                    "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query,
                    user != null && !user.isBlank() ? user : who.length > 0 ? who[0] : user,
                    password != null && !password.isBlank() ? password : who.length > 1 ? who[1] : password);
        } catch (URISyntaxException e) {
            throw new DatabaseUnavailable("LUOSHI_DB_URL 的格式不对 / LUOSHI_DB_URL is malformed", e);
        }
    }

    /** Waits for a server that is still starting; refuses what cannot carry the data. */
    void check() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                look(statement);
                return;
            } catch (SQLException e) {
                String state = String.valueOf(e.getSQLState());
                // 57P03: the server is starting; 08: nobody answers yet.
                boolean later = state.equals("57P03") || state.startsWith("08");
                if (!later || System.nanoTime() > end) {
                    throw new DatabaseUnavailable(reason(state) + "（" + url + "）: " + e.getMessage(), e);
                }
                pause();
            }
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        if (user != null && !user.isBlank()) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        properties.setProperty("connectTimeout", "5");
        return DriverManager.getConnection(url, properties);
    }

    private void look(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("""
                select current_setting('server_version'), current_setting('server_version_num')::int / 10000,
                       current_setting('server_encoding'),
                       exists (select 1 from pg_collation where collname = 'zh-x-icu'),
                       has_schema_privilege(current_schema(), 'create')""")) {
            row.next();
            if (row.getInt(2) < OLDEST) {
                throw new DatabaseUnavailable(
                        "需要 PostgreSQL %d 或更新的版本，现为 %s / PostgreSQL %d or later is needed, this is %s"
                                .formatted(OLDEST, row.getString(1), OLDEST, row.getString(1)));
            }
            if (!"UTF8".equals(row.getString(3))) {
                throw new DatabaseUnavailable(
                        "数据库的编码是 %s，应为 UTF8：请用 create database … encoding 'UTF8' template template0 重建 / the database is encoded in %s, it must be UTF8"
                                .formatted(row.getString(3), row.getString(3)));
            }
            if (!row.getBoolean(4)) {
                throw new DatabaseUnavailable(
                        "这个 PostgreSQL 没有 ICU 排序规则 zh-x-icu，请换用带 ICU 的版本 / this PostgreSQL was built without ICU, its collation zh-x-icu is needed");
            }
            if (!row.getBoolean(5)) {
                throw new DatabaseUnavailable(
                        "用户 %s 不能在这个数据库里建表：请让它成为数据库的所有者 / the user %s may not create tables, make it the owner of the database"
                                .formatted(user, user));
            }
        }
    }

    private static String reason(String state) {
        return switch (state) {
            case "28P01", "28000" -> "数据库不接受这个用户名或密码 / the database refuses the user or the password";
            case "3D000" -> "没有这个数据库，请先建好 / there is no such database, create it first";
            default ->
                state.startsWith("08")
                        ? "连不上数据库 / the database cannot be reached"
                        : "数据库不可用 / the database cannot be used";
        };
    }

    private static void pause() {
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnavailable("等待数据库时被中断 / interrupted while waiting for the database", e);
        }
    }
}
