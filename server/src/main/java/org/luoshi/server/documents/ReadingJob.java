package org.luoshi.server.documents;

import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Outline;
import org.luoshi.reading.Reading;
import org.luoshi.reading.SourceText;
import org.luoshi.reading.files.FileRefused;
import org.luoshi.reading.files.FileText;
import org.luoshi.reading.files.SourceFiles;
import org.luoshi.server.audit.Actor;
import org.luoshi.server.audit.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads one document. The result is stored in one transaction: text, outline, segments, figures and commitments, or
 * nothing of them. A job whose process died is taken up again by the scheduler and begins anew.
 */
@Component
class ReadingJob {
    private static final Logger log = LoggerFactory.getLogger(ReadingJob.class);

    private final JdbcClient sql;
    private final Journal journal;
    private final ReportReader reader;
    private final List<Harvest> harvests;
    private final JsonMapper json;
    private final Clock clock;

    ReadingJob(
            JdbcClient sql,
            Journal journal,
            ReportReader reader,
            List<Harvest> harvests,
            JsonMapper json,
            Clock clock) {
        this.sql = sql;
        this.journal = journal;
        this.reader = reader;
        this.harvests = harvests;
        this.json = json;
        this.clock = clock;
    }

    @Configuration(proxyBeanMethods = false)
    static class Task {
        @Bean
        OneTimeTask<Void> readDocument(ReadingJob job) {
            return Tasks.oneTime(ReadingQueue.READ)
                    .execute((instance, context) -> job.read(Long.parseLong(instance.getId())));
        }
    }

    private record Waiting(String fileName, byte[] content) {}

    void read(long document) {
        Optional<Waiting> waiting = sql.sql("""
                        select d.file_name, f.content from document d join document_file f on f.document = d.id
                        where d.id = :id and d.state in ('waiting', 'reading')""")
                .param("id", document)
                .query((row, n) -> new Waiting(row.getString(1), row.getBytes(2)))
                .optional();
        if (waiting.isEmpty()) {
            return;
        }
        try {
            progress(document, 10);
            FileText file =
                    SourceFiles.read(waiting.get().fileName(), waiting.get().content());
            progress(document, 40);
            Reading reading = reader.read(storable(file.simplified()));
            progress(document, 80);
            store(document, file, reading);
        } catch (FileRefused refused) {
            fail(document, refused.key(), refused.details());
        } catch (DataAccessException | TransactionException e) {
            // The database is away, not the file bad: the scheduler tries again.
            throw e;
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            String number = UUID.randomUUID().toString().substring(0, 8);
            log.error("Fault {} while reading document {} ({})", number, document, waiting.get().fileName, e);
            fail(document, Document.Refusal.FAULT, Map.of("number", number));
        }
    }

    /** PostgreSQL keeps no character of code 0; one for one, so that offsets stay. */
    private static SourceText storable(SourceText source) {
        return source.text().indexOf('\u0000') < 0
                ? source
                : new SourceText(source.name(), source.text().replace('\u0000', '\ufffd'));
    }

    private void progress(long document, int percent) {
        sql.sql(
                        "update document set state = 'reading', progress = :percent where id = :id and state in ('waiting', 'reading')")
                .param("percent", percent)
                .param("id", document)
                .update();
    }

    private void store(long document, FileText file, Reading reading) {
        Outline outline = reading.outline();
        SourceText stored = storable(file.stored());
        journal.write(Actor.SYSTEM, acts -> {
            int fresh = sql.sql("""
                            update document set state = 'read', progress = 100, format = :format,
                              title = coalesce(:title, title), text = :text, outline = cast(:outline as jsonb),
                              segments = cast(:segments as jsonb), figures = cast(:figures as jsonb),
                              notes = cast(:notes as jsonb), task_year = :year, read_at = :at, reader = :reader
                            where id = :id and state in ('waiting', 'reading')""")
                    .param("id", document)
                    .param("format", file.format().extension())
                    .param("title", title(outline))
                    .param("text", stored.text())
                    .param("outline", json.writeValueAsString(outline))
                    .param("segments", json.writeValueAsString(reading.segments()))
                    .param("figures", json.writeValueAsString(reading.figures()))
                    .param("notes", json.writeValueAsString(file.notes()))
                    .param("year", value(outline.taskYear()))
                    .param("at", Timestamp.from(clock.instant()))
                    .param("reader", reader.version())
                    .update();
            if (fresh == 0) {
                return 0;
            }
            int found = 0;
            for (Harvest harvest : harvests) {
                found += harvest.bringIn(document, reading, acts);
            }
            acts.note(
                    "document:" + document, "document.read", Map.of("commitments", found, "reader", reader.version()));
            return found;
        });
    }

    private void fail(long document, String key, Map<String, String> details) {
        journal.write(Actor.SYSTEM, acts -> {
            sql.sql("""
                            update document set state = 'failed', refusal = :key, refusal_details = cast(:details as jsonb)
                            where id = :id""")
                    .param("id", document)
                    .param("key", key)
                    .param("details", json.writeValueAsString(details))
                    .update();
            // What cannot be read is not kept.
            sql.sql("delete from document_file where document = :id")
                    .param("id", document)
                    .update();
            Map<String, Object> why = new LinkedHashMap<>(details);
            why.put("reason", key);
            acts.note("document:" + document, "document.fail", why);
            return true;
        });
    }

    /** The report's own title, with its place and year where it tells them. */
    private static @Nullable String title(Outline outline) {
        String title = value(outline.title());
        if (title == null) {
            return null;
        }
        String place = value(outline.place());
        Integer year = value(outline.taskYear());
        StringBuilder full = new StringBuilder();
        if (place != null && !title.contains(place)) {
            full.append(place);
        }
        if (year != null && !title.contains(year.toString())) {
            full.append(year).append('\u5e74');
        }
        return full.append(title).toString();
    }

    private static <T> @Nullable T value(Outline.@Nullable Stated<T> stated) {
        return stated == null ? null : stated.value();
    }
}
