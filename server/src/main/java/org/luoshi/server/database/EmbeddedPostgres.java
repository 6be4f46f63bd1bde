package org.luoshi.server.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * A durable PostgreSQL of one's own under a folder: unpacked from the binaries jar, initialised once, started and
 * stopped with the process. fsync stays on, passwords are SCRAM with a random secret, it listens on 127.0.0.1 only.
 *
 * <p>A postmaster left over from a killed process is stopped and started again, so that two kinds of settings never
 * mix; its write-ahead log brings back every acknowledged commit.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String USER = "luoshi";
    private static final String DATABASE = "luoshi";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path home;
    private final Path binaries;
    private final Path data;
    private final FileChannel lockFile;
    private final FileLock lock;
    private final String password;
    private int port;
    private @Nullable Process starter;

    private EmbeddedPostgres(Path home, FileChannel lockFile, FileLock lock) throws IOException {
        this.home = home;
        this.lockFile = lockFile;
        this.lock = lock;
        this.binaries = home.resolve("pgsql-18");
        this.data = home.resolve("data-18");
        this.password = secret(home.resolve("secret"));
    }

    /**
     * Starts the database of a folder, creating it at the first start.
     *
     * @throws DatabaseUnavailable where the folder is in use by another process, or PostgreSQL will not start; the
     *     message says what to do
     */
    public static EmbeddedPostgres start(Path home) {
        try {
            Files.createDirectories(home);
            FileChannel channel = FileChannel.open(
                    home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
            FileLock lock = lock(channel);
            if (lock == null) {
                channel.close();
                throw new DatabaseUnavailable(
                        "数据文件夹 " + home + " 正被另一个落实进程使用。请先停掉它，或用 LUOSHI_HOME 指定另一个文件夹。"
                                + " / The data folder is in use by another process: stop it, or name another with LUOSHI_HOME.");
            }
            EmbeddedPostgres postgres = new EmbeddedPostgres(home, channel, lock);
            try {
                postgres.unpack();
                postgres.initialise();
                postgres.stopLeftover();
                postgres.run();
                postgres.createDatabase();
            } catch (IOException | SQLException | RuntimeException e) {
                postgres.close();
                throw e;
            }
            return postgres;
        } catch (IOException | SQLException e) {
            throw new DatabaseUnavailable(
                    "PostgreSQL 没有启动：" + e.getMessage() + "。日志见 " + home.resolve("postgres.log")
                            + " / PostgreSQL did not start; its log is named above.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnavailable("启动 PostgreSQL 时被中断 / interrupted while starting PostgreSQL", e);
        }
    }

    public String url() {
        return url(DATABASE);
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String secret(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] bytes = new byte[24];
            new SecureRandom().nextBytes(bytes);
            Path fresh = Files.createTempFile(
                    file.toAbsolutePath().getParent(),
                    "secret",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, HexFormat.of().formatHex(bytes));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file).strip();
    }

    private void unpack() throws IOException {
        if (Files.isDirectory(binaries)) {
            return;
        }
        String archive = "postgres-linux-" + architecture() + ".txz";
        Path fresh = Files.createTempDirectory(home, "unpack");
        try (InputStream in = EmbeddedPostgres.class.getResourceAsStream("/" + archive)) {
            if (in == null) {
                throw new DatabaseUnavailable(
                        "没有适合本机（" + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                                + "）的内置 PostgreSQL。请用 LUOSHI_DB_URL、LUOSHI_DB_USER、LUOSHI_DB_PASSWORD 指定一台 PostgreSQL 服务器。"
                                + " / No built-in PostgreSQL for this machine: name a server with LUOSHI_DB_URL.");
            }
            try (TarArchiveInputStream tar =
                    new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in)))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpack(tar, entry, fresh);
                }
            }
        }
        Files.move(fresh, binaries, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path into) throws IOException {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
            throw new IOException("entry outside the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static String architecture() {
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return switch (arch) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default -> arch;
        };
    }

    private void initialise() throws IOException, InterruptedException {
        if (Files.isDirectory(data)) {
            return;
        }
        Path fresh = home.resolve("data-new");
        deleteTree(fresh);
        List<String> command = new ArrayList<>(asOrdinaryUser());
        command.addAll(List.of(
                binaries.resolve("bin/initdb").toString(),
                "-D",
                fresh.toString(),
                "-U",
                USER,
                "-A",
                "scram-sha-256",
                "--pwfile=" + home.resolve("secret"),
                "-E",
                "UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--data-checksums"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("initdb.log").toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(
                    "initdb: " + Files.readString(home.resolve("initdb.log")).strip());
        }
        Files.writeString(fresh.resolve("postgresql.auto.conf"), """
                # Settings of Luoshi. A file luoshi.conf beside this one overrules them.
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                max_connections = 60
                shared_buffers = '256MB'
                work_mem = '16MB'
                maintenance_work_mem = '128MB'
                wal_compression = on
                max_wal_size = '2GB'
                random_page_cost = 1.2
                jit = off
                timezone = 'UTC'
                log_timezone = 'UTC'
                include_if_exists = 'luoshi.conf'
                """, StandardOpenOption.APPEND);
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own it sees itself as an ordinary user. */
    private static List<String> asOrdinaryUser() {
        return "root".equals(System.getProperty("user.name")) ? List.of("unshare", "-U") : List.of();
    }

    private void stopLeftover() throws IOException, InterruptedException {
        Optional<ProcessHandle> leftover = postmaster();
        if (leftover.isEmpty()) {
            return;
        }
        log.info(
                "Stopping the PostgreSQL (pid {}) that an earlier process left",
                leftover.get().pid());
        signal(leftover.get(), "INT");
        Instant until = Instant.now().plus(PATIENCE);
        while (leftover.get().isAlive() && Instant.now().isBefore(until)) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** The postmaster that postmaster.pid names, if that process is alive and is a postgres (pids are used again). */
    private Optional<ProcessHandle> postmaster() throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d+")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(ProcessHandle::isAlive)
                .filter(p -> p.info().command().map(c -> c.endsWith("postgres")).orElse(false));
    }

    private void run() throws IOException, InterruptedException {
        Instant until = Instant.now().plus(PATIENCE);
        while (true) {
            port = freePort();
            List<String> command = new ArrayList<>(asOrdinaryUser());
            command.addAll(List.of(
                    binaries.resolve("bin/postgres").toString(), "-D", data.toString(), "-p", Integer.toString(port)));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            home.resolve("postgres.log").toFile()))
                    .start();
            starter = process;
            while (process.isAlive() && Instant.now().isBefore(until)) {
                if (answers()) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(40);
            }
            if (process.isAlive() || Instant.now().isAfter(until)) {
                process.destroy();
                throw new IOException("no answer within " + PATIENCE.toSeconds() + " s");
            }
            // A killed postmaster stays a zombie for a moment and its pid file refuses the next one: try again.
            TimeUnit.MILLISECONDS.sleep(300);
        }
    }

    private boolean answers() {
        try (Connection c = DriverManager.getConnection(url("postgres"), USER, password)) {
            return c.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    private void createDatabase() throws SQLException {
        try (Connection c = DriverManager.getConnection(url("postgres"), USER, password);
                var statement = c.createStatement();
                var found = statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")) {
            if (!found.next()) {
                statement.execute("create database " + DATABASE);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void signal(ProcessHandle process, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Stops the database cleanly: open transactions are rolled back, everything committed is on disk. */
    @Override
    public void close() {
        try {
            Process process = starter;
            if (process != null && process.isAlive()) {
                signal(process.toHandle(), "INT");
                if (!process.waitFor(30, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            }
            lock.release();
            lockFile.close();
        } catch (IOException e) {
            log.warn("PostgreSQL did not stop cleanly: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
