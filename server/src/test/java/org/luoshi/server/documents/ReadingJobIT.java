package org.luoshi.server.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.luoshi.reading.Reading;
import org.luoshi.reading.SourceText;
import org.luoshi.server.ServerTest;
import org.luoshi.server.audit.Journal;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

class ReadingJobIT extends ServerTest {
    /** As a reader whose model is missing from the class path behaves. */
    private static final class Unloadable implements ReportReader {
        @Override
        public Reading read(SourceText text) {
            throw new NoClassDefFoundError("org/luoshi/reading/segments/SegmentModel");
        }

        @Override
        public String version() {
            return "unloadable";
        }
    }

    @Autowired
    JdbcClient sql;

    @Autowired
    Journal journal;

    @Autowired
    Documents documents;

    @Autowired
    JsonMapper json;

    @Test
    void a_reader_that_cannot_load_leaves_the_document_failed_with_a_sentence() {
        long id = waiting("报告.txt", "政府工作报告\n新建公办幼儿园3所。\n");
        new ReadingJob(sql, journal, new Unloadable(), List.of(), json, Clock.systemUTC()).read(id);
        Document document = documents.getDocument(id);
        assertThat(document.state()).isEqualTo(Document.State.FAILED);
        Document.Refusal refusal = Objects.requireNonNull(document.refusal());
        assertThat(refusal.isFault()).isTrue();
        assertThat(refusal.details().get("number")).hasSize(8);
        assertThat(documents.findFile(id)).isEmpty();
    }

    /** Put in by hand: an upload would hand it to the scheduler, which reads it with the real reader. */
    private long waiting(String name, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        long id = sql.sql("""
                        insert into document (title, file_name, sha256, bytes, state, uploaded_by, uploaded_at)
                        values (:name, :name, :name, :bytes, 'waiting', :by, now()) returning id""")
                .param("name", name)
                .param("bytes", content.length)
                .param("by", county.user("clerk").actor().account())
                .query(Long.class)
                .single();
        sql.sql("insert into document_file (document, content) values (:id, :content)")
                .param("id", id)
                .param("content", content)
                .update();
        return id;
    }
}
