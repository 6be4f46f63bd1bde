package org.luoshi.server.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Hands out connections in the role of whoever asks, so that the database itself keeps rows from people who have no
 * part in them. A connection that had the same role before is handed out as it is.
 */
final class AskingDataSource extends DelegatingDataSource implements AutoCloseable {
    private static final String NOBODY = "";

    private final Map<PGConnection, String> roles = Collections.synchronizedMap(new WeakHashMap<>());
    private volatile Asking.@Nullable Finder finder;

    private final HikariDataSource pool;

    AskingDataSource(HikariDataSource pool) {
        super(pool);
        this.pool = pool;
    }

    @Override
    public void close() {
        pool.close();
    }

    void setFinder(Asking.Finder finder) {
        this.finder = finder;
    }

    @Override
    public Connection getConnection() throws SQLException {
        // Who asks is found first: finding it may itself need a connection, and two at once could exhaust the pool.
        Asking.Finder found = finder;
        Asking asking = found == null ? null : found.find();
        Long own = found == null || asking == null ? null : found.account();
        String account = own == null ? "" : own.toString();
        Connection connection = super.getConnection();
        try {
            take(connection, asking, account);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void take(Connection connection, @Nullable Asking asking, String account) throws SQLException {
        String wanted = asking == null ? NOBODY : asking.role() + asking.unitsText() + account;
        PGConnection physical = connection.unwrap(PGConnection.class);
        if (wanted.equals(roles.getOrDefault(physical, NOBODY))) {
            return;
        }
        // Forget first: a connection that fails half-way must not be taken for what it was.
        roles.put(physical, "unknown");
        try (PreparedStatement statement = connection.prepareStatement(
                "select set_config('luoshi.units', ?, false), set_config('luoshi.account', ?, false), set_config('role', ?, false)")) {
            statement.setString(1, asking == null ? "{}" : asking.unitsText());
            statement.setString(2, account);
            statement.setString(3, asking == null ? "none" : asking.role());
            statement.execute();
        }
        roles.put(physical, wanted);
    }
}
