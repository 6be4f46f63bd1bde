package org.luoshi.server.matters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.packs.PackFault;
import org.luoshi.reading.packs.PackFaultsException;
import org.luoshi.server.audit.Actor;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.TypeReader;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The matter types of this installation: the standard ones, and those of the county's pack (folder {@code matters}),
 * which take the place of standard ones of the same key. Every version that was ever loaded is kept in the database,
 * so that a running matter keeps the one it began with.
 */
@Component
public class Types {
    private static final String STANDARD = "classpath*:org/luoshi/packs/standard/matters/*.yaml";
    private static final List<String> ORDER =
            List.of("target-task", "instruction", "inspection", "rectification", "livelihood", "to-do");

    private final JdbcClient sql;
    private final Journal journal;
    private final Clock clock;
    private final List<Path> folders = new java.util.concurrent.CopyOnWriteArrayList<>();
    private final Map<String, MatterType> parsed = new ConcurrentHashMap<>();
    private volatile Map<String, MatterType> current = Map.of();

    Types(JdbcClient sql, Journal journal, Clock clock, @Value("${luoshi.pack:#{null}}") @Nullable String pack) {
        this.sql = sql;
        this.journal = journal;
        this.clock = clock;
        if (pack != null) {
            folders.add(Path.of(pack).resolve("matters"));
        }
    }

    /** The newest version of every type, in the order of a menu. */
    public List<MatterType> list() {
        return List.copyOf(all().values());
    }

    /** The newest version of a type. */
    public Optional<MatterType> find(String key) {
        return Optional.ofNullable(all().get(key));
    }

    public MatterType get(String key) {
        return find(key).orElseThrow(() -> new IllegalArgumentException("There is no matter type " + key));
    }

    /** The version that a matter runs by. */
    public MatterType get(String key, int version) {
        MatterType newest = all().get(key);
        if (newest != null && newest.version() == version) {
            return newest;
        }
        return parsed.computeIfAbsent(
                key + "/" + version,
                id -> TypeReader.read(
                        key + ".yaml",
                        sql.sql("select source from matter_type where type = :type and version = :version")
                                .param("type", key)
                                .param("version", version)
                                .query(String.class)
                                .single()));
    }

    private Map<String, MatterType> all() {
        Map<String, MatterType> found = current;
        if (found.isEmpty()) {
            found = load();
            current = found;
        }
        return found;
    }

    /**
     * Reads all files and keeps new versions.
     *
     * @throws PackFaultsException with every fault of every file
     */
    public synchronized Map<String, MatterType> load() {
        Map<String, MatterType> found = new LinkedHashMap<>();
        List<PackFault> faults = new ArrayList<>();
        files().forEach((name, text) -> {
            try {
                MatterType type = TypeReader.read(name, text);
                found.put(type.key(), type);
            } catch (PackFaultsException e) {
                faults.addAll(e.faults());
            }
        });
        if (!faults.isEmpty()) {
            throw new PackFaultsException(faults);
        }
        Map<String, MatterType> ordered = new LinkedHashMap<>();
        found.values().stream()
                .sorted(Comparator.comparingInt(
                                (MatterType t) -> ORDER.contains(t.key()) ? ORDER.indexOf(t.key()) : ORDER.size())
                        .thenComparing(MatterType::key))
                .forEach(type -> ordered.put(type.key(), type));
        ordered.values().forEach(this::keep);
        current = ordered;
        return ordered;
    }

    private void keep(MatterType type) {
        String digest = sha256(type.source());
        String kept = sql.sql("select sha256 from matter_type where type = :type and version = :version")
                .param("type", type.key())
                .param("version", type.version())
                .query(String.class)
                .optional()
                .orElse(null);
        if (kept == null) {
            journal.write(Actor.SYSTEM, acts -> {
                int fresh = sql.sql("""
                                insert into matter_type (type, version, source, sha256, loaded_at)
                                values (:type, :version, :source, :sha256, :at) on conflict do nothing""")
                        .param("type", type.key())
                        .param("version", type.version())
                        .param("source", type.source())
                        .param("sha256", digest)
                        .param("at", Timestamp.from(clock.instant()))
                        .update();
                if (fresh > 0) {
                    acts.note("matter-type:" + type.key(), "matter-type.load", Map.of("version", type.version()));
                }
                return true;
            });
        } else if (!kept.equals(digest)) {
            throw new PackFaultsException(List.of(new PackFault(
                    type.key() + ".yaml",
                    1,
                    1,
                    "Version " + type.version() + " of \"" + type.key()
                            + "\" was loaded before with other content, and matters run by it. Raise \"version\" to "
                            + (type.version() + 1) + ".")));
        }
    }

    /**
     * Takes the types of one more folder, such as a pack that is installed while the server runs.
     *
     * @throws PackFaultsException with every fault of every file; the types stay as they were
     */
    public synchronized void add(Path folder) {
        folders.add(folder);
        try {
            load();
        } catch (PackFaultsException e) {
            folders.remove(folder);
            throw e;
        }
    }

    /** The files by name; one of the pack hides the standard one of its name. */
    private Map<String, String> files() {
        Map<String, String> texts = new LinkedHashMap<>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources(STANDARD)) {
                texts.put(String.valueOf(file.getFilename()), file.getContentAsString(StandardCharsets.UTF_8));
            }
            for (Path own : folders) {
                if (!Files.isDirectory(own)) {
                    continue;
                }
                try (Stream<Path> listed = Files.list(own)) {
                    for (Path file : listed.filter(f -> f.toString().endsWith(".yaml"))
                            .sorted()
                            .toList()) {
                        texts.put(file.getFileName().toString(), Files.readString(file));
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("The matter types cannot be read: " + e.getMessage(), e);
        }
        return texts;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
