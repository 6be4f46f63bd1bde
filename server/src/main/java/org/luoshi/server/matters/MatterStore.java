package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.calendar.Limit;
import org.luoshi.server.calendar.Run;
import org.luoshi.server.matters.types.Light;
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
            given_at, closed_at, changed_at, version, words""";

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

    /** A matter as it stood at a moment; empty where it did not exist. */
    Optional<Matter> findAt(long id, Instant at) {
        return sql.sql("select " + COLUMNS + " from matter m where m.id = :id and m.changed_at <= :at union all select "
                        + COLUMNS
                        + " from matter_was m where m.id = :id and m.changed_at <= :at and m.valid_to > :at limit 1")
                .param("id", id)
                .param("at", Timestamp.from(at))
                .query((row, n) -> matter(row))
                .optional();
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

    /** A new matter. */
    record Fresh(
            String type,
            int version,
            String number,
            int year,
            String state,
            @Nullable Long giver,
            @Nullable Long commitment,
            @Nullable Long parent,
            BigDecimal weight,
            @Nullable Long account,
            Instant at) {}

    long insert(Fresh fresh) {
        return sql.sql("""
                        insert into matter (type, type_version, number, year, title, state, giver, commitment, parent, weight,
                                            parties, created_by, created_at, changed_at)
                        values (:type, :version, :number, :year, '', :state, :giver, :commitment, :parent, :weight,
                                :parties, :account, :at, :at)
                        returning id""")
                .param("parties", fresh.giver() == null ? new Long[0] : new Long[] {fresh.giver()})
                .param("type", fresh.type())
                .param("version", fresh.version())
                .param("number", fresh.number())
                .param("year", fresh.year())
                .param("state", fresh.state())
                .param("giver", fresh.giver())
                .param("commitment", fresh.commitment())
                .param("parent", fresh.parent())
                .param("weight", fresh.weight())
                .param("account", fresh.account())
                .param("at", Timestamp.from(fresh.at()))
                .query(Long.class)
                .single();
    }

    /** The next number of a type in a year; the row stays locked, so that none is given twice or left out. */
    int nextNumber(String type, int year) {
        return sql.sql("""
                        insert into matter_number (type, year, last) values (:type, :year, 1)
                        on conflict (type, year) do update set last = matter_number.last + 1
                        returning last""")
                .param("type", type)
                .param("year", year)
                .query(Integer.class)
                .single();
    }

    /** Writes a changed matter with its light, its clocks and its joint units. */
    void save(Open open, Lights.Judged judged, Instant at, boolean fresh) {
        boolean end = open.type.getState(open.state).end();
        Set<String> waits = open.waits();
        Instant waitsSince = Set.copyOf(open.before.waits()).equals(waits) ? open.before.waitsSince() : at;
        boolean sameLight =
                open.before.light() == judged.light() && open.before.lightWord().equals(judged.word());
        Instant lightSince = sameLight ? open.before.lightSince() : at;
        sql.sql("""
                        update matter set title = :title, what = :what, state = :state, ended = :ended, done = :done,
                          lead = :lead, leader = :leader, checker = :checker, due = :due, first_due = :first_due,
                          source = :source, merged_into = :merged, is_public = :public, fields = cast(:fields as jsonb),
                          joint = :joint, parties = :parties, waits = :waits, waits_since = :waits_since,
                          waits_until = :waits_until, progress = :progress, reported = :reported,
                          reported_at = :reported_at, unverified = :unverified, light = :light, light_word = :word,
                          light_why = cast(:why as jsonb), light_since = :light_since, level = :level,
                          bounced = :bounced, extended = :extended, recurred = :recurred, asked = cast(:asked as jsonb),
                          mover = :mover, given_at = :given_at, closed_at = :closed_at, changed_at = :at,
                          version = version + :step, words = :words
                        where id = :id""")
                .param("id", open.id())
                .param("title", open.title)
                .param("what", open.what)
                .param("state", open.state)
                .param("ended", end)
                .param("done", open.type.getState(open.state).done())
                .param("lead", open.lead)
                .param("leader", open.leader)
                .param("checker", open.checker)
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
                .param("at", Timestamp.from(at))
                .param("step", fresh ? 0 : 1)
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
                                insert into matter_clock (matter, clock, counts, started, runs_out, paused_at, left_over, stopped_at, extended)
                                values (:matter, :clock, :counts, :started, :runs_out, :paused_at, :left, :stopped_at, :extended)
                                on conflict (matter, clock) do update set counts = excluded.counts, started = excluded.started,
                                  runs_out = excluded.runs_out, paused_at = excluded.paused_at, left_over = excluded.left_over,
                                  stopped_at = excluded.stopped_at, extended = excluded.extended""")
                .param("matter", matter)
                .param("clock", key)
                .param("counts", run.unit().key())
                .param("started", Timestamp.from(run.started()))
                .param("runs_out", Timestamp.from(run.runsOut()))
                .param("paused_at", timestamp(run.pausedAt()))
                .param("left", run.left())
                .param("stopped_at", timestamp(run.stoppedAt()))
                .param("extended", run.extended())
                .update());
    }

    Map<String, Run> clocks(long matter) {
        Map<String, Run> clocks = new HashMap<>();
        sql.sql("""
                        select clock, counts, started, runs_out, paused_at, left_over, stopped_at, extended
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
                row.getInt("extended"));
    }

    List<Schedule.Milestone> milestones(long matter) {
        return sql.sql("""
                        select id, ordinal, name, follows, days, weight, baseline, planned, reached
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
                row.getObject("reached", LocalDate.class));
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
