package org.luoshi.server.matters;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.calendar.Limit;
import org.luoshi.server.calendar.Run;
import org.luoshi.server.matters.types.Light;
import org.luoshi.server.matters.types.PublicState;
import org.luoshi.server.matters.types.State;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Rows of matters, their clocks and milestones. */
@Component
class MatterStore {
    static final String COLUMNS = """
            m.id, m.type, m.type_version, m.number, m.year, m.title, m.what, m.state, m.ended, m.done, m.lead, m.leader,
            m.checker, m.giver, m.due, m.first_due, m.source, m.commitment, m.parent, m.merged_into, m.weight,
            m.is_public, m.fields, m.joint, m.waits, m.waits_since, m.waits_until, m.progress, m.reported,
            m.reported_at, m.unverified, m.light, m.light_word, m.light_why, m.light_since, m.level, m.bounced,
            m.extended, m.recurred, m.asked, m.mover, m.created_at, m.given_at, m.closed_at, m.changed_at, m.version""";

    /** All columns in the order of the table, for a union of matters and what they were. */
    static final String ALL_COLUMNS = """
            id, type, type_version, number, year, title, what, state, ended, done, lead, leader, checker, giver,
            due, first_due, source, commitment, parent, merged_into, weight, is_public, fields, joint, parties,
            waits, waits_since, waits_until, progress, reported, reported_at, unverified, light, light_word,
            light_why, light_since, level, bounced, extended, recurred, asked, mover, created_by, created_at,
            given_at, closed_at, changed_at, version, words, struck_at""";

    /**
     * The matters as they stood at the moment {@code :at}, each with the light that showed then: one that turned by the
     * calendar alone is in a history of its own.
     */
    static final String THEN = "(select "
            + Arrays.stream(ALL_COLUMNS.split(",\\s*"))
                    .map(column -> switch (column) {
                        case "light", "light_word", "light_why" ->
                            "case when l.matter is null then r.%1$s else l.%1$s end as %1$s".formatted(column);
                        default -> "r." + column;
                    })
                    .collect(Collectors.joining(", "))
            + " from (select " + ALL_COLUMNS + " from matter where changed_at <= :at union all select " + ALL_COLUMNS
            + " from matter_was where changed_at <= :at and valid_to > :at) r"
            + " left join light_was l on l.matter = r.id and l.changed_at = r.changed_at"
            + " and l.since <= :at and l.until > :at) m";

    private static final TypeReference<LinkedHashMap<String, String>> TEXTS = new TypeReference<>() {};

    private final JdbcClient sql;
    private final JsonMapper json;

    MatterStore(JdbcClient sql, JsonMapper json) {
        this.sql = sql;
        this.json = json;
    }

    Optional<Matter> find(long id) {
        return sql.sql("select " + COLUMNS + " from matter m where m.id = :id")
                .param("id", id)
                .query((row, n) -> matter(row))
                .optional();
    }

    /** Those of some matters that the person who asks may see, in no order. */
    List<Matter> list(java.util.Collection<Long> ids) {
        return sql.sql("select " + COLUMNS + " from matter m where m.id = any(cast(:ids as bigint[]))")
                .param("ids", ids.toArray(Long[]::new))
                .query((row, n) -> matter(row))
                .list();
    }

    Optional<Matter> findByNumber(String number) {
        return sql.sql("select " + COLUMNS + " from matter m where m.number = :number")
                .param("number", number)
                .query((row, n) -> matter(row))
                .optional();
    }

    /** Locks a matter until the end of the transaction. */
    Optional<Matter> lock(long id) {
        return sql.sql("select " + COLUMNS + " from matter m where m.id = :id for update")
                .param("id", id)
                .query((row, n) -> matter(row))
                .optional();
    }

    /** Keeps a matter from being changed by anybody else until the end of the transaction. */
    void hold(long id) {
        sql.sql("select id from matter where id = :id for update")
                .param("id", id)
                .query(Long.class)
                .list();
    }

    /** A matter as it stood at a moment; empty where it did not exist. */
    Optional<Matter> findAt(long id, Instant at) {
        return sql.sql("select " + COLUMNS + " from " + THEN + " where m.id = :id")
                .param("id", id)
                .param("at", Timestamp.from(at))
                .query((row, n) -> matter(row))
                .optional();
    }

    /** Those of some matters that the person who asks may see, as they stood at a moment, in no order. */
    List<Matter> listAt(java.util.Collection<Long> ids, Instant at) {
        return sql.sql("select " + COLUMNS + " from " + THEN + " where m.id = any(cast(:ids as bigint[]))")
                .param("ids", ids.toArray(Long[]::new))
                .param("at", Timestamp.from(at))
                .query((row, n) -> matter(row))
                .list();
    }

    List<Matter> listPartsAt(long parent, Instant at) {
        return sql.sql("select " + COLUMNS + " from " + THEN + " where m.parent = :parent order by m.id")
                .param("parent", parent)
                .param("at", Timestamp.from(at))
                .query((row, n) -> matter(row))
                .list();
    }

    List<Matter> listParts(long parent) {
        return sql.sql("select " + COLUMNS + " from matter m where m.parent = :parent order by m.id")
                .param("parent", parent)
                .query((row, n) -> matter(row))
                .list();
    }

    /** The units that lead what a matter is a part of, all the way up. */
    Set<Long> leadsAbove(long matter) {
        Set<Long> leads = new TreeSet<>();
        asHouse(() -> sql.sql("""
                        with recursive above as (
                          select w.id, w.parent, w.lead from matter p join matter w on w.id = p.parent where p.id = :id
                          union
                          select w.id, w.parent, w.lead from above a join matter w on w.id = a.parent)
                        select lead from above where lead is not null""").param("id", matter).query(row -> {
            leads.add(row.getLong(1));
        }));
        return leads;
    }

    /**
     * Runs work within the transaction that runs as the house itself, which sees every row, and goes back to the role of
     * the person who asks. What fails ends the transaction and with it the role.
     */
    void asHouse(Runnable work) {
        String role =
                sql.sql("select current_setting('role')").query(String.class).single();
        role("none");
        work.run();
        role(role);
    }

    private void role(String role) {
        sql.sql("select set_config('role', :role, true)")
                .param("role", role)
                .query(String.class)
                .single();
    }

    Matter matter(ResultSet row) throws SQLException {
        String asked = row.getString("asked");
        return new Matter(
                row.getLong("id"),
                row.getString("type"),
                row.getInt("type_version"),
                row.getString("number"),
                row.getInt("year"),
                row.getString("title"),
                row.getString("what"),
                row.getString("state"),
                row.getBoolean("ended"),
                row.getBoolean("done"),
                row.getObject("lead", Long.class),
                row.getObject("leader", Long.class),
                row.getObject("checker", Long.class),
                row.getObject("giver", Long.class),
                row.getObject("due", LocalDate.class),
                row.getObject("first_due", LocalDate.class),
                row.getString("source"),
                row.getObject("commitment", Long.class),
                row.getObject("parent", Long.class),
                row.getObject("merged_into", Long.class),
                row.getBigDecimal("weight"),
                row.getBoolean("is_public"),
                json.readValue(row.getString("fields"), TEXTS),
                longs(row.getArray("joint")),
                List.of((String[]) row.getArray("waits").getArray()),
                instant(row, "waits_since"),
                instant(row, "waits_until"),
                row.getBigDecimal("progress"),
                row.getBigDecimal("reported"),
                instant(row, "reported_at"),
                row.getInt("unverified"),
                light(row.getString("light")),
                row.getString("light_word"),
                json.readValue(row.getString("light_why"), TEXTS),
                instant(row, "light_since"),
                row.getString("level"),
                row.getInt("bounced"),
                row.getInt("extended"),
                row.getInt("recurred"),
                asked == null ? null : json.readValue(asked, Matter.Asked.class),
                row.getObject("mover", Long.class),
                row.getTimestamp("created_at").toInstant(),
                instant(row, "given_at"),
                instant(row, "closed_at"),
                row.getTimestamp("changed_at").toInstant(),
                row.getInt("version"));
    }

    static Light light(String key) {
        return Light.valueOf(key.toUpperCase(java.util.Locale.ROOT));
    }

    static List<Long> longs(Array array) throws SQLException {
        return Arrays.asList((Long[]) array.getArray());
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    static @Nullable Timestamp timestamp(@Nullable Instant at) {
        return at == null ? null : Timestamp.from(at);
    }

    /** A new matter with its light, and who made it. */
    record Fresh(Open open, Lights.Judged judged, long account) {}

    /** So many rows go to the database with one statement. */
    private static final int BATCH = 500;

    /** Writes new matters with their clocks and joint units, many with one statement. */
    void insert(List<Fresh> all, Instant at) {
        for (int from = 0; from < all.size(); from += BATCH) {
            List<Fresh> some = all.subList(from, Math.min(all.size(), from + BATCH));
            List<Map<String, Object>> clocks = new ArrayList<>();
            List<Map<String, Object>> joint = new ArrayList<>();
            for (Fresh fresh : some) {
                Open open = fresh.open();
                open.clocks.forEach((key, run) -> clocks.add(clock(open.id(), key, run)));
                for (int i = 0; i < open.joint.size(); i++) {
                    joint.add(Map.of("matter", open.id(), "unit", open.joint.get(i), "ordinal", i));
                }
            }
            insert("matter", some.stream().map(fresh -> row(fresh, at)).toList());
            insert("matter_clock", clocks);
            insert("matter_unit", joint);
        }
    }

    private void insert(String table, List<Map<String, Object>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        String columns = String.join(", ", rows.getFirst().keySet());
        sql.sql("insert into " + table + " (" + columns + ") overriding system value select " + columns
                        + " from jsonb_populate_recordset(null::" + table + ", cast(:rows as jsonb))")
                .param("rows", json.writeValueAsString(rows))
                .update();
    }

    private Map<String, Object> row(Fresh fresh, Instant at) {
        Open open = fresh.open();
        Matter before = open.before;
        Lights.Judged judged = fresh.judged();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", open.id());
        row.put("type", before.type());
        row.put("type_version", before.typeVersion());
        row.put("number", before.number());
        row.put("year", before.year());
        row.put("title", open.title);
        row.put("what", open.what);
        row.put("state", open.state);
        row.put("ended", open.type.getState(open.state).end());
        row.put("done", open.type.getState(open.state).done());
        row.put("lead", open.lead);
        row.put("leader", open.leader);
        row.put("checker", open.checker);
        row.put("giver", before.giver());
        row.put("due", text(open.due));
        row.put("first_due", text(open.firstDue));
        row.put("source", open.source);
        row.put("commitment", before.commitment());
        row.put("parent", before.parent());
        row.put("weight", before.weight());
        row.put("is_public", open.isPublic);
        row.put("fields", open.fields);
        row.put("joint", open.joint);
        row.put("parties", open.parties());
        row.put("waits", open.waits());
        row.put("waits_since", at.toString());
        row.put("waits_until", text(open.waitsUntil()));
        row.put("unverified", 0);
        row.put("light", judged.light().key());
        row.put("light_word", judged.word());
        row.put("light_why", judged.why());
        row.put("light_since", at.toString());
        row.put("bounced", 0);
        row.put("extended", 0);
        row.put("recurred", 0);
        row.put("mover", open.mover);
        row.put("created_by", fresh.account());
        row.put("created_at", at.toString());
        row.put("given_at", text(open.givenAt));
        row.put("struck_at", stands(open.type.getState(open.state)) ? at.toString() : null);
        row.put("changed_at", at.toString());
        row.put("version", 1);
        row.put("words", words(before.number() + " " + open.title));
        return row;
    }

    private static Map<String, Object> clock(long matter, String key, Run run) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("matter", matter);
        row.put("clock", key);
        row.put("counts", run.unit().key());
        row.put("started", run.started().toString());
        row.put("runs_out", run.runsOut().toString());
        row.put("paused_at", text(run.pausedAt()));
        row.put("left_over", run.left());
        row.put("stopped_at", text(run.stoppedAt()));
        row.put("extended", run.extended());
        row.put("resumed_at", text(run.resumedAt()));
        row.put("paused_days", run.pausedDays());
        return row;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    /** Ids for so many new matters. */
    List<Long> takeIds(int count) {
        return sql.sql("select nextval(pg_get_serial_sequence('matter', 'id')) from generate_series(1, :count)")
                .param("count", count)
                .query(Long.class)
                .list();
    }

    /** The first of so many new numbers; the row stays locked, so that none is given twice or left out. */
    int takeNumbers(String type, int year, int count) {
        return sql.sql("""
                        insert into matter_number (type, year, last) values (:type, :year, :count)
                        on conflict (type, year) do update set last = matter_number.last + :count
                        returning last - :count + 1""")
                .param("type", type)
                .param("year", year)
                .param("count", count)
                .query(Integer.class)
                .single();
    }

    /** Whether nobody has work to do in a state any more: an end, or one that the public sees as done. */
    static boolean stands(State state) {
        return state.end() || state.seen() == PublicState.DONE;
    }

    /** Writes a changed matter with its light, its clocks and its joint units. */
    void save(Open open, Lights.Judged judged, Instant at) {
        boolean end = open.type.getState(open.state).end();
        Set<String> waits = open.waits();
        Instant waitsSince = Set.copyOf(open.before.waits()).equals(waits) ? open.before.waitsSince() : at;
        boolean sameLight =
                open.before.light() == judged.light() && open.before.lightWord().equals(judged.word());
        Instant lightSince = sameLight ? open.before.lightSince() : at;
        sql.sql("""
                        update matter set type_version = :type_version, title = :title, what = :what, state = :state, ended = :ended, done = :done,
                          lead = :lead, leader = :leader, checker = :checker, giver = :giver, due = :due, first_due = :first_due,
                          source = :source, merged_into = :merged, is_public = :public, fields = cast(:fields as jsonb),
                          joint = :joint, parties = :parties, waits = :waits, waits_since = :waits_since,
                          waits_until = :waits_until, progress = :progress, reported = :reported,
                          reported_at = :reported_at, unverified = :unverified, light = :light, light_word = :word,
                          light_why = cast(:why as jsonb), light_since = :light_since, level = :level,
                          bounced = :bounced, extended = :extended, recurred = :recurred, asked = cast(:asked as jsonb),
                          mover = :mover, given_at = :given_at, closed_at = :closed_at, changed_at = :at,
                          struck_at = case when :stands then coalesce(struck_at, cast(:at as timestamptz)) end,
                          version = version + 1, words = :words
                        where id = :id""")
                .param("id", open.id())
                .param("type_version", open.type.version())
                .param("title", open.title)
                .param("what", open.what)
                .param("state", open.state)
                .param("ended", end)
                .param("done", open.type.getState(open.state).done())
                .param("lead", open.lead)
                .param("leader", open.leader)
                .param("checker", open.checker)
                .param("giver", open.giver)
                .param("due", open.due)
                .param("first_due", open.firstDue)
                .param("source", open.source)
                .param("merged", open.mergedInto)
                .param("public", open.isPublic)
                .param("fields", json.writeValueAsString(open.fields))
                .param("joint", open.joint.toArray(Long[]::new))
                .param("parties", open.parties().toArray(Long[]::new))
                .param("waits", waits.toArray(String[]::new))
                .param("waits_since", timestamp(waitsSince))
                .param("waits_until", timestamp(open.waitsUntil()))
                .param("progress", open.progress)
                .param("reported", open.reported)
                .param("reported_at", timestamp(open.reportedAt))
                .param("unverified", open.unverified)
                .param("light", judged.light().key())
                .param("word", judged.word())
                .param("why", json.writeValueAsString(judged.why()))
                .param("light_since", timestamp(lightSince))
                .param("level", open.level)
                .param("bounced", open.bounced)
                .param("extended", open.extended)
                .param("recurred", open.recurred)
                .param("asked", open.asked == null ? null : json.writeValueAsString(open.asked))
                .param("mover", open.mover)
                .param("given_at", timestamp(open.givenAt))
                .param("closed_at", timestamp(open.closedAt))
                .param("stands", stands(open.type.getState(open.state)))
                .param("at", Timestamp.from(at))
                .param("words", words(open.before.number() + " " + open.title))
                .update();
        saveJoint(open);
        saveClocks(open.id(), open.clocks);
    }

    private void saveJoint(Open open) {
        if (open.joint.equals(open.before.joint())) {
            return;
        }
        sql.sql("delete from matter_unit where matter = :matter and not unit = any(:joint)")
                .param("matter", open.id())
                .param("joint", open.joint.toArray(Long[]::new))
                .update();
        for (int i = 0; i < open.joint.size(); i++) {
            sql.sql("""
                            insert into matter_unit (matter, unit, ordinal) values (:matter, :unit, :ordinal)
                            on conflict (matter, unit) do update set ordinal = excluded.ordinal""")
                    .param("matter", open.id())
                    .param("unit", open.joint.get(i))
                    .param("ordinal", i)
                    .update();
        }
    }

    private void saveClocks(long matter, Map<String, Run> clocks) {
        clocks.forEach((key, run) -> sql.sql("""
                                insert into matter_clock (matter, clock, counts, started, runs_out, paused_at, left_over, stopped_at, extended, resumed_at, paused_days)
                                values (:matter, :clock, :counts, :started, :runs_out, :paused_at, :left, :stopped_at, :extended, :resumed_at, :paused_days)
                                on conflict (matter, clock) do update set counts = excluded.counts, started = excluded.started,
                                  runs_out = excluded.runs_out, paused_at = excluded.paused_at, left_over = excluded.left_over,
                                  stopped_at = excluded.stopped_at, extended = excluded.extended,
                                  resumed_at = excluded.resumed_at, paused_days = excluded.paused_days""")
                .param("matter", matter)
                .param("clock", key)
                .param("counts", run.unit().key())
                .param("started", Timestamp.from(run.started()))
                .param("runs_out", Timestamp.from(run.runsOut()))
                .param("paused_at", timestamp(run.pausedAt()))
                .param("left", run.left())
                .param("stopped_at", timestamp(run.stoppedAt()))
                .param("extended", run.extended())
                .param("resumed_at", timestamp(run.resumedAt()))
                .param("paused_days", run.pausedDays())
                .update());
    }

    Map<String, Run> clocks(long matter) {
        Map<String, Run> clocks = new HashMap<>();
        sql.sql("""
                        select clock, counts, started, runs_out, paused_at, left_over, stopped_at, extended, resumed_at, paused_days
                        from matter_clock where matter = :matter""").param("matter", matter).query(row -> {
            clocks.put(row.getString("clock"), run(row));
        });
        return clocks;
    }

    static Run run(ResultSet row) throws SQLException {
        return new Run(
                Limit.Unit.valueOf(row.getString("counts")
                        .toUpperCase(java.util.Locale.ROOT)
                        .replace('-', '_')),
                row.getTimestamp("started").toInstant(),
                row.getTimestamp("runs_out").toInstant(),
                instant(row, "paused_at"),
                row.getLong("left_over"),
                instant(row, "stopped_at"),
                row.getInt("extended"),
                instant(row, "resumed_at"),
                row.getLong("paused_days"));
    }

    List<Schedule.Milestone> milestones(long matter) {
        return sql.sql("""
                        select id, ordinal, name, follows, days, weight, baseline, planned, reached, shifted, paused, counts
                        from milestone where matter = :matter order by ordinal""")
                .param("matter", matter)
                .query((row, n) -> milestone(row))
                .list();
    }

    static Schedule.Milestone milestone(ResultSet row) throws SQLException {
        return new Schedule.Milestone(
                row.getLong("id"),
                row.getInt("ordinal"),
                row.getString("name"),
                row.getObject("follows", Long.class),
                row.getInt("days"),
                row.getBigDecimal("weight"),
                row.getObject("baseline", LocalDate.class),
                row.getObject("planned", LocalDate.class),
                row.getObject("reached", LocalDate.class),
                row.getInt("shifted"),
                row.getInt("paused"),
                row.getBoolean("counts"));
    }

    /** What a matter has anything of: a page asks for no more. */
    record Has(
            boolean files,
            boolean reports,
            boolean milestones,
            boolean notices,
            boolean parts,
            boolean campaigns,
            boolean followed) {}

    Has has(long matter, long account) {
        return sql.sql("""
                        select exists (select 1 from stored_file where matter = :matter) as files,
                               exists (select 1 from matter_progress where matter = :matter) as reports,
                               exists (select 1 from milestone where matter = :matter) as milestones,
                               exists (select 1 from matter_notice where matter = :matter) as notices,
                               has_parts(:matter) as parts,
                               exists (select 1 from campaign_matter where matter = :matter) as campaigns,
                               exists (select 1 from follower where matter = :matter and account = :account) as followed""")
                .param("matter", matter)
                .param("account", account)
                .query((row, n) -> new Has(
                        row.getBoolean(1),
                        row.getBoolean(2),
                        row.getBoolean(3),
                        row.getBoolean(4),
                        row.getBoolean(5),
                        row.getBoolean(6),
                        row.getBoolean(7)))
                .single();
    }

    /** When notices of each level went out last. */
    Map<String, Instant> notices(long matter) {
        Map<String, Instant> notices = new HashMap<>();
        sql.sql("select level, max(at) as at from matter_notice where matter = :matter group by level")
                .param("matter", matter)
                .query(row -> {
                    notices.put(row.getString("level"), row.getTimestamp("at").toInstant());
                });
        return notices;
    }

    /** Pairs of neighbouring characters: a search for two characters finds them without a dictionary. */
    static String[] words(String text) {
        return pairs(text).toArray(String[]::new);
    }

    static Collection<String> pairs(String text) {
        Set<String> words = new TreeSet<>();
        String folded = text.toLowerCase(java.util.Locale.ROOT);
        for (int i = 0; i + 1 < folded.length(); i++) {
            if (Character.isLetterOrDigit(folded.charAt(i)) && Character.isLetterOrDigit(folded.charAt(i + 1))) {
                words.add(folded.substring(i, i + 2));
            }
        }
        return words;
    }
}
