package org.luoshi.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** PostgreSQL's own benchmark, where the command {@code pgbench} is found. */
final class PgBench {
    private static final Pattern RATE = Pattern.compile("(?m)^tps = ([0-9.]+)");

    private PgBench() {}

    /**
     * How often a second pgbench carries statements out, one after the other and prepared, over as many connections as the
     * server has.
     *
     * @param script statements that end in a semicolon each, with pgbench's own commands where wanted
     * @return nothing where there is no pgbench
     * @throws IOException with what pgbench said, where it did not come to an end
     */
    static OptionalDouble rate(DataSource source, String script, long seconds)
            throws IOException, SQLException, InterruptedException {
        HikariDataSource pool = source.unwrap(HikariDataSource.class);
        URI address = URI.create(pool.getJdbcUrl().substring("jdbc:".length()));
        Path file = Files.createTempFile("luoshi", ".pgbench");
        Path said = Files.createTempFile("luoshi", ".txt");
        try {
            Files.writeString(file, script);
            ProcessBuilder command = new ProcessBuilder(List.of(
                            "pgbench",
                            "--no-vacuum",
                            "--protocol=prepared",
                            "--client=" + pool.getMaximumPoolSize(),
                            "--time=" + seconds,
                            "--file=" + file,
                            "--host=" + address.getHost(),
                            "--port=" + (address.getPort() < 0 ? 5432 : address.getPort()),
                            "--username=" + pool.getUsername(),
                            address.getPath().substring(1)))
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            command.environment().put("PGPASSWORD", pool.getPassword());
            Process process;
            try {
                process = command.start();
            } catch (IOException noPgBench) {
                return OptionalDouble.empty();
            }
            int code = process.waitFor();
            String words = Files.readString(said, StandardCharsets.UTF_8);
            Matcher rate = RATE.matcher(words);
            if (code != 0 || !rate.find()) {
                throw new IOException("pgbench ended with " + code + ": " + words);
            }
            return OptionalDouble.of(Double.parseDouble(rate.group(1)));
        } finally {
            Files.delete(file);
            Files.delete(said);
        }
    }
}
