package org.luoshi.server.packs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.luoshi.server.audit.Actor;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.documents.Documents;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes in the work reports of a pack, once, as the supervision office would: by the ordinary way of an upload. */
@Component
class PackDocuments {
    private final JdbcClient sql;
    private final Journal journal;
    private final Documents documents;

    PackDocuments(JdbcClient sql, Journal journal, Documents documents) {
        this.sql = sql;
        this.journal = journal;
        this.documents = documents;
    }

    /** Uploads every {@code report-*.docx} of the folder; does nothing the second time. */
    void loadOnce(Path folder) throws IOException {
        if (isDone()) {
            return;
        }
        Optional<Actor> clerk = sql.sql("""
                        select a.id, p.name from account a join account_role r on r.account = a.id join person p on p.id = a.person
                        where r.role = 'supervision' and a.active order by a.id limit 1""")
                .query((row, n) -> new Actor(row.getLong(1), row.getString(2)))
                .optional();
        if (clerk.isEmpty()) {
            return;
        }
        for (Path report : reports(folder)) {
            documents.upload(
                    clerk.get(),
                    new Documents.Upload(
                            report.getFileName().toString(), Files.size(report), () -> Files.newInputStream(report)));
        }
        journal.write(Actor.SYSTEM, acts -> {
            sql.sql("insert into setting (name, value) values ('pack-documents', 'true') on conflict (name) do nothing")
                    .update();
            acts.note("setting:pack", "pack.documents", Map.of());
            return true;
        });
    }

    private boolean isDone() {
        return sql.sql("select count(*) from setting where name = 'pack-documents'")
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private static List<Path> reports(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("report-.*\\.docx"))
                    .sorted()
                    .toList();
        }
    }
}
