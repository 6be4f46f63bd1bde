package org.luoshi.server.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.audit.Actor;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.audit.Refused;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The documents of the house. */
@Component
public class Documents {
    /** More than any office file; the reader refuses such a file too, but it need not be stored first. */
    static final long LARGEST = 100L << 20;

    private static final int REMEMBERED = 16;

    private final JdbcClient sql;
    private final JdbcOperations statements;
    private final Journal journal;
    private final ReadingQueue queue;
    private final JsonMapper json;
    private final Clock clock;
    private final Map<Long, DocumentText> texts =
            Collections.synchronizedMap(new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, DocumentText> eldest) {
                    return size() > REMEMBERED;
                }
            });

    Documents(
            JdbcClient sql,
            JdbcOperations statements,
            Journal journal,
            ReadingQueue queue,
            JsonMapper json,
            Clock clock) {
        this.sql = sql;
        this.statements = statements;
        this.journal = journal;
        this.queue = queue;
        this.json = json;
        this.clock = clock;
    }

    /** A file as it comes in; {@code open} is called twice, once to know the file again and once to store it. */
    public record Upload(String fileName, long bytes, Source source) {
        /** Opens the content from its beginning. */
        public interface Source {
            InputStream open() throws IOException;
        }
    }

    /**
     * What became of an upload.
     *
     * @param document the new document, or the one that the same file had been stored as before
     * @param again whether the file had been stored before, so that nothing was stored now
     */
    public record Received(String fileName, long document, String title, boolean again) {}

    /**
     * Stores a file and has it read in the background. A file whose bytes are here already is not stored again. A file
     * that failed before is forgotten in favour of the new one.
     */
    public Received upload(Actor actor, Upload upload) {
        String name = withoutFolders(upload.fileName());
        String sha256 = sha256(upload);
        Received received = journal.write(actor, acts -> {
            Optional<Received> known = findKnown(sha256, name);
            if (known.isPresent()) {
                return known.get();
            }
            forgetFailed(sha256);
            boolean tooLarge = upload.bytes() > LARGEST;
            Optional<Long> fresh = sql.sql("""
                            insert into document (title, file_name, sha256, bytes, state, refusal, refusal_details,
                                                  uploaded_by, uploaded_at)
                            values (:title, :file, :sha256, :bytes, :state, :refusal, cast(:details as jsonb),
                                    :by, :at)
                            on conflict (sha256) where state <> 'failed' do nothing
                            returning id""")
                    .param("title", titleOf(name))
                    .param("file", name)
                    .param("sha256", sha256)
                    .param("bytes", upload.bytes())
                    .param("state", tooLarge ? "failed" : "waiting")
                    .param("refusal", tooLarge ? "file.too-large" : null)
                    .param(
                            "details",
                            tooLarge
                                    ? json.writeValueAsString(Map.of(
                                            "size",
                                            Long.toString(upload.bytes() >> 20),
                                            "limit",
                                            Long.toString(LARGEST >> 20)))
                                    : null)
                    .param("by", actor.account())
                    .param("at", Timestamp.from(clock.instant()))
                    .query(Long.class)
                    .optional();
            if (fresh.isEmpty()) {
                // Somebody stored the same file between our look and our insert.
                return findKnown(sha256, name).orElseThrow();
            }
            long id = fresh.get();
            if (!tooLarge) {
                storeContent(id, upload);
                queue.add(id);
            }
            acts.note("document:" + id, "document.upload", Map.of("file", name, "sha256", sha256));
            return new Received(name, id, titleOf(name), false);
        });
        queue.wake();
        return Objects.requireNonNull(received);
    }

    private Optional<Received> findKnown(String sha256, String name) {
        return sql.sql("select id, title from document where sha256 = :sha256 and state <> 'failed'")
                .param("sha256", sha256)
                .query((row, n) -> new Received(name, row.getLong("id"), row.getString("title"), true))
                .optional();
    }

    private void forgetFailed(String sha256) {
        sql.sql("delete from document_file where document in (select id from document where sha256 = :sha256)")
                .param("sha256", sha256)
                .update();
        sql.sql("delete from document where sha256 = :sha256 and state = 'failed'")
                .param("sha256", sha256)
                .update();
    }

    private void storeContent(long id, Upload upload) {
        try (InputStream content = upload.source().open()) {
            statements.update("insert into document_file (document, content) values (?, ?)", statement -> {
                statement.setLong(1, id);
                statement.setBinaryStream(2, content, upload.bytes());
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All documents, newest first. */
    public List<Document> listDocuments() {
        return sql.sql(SELECT + " order by d.uploaded_at desc, d.id desc")
                .query((row, n) -> document(row))
                .list();
    }

    public Optional<Document> findDocument(long id) {
        return sql.sql(SELECT + " where d.id = :id")
                .param("id", id)
                .query((row, n) -> document(row))
                .optional();
    }

    /** @throws Refused {@code documents.refused.missing} where there is none */
    public Document getDocument(long id) {
        return findDocument(id).orElseThrow(() -> new Refused("documents.refused.missing", Long.toString(id)));
    }

    /** @throws Refused {@code documents.refused.unread} where the document has not been read (yet) */
    public DocumentText getText(long id) {
        DocumentText remembered = texts.get(id);
        if (remembered != null) {
            return remembered;
        }
        DocumentText text = sql.sql(
                        "select text, outline, segments, figures from document where id = :id and state = 'read'")
                .param("id", id)
                .query((row, n) -> new DocumentText(
                        id,
                        row.getString("text"),
                        json.readValue(row.getString("outline"), org.luoshi.reading.Outline.class),
                        json.readValue(row.getString("segments"), new TypeReference<>() {}),
                        json.readValue(row.getString("figures"), new TypeReference<>() {})))
                .optional()
                .orElseThrow(() ->
                        new Refused("documents.refused.unread", getDocument(id).title()));
        texts.put(id, text);
        return text;
    }

    /** The file as it was uploaded; empty where it was refused and so not kept. */
    public Optional<byte[]> findFile(long id) {
        return sql.sql("select content from document_file where document = :id")
                .param("id", id)
                .query((row, n) -> row.getBytes(1))
                .optional();
    }

    /**
     * Takes a document that could not be read off the list.
     *
     * @throws Refused {@code documents.refused.in-use} where the document did not fail
     */
    public void dismiss(Actor actor, long id) {
        journal.write(actor, acts -> {
            int gone = sql.sql("delete from document where id = :id and state = 'failed'")
                    .param("id", id)
                    .update();
            if (gone == 0) {
                throw new Refused("documents.refused.in-use", getDocument(id).title());
            }
            acts.note("document:" + id, "document.dismiss", Map.of());
            return gone;
        });
    }

    /** Gives a document another title. */
    public void rename(Actor actor, long id, String title) {
        journal.write(actor, acts -> {
            Document before = getDocument(id);
            sql.sql("update document set title = :title where id = :id")
                    .param("title", title)
                    .param("id", id)
                    .update();
            acts.note("document:" + id, "document.rename", Map.of("before", before.title(), "after", title));
            return true;
        });
    }

    private static final String SELECT = """
            select d.id, d.title, d.file_name, d.format, d.sha256, d.bytes, d.state, d.progress, d.refusal,
                   d.refusal_details, d.notes, d.task_year, d.uploaded_at, d.read_at, p.name as uploader
            from document d join account a on a.id = d.uploaded_by join person p on p.id = a.person""";

    private Document document(java.sql.ResultSet row) throws java.sql.SQLException {
        String refusal = row.getString("refusal");
        String details = row.getString("refusal_details");
        return new Document(
                row.getLong("id"),
                row.getString("title"),
                row.getString("file_name"),
                row.getString("format"),
                row.getString("sha256"),
                row.getLong("bytes"),
                Document.State.of(row.getString("state")),
                row.getInt("progress"),
                refusal == null
                        ? null
                        : new Document.Refusal(
                                refusal,
                                details == null ? Map.of() : json.readValue(details, new TypeReference<>() {})),
                json.readValue(row.getString("notes"), new TypeReference<>() {}),
                row.getObject("task_year", Integer.class),
                row.getString("uploader"),
                row.getTimestamp("uploaded_at").toInstant(),
                instant(row.getTimestamp("read_at")));
    }

    private static java.time.@Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }

    private static String withoutFolders(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .replace('\u0000', ' ')
                .strip();
        return last.isEmpty() ? "file" : last;
    }

    private static String titleOf(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static String sha256(Upload upload) {
        try (InputStream content = upload.source().open();
                DigestInputStream digest = new DigestInputStream(content, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
