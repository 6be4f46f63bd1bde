package org.luoshi.server.database;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    /**
     * @param home data folder of the embedded database and of everything else that is kept on disk
     * @param url JDBC address of a PostgreSQL server; empty: the embedded one
     */
    @ConfigurationProperties("luoshi")
    record Place(
            Path home,
            @Nullable String dbUrl,
            @Nullable String dbUser,
            @Nullable String dbPassword,
            int dbConnections) {}

    /** Starts before the pool and stops after it; null-like (nothing started) where a server is named. */
    @Bean(destroyMethod = "close")
    Started database(Place place) {
        if (place.dbUrl() != null && !place.dbUrl().isBlank()) {
            OutsideDatabase outside = OutsideDatabase.of(place.dbUrl(), place.dbUser(), place.dbPassword());
            outside.check();
            return new Started(null, outside.url(), outside.user(), outside.password());
        }
        EmbeddedPostgres postgres =
                EmbeddedPostgres.start(place.home().resolve("database").toAbsolutePath());
        return new Started(postgres, postgres.url(), postgres.user(), postgres.password());
    }

    @Bean
    @ConditionalOnMissingBean
    DataSource dataSource(Started database, Place place) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName("luoshi");
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.user());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(place.dbConnections());
        pool.setAutoCommit(true);
        pool.addDataSourceProperty("ApplicationName", "luoshi");
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        return new AskingDataSource(pool);
    }

    /** Tells the pool who asks, once the part that knows is there: the migrations run before, as the owner. */
    @Bean
    SmartInitializingSingleton whoAsks(DataSource dataSource, ObjectProvider<Asking.Finder> finder) {
        return () -> {
            if (dataSource instanceof AskingDataSource asking) {
                finder.ifAvailable(asking::setFinder);
            }
        };
    }

    /** The clock of the house: all of China keeps Beijing time. */
    @Bean
    @ConditionalOnMissingBean(Clock.class)
    HouseClock clock() {
        return new HouseClock(Clock.system(ZoneId.of("Asia/Shanghai")));
    }

    record Started(
            @Nullable EmbeddedPostgres own,
            String url,
            @Nullable String user,
            @Nullable String password) implements AutoCloseable {
        @Override
        public void close() {
            if (own != null) {
                own.close();
            }
        }
    }
}
