package org.luoshi.server.imports;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Rows of imports and of their sheets. */
@Component
public class ImportStore {
    private static final int BATCH = 1000;
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final String SELECT = """
            select i.id, i.type, i.file_name, i.tables, i.chosen, i.head, i.matching, i.state, i.whole, i.progress, i.total,
                   i.failure, coalesce(i.made, 0) as made, coalesce(i.known, 0) as known,
                   coalesce(i.left_out, 0) as left_out, coalesce(i.undone, 0) as undone, i.undoer, i.reason, i.account, p.name as by, i.at, i.done_at, i.version
            from sheet_import i join account a on a.id = i.account join person p on p.id = a.person
            """;

    private final JdbcClient sql;
    private final JsonMapper json;
    private final TransactionTemplate apart;

    ImportStore(JdbcClient sql, JsonMapper json, PlatformTransactionManager transactions) {
        this.sql = sql;
        this.json = json;
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    long insert(
            String type,
            String fileName,
            String sha256,
            List<SheetFile.Table> tables,
            int head,
            SheetImport.Matching matching,
            long account,
            Instant at) {
        long id = sql.sql("""
                        insert into sheet_import (type, file_name, sha256, tables, head, matching, account, at)
                        values (:type, :name, :sha, cast(:tables as text[]), :head, cast(:matching as jsonb), :account, :at)
                        returning id""")
                .param("type", type)
                .param("name", fileName)
                .param("sha", sha256)
                .param("tables", tables.stream().map(SheetFile.Table::name).toArray(String[]::new))
                .param("head", head)
                .param("matching", json.writeValueAsString(matching))
                .param("account", account)
                .param("at", Timestamp.from(at))
                .query(Long.class)
                .single();
        for (int place = 0; place < tables.size(); place++) {
            insertRows(id, place, tables.get(place).lines());
        }
        return id;
    }

    private void insertRows(long id, int place, List<SheetFile.Line> lines) {
        for (int from = 0; from < lines.size(); from += BATCH) {
            List<SheetFile.Line> some = lines.subList(from, Math.min(lines.size(), from + BATCH));
            sql.sql("""
                            insert into sheet_row (import, place, row, cells)
                            select :id, :place, r.row, cast(r.cells as jsonb)
                            from unnest(cast(:rows as int[]), cast(:cells as text[])) as r(row, cells)""")
                    .param("id", id)
                    .param("place", place)
                    .param("rows", some.stream().map(SheetFile.Line::row).toArray(Integer[]::new))
                    .param(
                            "cells",
                            some.stream()
                                    .map(line -> json.writeValueAsString(line.cells()))
                                    .toArray(String[]::new))
                    .update();
        }
    }

    Optional<SheetImport> find(long id) {
        return sql.sql(SELECT + "where i.id = :id")
                .param("id", id)
                .query(this::read)
                .optional();
    }

    List<SheetImport> list(int limit) {
        return sql.sql(SELECT + "where i.state <> 'dropped' order by i.at desc, i.id desc limit :limit")
                .param("limit", limit)
                .query(this::read)
                .list();
    }

    private SheetImport read(ResultSet row, int n) throws SQLException {
        String failure = row.getString("failure");
        Timestamp done = row.getTimestamp("done_at");
        Long undoer = row.getObject("undoer", Long.class);
        return new SheetImport(
                row.getLong("id"),
                row.getString("type"),
                row.getString("file_name"),
                Arrays.asList((String[]) row.getArray("tables").getArray()),
                row.getInt("chosen"),
                row.getInt("head"),
                json.readValue(row.getString("matching"), SheetImport.Matching.class),
                SheetImport.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getBoolean("whole"),
                row.getInt("progress"),
                row.getInt("total"),
                failure == null ? null : json.readValue(failure, SheetImport.Failure.class),
                row.getInt("made"),
                row.getInt("known"),
                row.getInt("left_out"),
                row.getInt("undone"),
                undoer == null ? null : new SheetImport.Undo(undoer, row.getString("reason")),
                row.getLong("account"),
                row.getString("by"),
                row.getTimestamp("at").toInstant(),
                done == null ? null : done.toInstant(),
                row.getInt("version"));
    }

    List<SheetFile.Line> lines(long id, int place) {
        return sql.sql("select row, cells from sheet_row where import = :id and place = :place order by row")
                .param("id", id)
                .param("place", place)
                .query((row, n) -> new SheetFile.Line(row.getInt(1), json.readValue(row.getString(2), TEXTS)))
                .list();
    }

    /** What became of a row. */
    public record Outcome(
            int row, String outcome, @Nullable Long matter, String number, String title, List<String> cells) {}

    List<Outcome> outcomes(long id, int place, String outcome, long offset, int limit) {
        return sql.sql("""
                        select r.row, r.outcome, r.matter, coalesce(m.number, '') as number, coalesce(m.title, '') as title, r.cells
                        from sheet_row r left join matter m on m.id = r.matter
                        where r.import = :id and r.place = :place and r.outcome = :outcome
                        order by r.row limit :limit offset :offset""")
                .param("id", id)
                .param("place", place)
                .param("outcome", outcome)
                .param("limit", limit)
                .param("offset", offset)
                .query((row, n) -> new Outcome(
                        row.getInt("row"),
                        row.getString("outcome"),
                        row.getObject("matter", Long.class),
                        row.getString("number"),
                        row.getString("title"),
                        json.readValue(row.getString("cells"), TEXTS)))
                .list();
    }

    /**
     * Changes how a sheet is read.
     *
     * @return whether nobody else had changed it since that version
     */
    boolean change(long id, int version, int chosen, int head, SheetImport.Matching matching) {
        return sql.sql("""
                        update sheet_import set chosen = :chosen, head = :head, matching = cast(:matching as jsonb),
                          failure = null, version = version + 1
                        where id = :id and version = :version and state = 'draft'""")
                        .param("id", id)
                        .param("version", version)
                        .param("chosen", chosen)
                        .param("head", head)
                        .param("matching", json.writeValueAsString(matching))
                        .update()
                > 0;
    }

    boolean begin(long id, int version, boolean whole) {
        return sql.sql("""
                        update sheet_import set state = 'running', whole = :whole, progress = 0, total = 0, failure = null,
                          version = version + 1
                        where id = :id and version = :version and state = 'draft'""")
                        .param("id", id)
                        .param("version", version)
                        .param("whole", whole)
                        .update()
                > 0;
    }

    boolean drop(long id) {
        boolean dropped = sql.sql("update sheet_import set state = 'dropped' where id = :id and state = 'draft'")
                        .param("id", id)
                        .update()
                > 0;
        if (dropped) {
            sql.sql("delete from sheet_row where import = :id").param("id", id).update();
        }
        return dropped;
    }

    /** Shown to whoever waits, whatever becomes of the transaction that does the work. */
    void progress(long id, int done, int total) {
        apart.executeWithoutResult(
                status -> sql.sql("update sheet_import set progress = :done, total = :total where id = :id")
                        .param("id", id)
                        .param("done", done)
                        .param("total", total)
                        .update());
    }

    void fail(long id, SheetImport.Failure failure) {
        sql.sql("""
                        update sheet_import set state = 'draft', failure = cast(:failure as jsonb), version = version + 1
                        where id = :id and state = 'running'""")
                .param("id", id)
                .param("failure", json.writeValueAsString(failure))
                .update();
    }

    void finish(long id, int made, int known, int leftOut, Instant at) {
        sql.sql("""
                        update sheet_import set state = 'done', made = :made, known = :known, left_out = :left, done_at = :at,
                          progress = :made, version = version + 1 where id = :id""")
                .param("id", id)
                .param("made", made)
                .param("known", known)
                .param("left", leftOut)
                .param("at", Timestamp.from(at))
                .update();
        // The other sheets were never looked at; of this one stays what is yet to be mended.
        sql.sql("""
                        delete from sheet_row where import = :id
                          and (place <> (select chosen from sheet_import where id = :id) or outcome = 'blank')""").param("id", id).update();
        sql.sql("""
                        update sheet_row r set cells = '[]', version = (select m.version from matter m where m.id = r.matter)
                        where import = :id and outcome in ('made', 'known')""").param("id", id).update();
    }

    /** How many matters of an import nobody has touched since it made them. */
    int countUntouched(long id) {
        return sql.sql("select count(*)" + UNTOUCHED)
                .param("id", id)
                .query(Integer.class)
                .single();
    }

    private static final String UNTOUCHED = """
             from sheet_row r join matter m on m.id = r.matter
            where r.import = :id and r.outcome = 'made' and m.version = r.version and not m.ended""";

    /** What was made of a row and is as it was made. */
    record Untouched(int row, long matter, String state, int version) {}

    List<Untouched> untouched(long id) {
        return sql.sql("select r.row, m.id, m.state, m.version" + UNTOUCHED + " order by r.row")
                .param("id", id)
                .query((row, n) -> new Untouched(row.getInt(1), row.getLong(2), row.getString(3), row.getInt(4)))
                .list();
    }

    boolean beginUndo(long id, int version, SheetImport.Undo undo) {
        return sql.sql("""
                        update sheet_import set state = 'undoing', undoer = :undoer, reason = :reason, progress = 0, total = 0,
                          version = version + 1
                        where id = :id and version = :version and state = 'done'""")
                        .param("id", id)
                        .param("version", version)
                        .param("undoer", undo.account())
                        .param("reason", undo.reason())
                        .update()
                > 0;
    }

    /** What was taken back is not known any more when its list comes again. */
    void finishUndo(long id, Collection<Long> matters) {
        Long[] all = matters.toArray(Long[]::new);
        sql.sql("delete from sheet_identity where matter = any(cast(:matters as bigint[]))")
                .param("matters", all)
                .update();
        sql.sql(
                        "update sheet_row set outcome = 'undone' where import = :id and matter = any(cast(:matters as bigint[]))")
                .param("id", id)
                .param("matters", all)
                .update();
        sql.sql("""
                        update sheet_import set state = 'undone', undone = :undone, made = made - :undone, version = version + 1
                        where id = :id""").param("id", id).param("undone", all.length).update();
    }

    /** Puts an import that could not be taken back where it was. */
    void failUndo(long id, SheetImport.Failure failure) {
        sql.sql("""
                        update sheet_import set state = 'done', failure = cast(:failure as jsonb), version = version + 1
                        where id = :id and state = 'undoing'""")
                .param("id", id)
                .param("failure", json.writeValueAsString(failure))
                .update();
    }

    /** One import of a type at a time, so that two cannot bring in the same row. */
    void lock(String type) {
        sql.sql("select pg_advisory_xact_lock(hashtext('sheet_import'), hashtext(:type))::text")
                .param("type", type)
                .query(String.class)
                .single();
    }

    /**
     * A row that came in before.
     *
     * @param year of its matter
     * @param ended the day on which its matter ended; null: it is open
     */
    record Before(
            Look.Identity identity,
            long matter,
            @Nullable Long lead,
            int year,
            @Nullable LocalDate ended) {}

    /** What came in before with the numbers of some rows, or as the same words where they have none. */
    List<Before> known(String type, Collection<Look.Identity> identities) {
        return sql.sql("""
                        select i.key, i.words, i.matter, m.lead, m.year, case when m.ended then m.closed_at at time zone 'Asia/Shanghai' end::date as ended
                        from sheet_identity i join matter m on m.id = i.matter
                        where i.type = :type and (key <> '' and key = any(cast(:keys as text[])) or key = '' and i.words = any(cast(:words as text[])))""")
                .param("type", type)
                .param(
                        "keys",
                        identities.stream().map(Look.Identity::key).distinct().toArray(String[]::new))
                .param(
                        "words",
                        identities.stream().map(Look.Identity::words).distinct().toArray(String[]::new))
                .query((row, n) -> new Before(
                        new Look.Identity(row.getString(1), row.getString(2)),
                        row.getLong(3),
                        row.getObject(4, Long.class),
                        row.getInt("year"),
                        row.getObject("ended", LocalDate.class)))
                .list();
    }

    void remember(String type, Map<Look.Identity, Long> identities) {
        List<Map.Entry<Look.Identity, Long>> all = new ArrayList<>(identities.entrySet());
        sql.sql("""
                        insert into sheet_identity (type, key, words, matter)
                        select :type, n.key, n.words, n.matter
                        from unnest(cast(:keys as text[]), cast(:words as text[]), cast(:matters as bigint[])) as n(key, words, matter)
                        on conflict (type, key, words) do update set matter = excluded.matter""")
                .param("type", type)
                .param("keys", all.stream().map(one -> one.getKey().key()).toArray(String[]::new))
                .param("words", all.stream().map(one -> one.getKey().words()).toArray(String[]::new))
                .param("matters", all.stream().map(Map.Entry::getValue).toArray(Long[]::new))
                .update();
    }

    void outcomes(long id, int place, String outcome, Map<Integer, Long> matters) {
        List<Map.Entry<Integer, Long>> all = new ArrayList<>(matters.entrySet());
        sql.sql("""
                        update sheet_row r set outcome = :outcome, matter = nullif(n.matter, 0)
                        from unnest(cast(:rows as int[]), cast(:matters as bigint[])) as n(row, matter)
                        where r.import = :id and r.place = :place and r.row = n.row""")
                .param("id", id)
                .param("place", place)
                .param("outcome", outcome)
                .param("rows", all.stream().map(Map.Entry::getKey).toArray(Integer[]::new))
                .param("matters", all.stream().map(Map.Entry::getValue).toArray(Long[]::new))
                .update();
    }

    /** How sheets of a type were read before, the newest first. */
    List<SheetImport> done(String type, int limit) {
        return sql.sql(SELECT + "where i.state = 'done' and i.type = :type order by i.done_at desc limit :limit")
                .param("type", type)
                .param("limit", limit)
                .query(this::read)
                .list();
    }

    Map<String, List<Long>> people() {
        Map<String, List<Long>> people = new LinkedHashMap<>();
        sql.sql("select id, name from person order by id").query(row -> {
            people.computeIfAbsent(row.getString(2).replaceAll("\\s", ""), name -> new ArrayList<>())
                    .add(row.getLong(1));
        });
        return people;
    }

    void gather(long campaign, Collection<Long> matters) {
        sql.sql("""
                        insert into campaign_matter (campaign, matter) select :campaign, n from unnest(cast(:matters as bigint[])) as n
                        on conflict do nothing""")
                .param("campaign", campaign)
                .param("matters", matters.toArray(Long[]::new))
                .update();
    }
}
