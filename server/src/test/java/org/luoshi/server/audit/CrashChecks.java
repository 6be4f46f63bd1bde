package org.luoshi.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Looks into the database after a kill. */
final class CrashChecks {
    /** What would be half a change; each counts nothing. */
    private static final Map<String, String> HALVES = Map.ofEntries(
            Map.entry("a matter without its entry", """
                    select count(*) from matter m where not exists (
                      select 1 from journal j where j.stream = 'matter:' || m.id and j.act = 'matter.create')"""),
            Map.entry("an entry without its matter", """
                    select count(*) from journal j where j.act = 'matter.create'
                      and not exists (select 1 from matter m where 'matter:' || m.id = j.stream)"""),
            Map.entry("a version without its entry, or the other way round", """
                    select count(*) from matter m
                    where m.version <> (select count(*) from journal j where j.stream = 'matter:' || m.id)"""),
            Map.entry("a clock that does not stand as its matter does", """
                    select count(*) from matter m left join matter_clock c on c.matter = m.id and c.clock = 'due'
                    where m.type = 'to-do' and (c.stopped_at is null) <> (m.state = 'open')
                       or m.type = 'target-task' and (c.matter is null) <> (m.state = 'drafted')
                       or m.type = 'target-task' and (c.paused_at is not null) <> (m.state = 'suspended')"""),
            Map.entry("a file whose pieces are not all there", """
                    select count(*) from stored_file f where f.sha256 is distinct from (
                      select encode(sha256(string_agg(p.content, ''::bytea order by p.ordinal)), 'hex')
                      from stored_file_piece p where p.file = f.id)"""),
            Map.entry("pieces without their file", """
                    select count(*) from stored_file_piece p
                    where not exists (select 1 from stored_file f where f.id = p.file)"""),
            Map.entry("a file that no entry names, or an entry that names none", """
                    select count(*) from (select id from stored_file) f full join (
                      select cast(jsonb_array_elements_text(details -> 'file-ids') as bigint) as id from journal) j using (id)
                    where f.id is null or j.id is null"""),
            Map.entry("a report without its entry, or the other way round", """
                    select count(*) from (select id from matter_progress) p full join (
                      select cast(details ->> 'progress' as bigint) as id from journal
                      where details ->> 'move' = 'report') j using (id)
                    where p.id is null or j.id is null"""),
            Map.entry("a part that no split names, or the other way round", """
                    select count(*) from (select id, parent from matter where parent is not null) p full join (
                      select cast(substr(stream, 8) as bigint) as parent,
                             cast(jsonb_array_elements_text(details -> 'parts') as bigint) as id
                      from journal where act = 'matter.split') j using (id, parent)
                    where p.id is null or j.id is null"""),
            Map.entry("a part that was made and not given", """
                    select count(*) from matter m where m.parent is not null and (m.state <> 'given'
                      or 2 <> (select count(*) from matter_clock c where c.matter = m.id and c.clock in ('sign', 'due')))"""),
            Map.entry("a notice without its entry, or the other way round", """
                    select count(*) from (select id from matter_notice) n full join (
                      select cast(details ->> 'notice' as bigint) as id from journal where details -> 'notice' is not null) j using (id)
                    where n.id is null or j.id is null"""),
            Map.entry("a number of a matter that is given to none", """
                    select count(*) from matter_number n where n.last <> (
                      select count(*) from matter m where m.type = n.type and m.year = n.year)"""),
            Map.entry("a number of a notice that is given twice or to none", """
                    select count(*) from notice_number l where l.last <> (
                      select count(distinct n.number) from matter_notice n
                      where n.level = l.level and n.number is not null)"""),
            Map.entry("a move that nobody heard of, or one that was told and not made", """
                    select count(*) from (
                      select distinct matter, details ->> 'move' as move from message where details ->> 'move' in
                        ('hand-down', 'urge', 'suspend', 'resume')) g full join (
                      select cast(substr(stream, 8) as bigint) as matter, details ->> 'move' as move from journal
                      where act = 'matter.move' and details ->> 'move' in ('hand-down', 'urge', 'suspend', 'resume')) j
                      using (matter, move)
                    -- Nobody works for the towns of the parts.
                    join matter m on m.id = matter and m.parent is null
                    where g.matter is null or j.matter is null"""));

    private final DataSource source;
    private final JdbcClient sql;
    private final int kill;

    CrashChecks(DataSource source, int kill) {
        this.source = source;
        this.sql = JdbcClient.create(source);
        this.kill = kill;
    }

    void check(List<CrashWork.Piece> pieces) {
        Map<Long, List<String>> acts = acts();
        Map<Long, String> files = new HashMap<>();
        sql.sql("select matter, sha256 from stored_file").query(row -> {
            files.put(row.getLong(1), row.getString(2));
        });
        for (CrashWork.Piece piece : pieces) {
            List<String> found = acts.getOrDefault(piece.id, List.of());
            List<String> possible = new ArrayList<>(piece.done);
            if (piece.trying != null && found.size() > piece.done.size()) {
                // Done, but the answer was lost.
                possible.add(piece.trying);
            }
            assertThat(found).as("matter %d after kill %d", piece.id, kill).isEqualTo(possible);
            piece.done.clear();
            piece.done.addAll(found);
            piece.trying = null;
            if (found.contains("report")) {
                assertThat(files)
                        .as("after kill %d", kill)
                        .containsEntry(piece.id, Objects.requireNonNull(piece.sha256));
            }
        }
        HALVES.forEach(
                (what, query) -> assertThat(sql.sql(query).query(Integer.class).single())
                        .as("%s after kill %d", what, kill)
                        .isZero());
        Journal journal = new Journal(
                sql,
                new TransactionTemplate(new DataSourceTransactionManager(source)),
                JsonMapper.builder().build(),
                Clock.systemUTC());
        assertThat(journal.listBrokenStreams()).as("after kill %d", kill).isEmpty();
    }

    /** What people did to each matter, in its order. */
    private Map<Long, List<String>> acts() {
        Map<Long, List<String>> acts = new HashMap<>();
        sql.sql("""
                        select cast(substr(stream, 8) as bigint) as matter,
                               coalesce(details ->> 'move', substr(act, 8)) as step
                        from journal where act in ('matter.create', 'matter.move', 'matter.split') order by stream, seq""").query(row -> {
            acts.computeIfAbsent(row.getLong("matter"), id -> new ArrayList<>()).add(row.getString("step"));
        });
        return acts;
    }
}
