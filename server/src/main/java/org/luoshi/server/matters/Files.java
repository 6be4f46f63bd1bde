package org.luoshi.server.matters;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.tika.Tika;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Evidence: files of any format, checked, kept in pieces so that none has to fit into memory. */
@Component
public class Files {
    static final long MOST_BYTES = 200L * 1024 * 1024;
    private static final int PIECE = 1024 * 1024;
    /** What would run where somebody opens it. */
    private static final Set<String> DANGEROUS = Set.of(
            "exe", "dll", "com", "bat", "cmd", "msi", "scr", "ps1", "vbs", "js", "jse", "wsf", "hta", "jar", "sh",
            "lnk", "reg", "apk", "html", "htm", "svg", "xhtml", "docm", "xlsm", "pptm");

    private final JdbcClient sql;
    private final Tika types = new Tika();

    Files(JdbcClient sql) {
        this.sql = sql;
    }

    private static final String UNKNOWN = "application/octet-stream";

    /** Parts of the media types of what a machine would run. */
    private static final List<String> PROGRAMS =
            List.of("executable", "x-msdownload", "x-dosexec", "x-elf", "x-sharedlib", "x-mach", "x-sh");

    /** A file as somebody sends it. */
    public interface Upload {
        String name();

        long bytes();

        InputStream open() throws IOException;
    }

    public record Stored(
            long id, long matter, @Nullable Long progress, String name, String media, long bytes, Instant at) {}

    /** What is wrong with files before anything is kept of them. */
    public List<Fault> check(List<? extends Upload> uploads) {
        return uploads.stream().map(this::check).flatMap(Optional::stream).toList();
    }

    private Optional<Fault> check(Upload upload) {
        String name = upload.name();
        String extension = extension(name);
        if (upload.bytes() == 0) {
            return Optional.of(Fault.of("files", "matters.fault.file-empty", name));
        }
        if (upload.bytes() > MOST_BYTES) {
            return Optional.of(Fault.of("files", "matters.fault.file-large", name, upload.bytes() / 1024 / 1024, 200));
        }
        if (DANGEROUS.contains(extension)) {
            return Optional.of(Fault.of("files", "matters.fault.file-kind", name, extension));
        }
        try (InputStream in = new BufferedInputStream(upload.open())) {
            String said = types.detect(name);
            String found = types.detect(in);
            if (PROGRAMS.stream().anyMatch(found::contains) || found.endsWith("html")) {
                return Optional.of(Fault.of("files", "matters.fault.file-kind", name, found));
            }
            boolean unknown = found.equals(UNKNOWN);
            boolean lies = !said.equals(UNKNOWN) && (unknown ? isAlwaysKnown(said) : !related(said, found));
            return lies
                    ? Optional.of(Fault.of("files", "matters.fault.file-lies", name, extension, found))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("The upload " + name + " cannot be read", e);
        }
    }

    /** What always begins with bytes of its own, so that other bytes under its name are something else. */
    private static boolean isAlwaysKnown(String said) {
        return said.equals("application/pdf")
                || said.equals("application/zip")
                || said.equals("image/png")
                || said.equals("image/jpeg")
                || said.equals("image/gif")
                || said.contains("openxml")
                || said.contains("opendocument")
                || said.equals("application/msword")
                || said.equals("application/vnd.ms-excel")
                || said.equals("application/vnd.ms-powerpoint");
    }

    /** Office files are zips or OLE containers inside, texts are texts. */
    private static boolean related(String said, String found) {
        if (said.equals(found)
                || found.startsWith("text/")
                        && (said.startsWith("text/") || said.endsWith("json") || said.endsWith("xml"))) {
            return true;
        }
        boolean zip = found.equals("application/zip")
                && (said.contains("openxml")
                        || said.contains("opendocument")
                        || said.contains("ofd")
                        || said.contains("wps"));
        boolean ole = found.equals("application/x-tika-msoffice")
                && (said.contains("msword") || said.contains("ms-") || said.contains("vnd.ms") || said.contains("wps"));
        String family = said.substring(0, said.indexOf('/') + 1);
        boolean media = (family.equals("image/") || family.equals("video/") || family.equals("audio/"))
                && (found.startsWith(family)
                        || found.equals("video/quicktime")
                        || found.startsWith("video/") && family.equals("audio/"));
        return zip || ole || media;
    }

    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** Keeps a file in the transaction that runs. */
    long keep(Upload upload, long matter, @Nullable Long progress, String move, @Nullable Long account, Instant at) {
        try (InputStream opened = upload.open()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            long file = sql.sql("""
                            insert into stored_file (matter, progress, move, name, media, bytes, sha256, account, at)
                            values (:matter, :progress, :move, :name, :media, 0, '', :account, :at) returning id""")
                    .param("matter", matter)
                    .param("progress", progress)
                    .param("move", move)
                    .param("name", clean(upload.name()))
                    .param("media", types.detect(upload.name()))
                    .param("account", account)
                    .param("at", Timestamp.from(at))
                    .query(Long.class)
                    .single();
            long bytes = 0;
            int ordinal = 0;
            DigestInputStream in = new DigestInputStream(opened, digest);
            byte[] piece = in.readNBytes(PIECE);
            while (piece.length > 0) {
                bytes += piece.length;
                if (bytes > MOST_BYTES) {
                    throw new MoveRefused(
                            List.of(Fault.of("files", "matters.fault.file-large", upload.name(), bytes / PIECE, 200)),
                            false);
                }
                sql.sql("insert into stored_file_piece (file, ordinal, content) values (:file, :ordinal, :content)")
                        .param("file", file)
                        .param("ordinal", ordinal++)
                        .param("content", piece)
                        .update();
                piece = in.readNBytes(PIECE);
            }
            sql.sql("update stored_file set bytes = :bytes, sha256 = :sha256 where id = :id")
                    .param("bytes", bytes)
                    .param("sha256", HexFormat.of().formatHex(digest.digest()))
                    .param("id", file)
                    .update();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("The upload " + upload.name() + " cannot be read", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The name without a path and without characters that a file system or a header would trip over. */
    static String clean(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String kept = last.codePoints()
                .filter(c -> !Character.isISOControl(c)
                        && "\"<>|:*?".indexOf(c) < 0
                        && Character.getType(c) != Character.FORMAT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return kept.isEmpty() ? "file" : kept.length() > 200 ? kept.substring(kept.length() - 200) : kept;
    }

    List<Stored> list(long matter) {
        return sql.sql(
                        "select id, matter, progress, name, media, bytes, at from stored_file where matter = :matter order by id")
                .param("matter", matter)
                .query((row, n) -> new Stored(
                        row.getLong("id"),
                        row.getLong("matter"),
                        row.getObject("progress", Long.class),
                        row.getString("name"),
                        row.getString("media"),
                        row.getLong("bytes"),
                        row.getTimestamp("at").toInstant()))
                .list();
    }

    Optional<Stored> find(long file) {
        return sql.sql("select id, matter, progress, name, media, bytes, at from stored_file where id = :id")
                .param("id", file)
                .query((row, n) -> new Stored(
                        row.getLong("id"),
                        row.getLong("matter"),
                        row.getObject("progress", Long.class),
                        row.getString("name"),
                        row.getString("media"),
                        row.getLong("bytes"),
                        row.getTimestamp("at").toInstant()))
                .optional();
    }

    /** Writes a file piece by piece. */
    void write(long file, OutputStream out) throws IOException {
        for (int ordinal = 0; ; ordinal++) {
            byte[] piece = sql.sql("select content from stored_file_piece where file = :file and ordinal = :ordinal")
                    .param("file", file)
                    .param("ordinal", ordinal)
                    .query((row, n) -> row.getBytes(1))
                    .optional()
                    .orElse(null);
            if (piece == null) {
                return;
            }
            out.write(piece);
        }
    }

    /**
     * Whether evidence lies with a matter: a file that was kept since a moment, with no report that was returned.
     *
     * @param since when the work began that it has to show; null: always
     * @param but moves that begin the work, whose own files show nothing of it
     * @param fits which units it may come from: that of the report or that of the person
     */
    boolean hasEvidence(long matter, @Nullable Instant since, Set<String> but, Predicate<Long> fits) {
        return sql
                .sql("""
                        select distinct u.unit
                        from stored_file f left join matter_progress p on p.id = f.progress
                          left join account a on a.id = f.account
                          cross join lateral (values (p.unit), (a.unit)) as u (unit)
                        where f.matter = :matter and u.unit is not null and coalesce(p.state, '') <> 'returned'
                          and (cast(:since as timestamptz) is null or f.at >= :since)
                          and not coalesce(f.move, '') = any(cast(:but as text[]))""")
                .param("matter", matter)
                .param("since", since == null ? null : Timestamp.from(since))
                .param("but", but.toArray(String[]::new))
                .query(Long.class)
                .list()
                .stream()
                .anyMatch(fits);
    }
}
