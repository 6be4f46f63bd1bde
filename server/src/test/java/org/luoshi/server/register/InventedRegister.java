package org.luoshi.server.register;

import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;
import org.jspecify.annotations.NullMarked;
import org.luoshi.server.commitments.SearchWords;

/**
 * Fills a register with invented entries of plain words: as many as asked for, always the same ones. Needs units and
 * one account in the database. Used by tests and benchmarks.
 */
@NullMarked
public final class InventedRegister {
    private static final List<String> VERBS = List.of("建成", "改造", "新增", "完成", "实施", "修复", "扩建", "整治", "推广", "培育");
    private static final List<String> PLACES =
            List.of("东山", "西河", "南坪", "北塘", "青石", "白沙", "柳林", "松岗", "龙潭", "杏花", "枫桥", "竹园");
    private static final List<String> THINGS = List.of(
            "道路", "桥梁", "管网", "厂房", "学校", "卫生院", "停车位", "公园", "农田", "水库", "养老床位", "老旧小区", "垃圾站", "污水厂", "文化站", "充电桩");
    private static final List<String> UNITS =
            List.of("公里", "座", "公里", "平方米", "所", "个", "个", "个", "亩", "座", "张", "个", "座", "座", "个", "个");
    private static final List<String> THEMES = List.of(
            "economy/growth",
            "economy/industry",
            "projects/investment",
            "innovation/digital",
            "reform/business",
            "rural/farming",
            "city/building",
            "city/housing",
            "ecology/pollution",
            "livelihood/education",
            "livelihood/health",
            "safety/risk");
    private static final Instant REGISTERED = Instant.parse("2026-02-01T02:00:00Z");

    private final DataSource source;

    public InventedRegister(DataSource source) {
        this.source = source;
    }

    /** The words of a text, as the register is searched by. */
    static List<String> pairs(String text) {
        return SearchWords.of(text);
    }

    /**
     * Adds entries with numbers that go on from those that are there, such as {@code 26-000001}, a hundred to a document; three in ten are of the year
     * before, one in fifty has no lead unit, one in forty no deadline, one in sixty a masked target.
     */
    public void fill(int entries) throws SQLException {
        Random random = new Random(20260121);
        try (Connection c = source.getConnection()) {
            c.setAutoCommit(false);
            List<Long> units = ids(c, "select id from unit where kind <> 'government' order by id");
            List<Long> leaders = ids(c, "select distinct person from leader_of_unit order by 1");
            long account = ids(c, "select min(id) from account").getFirst();
            int before =
                    Math.toIntExact(ids(c, "select count(*) from commitment").getFirst());
            List<Long> documents = new ArrayList<>();
            for (int i = 0; i <= (entries - 1) / 100; i++) {
                documents.add(document(c, account, i));
            }
            try (PreparedStatement batch = c.prepareStatement(ENTRY);
                    PreparedStatement target = c.prepareStatement("""
                            insert into commitment_target (commitment, ordinal, indicator, op, value, unit, basis, masked)
                            values (?, 0, ?, '>=', ?, ?, 'level', ?)""");
                    PreparedStatement joint = c.prepareStatement(
                            "insert into commitment_joint (commitment, unit, ordinal) values (?, ?, ?)")) {
                long first = next(c, entries);
                for (int i = 0; i < entries; i++) {
                    long id = first + i;
                    int thing = random.nextInt(THINGS.size());
                    int amount = 1 + random.nextInt(900);
                    String verb = VERBS.get(random.nextInt(VERBS.size()));
                    String object = PLACES.get(random.nextInt(PLACES.size())) + THINGS.get(thing);
                    String what = verb + object + amount + UNITS.get(thing);
                    String sentence = what + "，年底前交付使用并接受检查";
                    boolean lastYear = random.nextInt(10) < 3;
                    int year = lastYear ? 2025 : 2026;
                    boolean masked = random.nextInt(60) == 0;
                    int column = 1;
                    batch.setLong(column++, id);
                    batch.setLong(column++, documents.get(i / 100));
                    batch.setInt(column++, i % 100 * 40);
                    batch.setInt(column++, i % 100 * 40 + sentence.length());
                    batch.setString(column++, sentence);
                    batch.setString(column++, what);
                    batch.setString(column++, verb);
                    batch.setString(column++, object);
                    batch.setDate(
                            column++,
                            random.nextInt(40) == 0
                                    ? null
                                    : Date.valueOf(LocalDate.of(year, 1 + random.nextInt(12), 28)));
                    batch.setBoolean(column++, random.nextBoolean());
                    String[] theme = THEMES.get(random.nextInt(THEMES.size())).split("/", 2);
                    batch.setString(column++, theme[0]);
                    batch.setString(column++, theme[1]);
                    batch.setObject(
                            column++,
                            random.nextInt(50) == 0 ? null : units.get(random.nextInt(units.size())),
                            java.sql.Types.BIGINT);
                    batch.setObject(
                            column++,
                            leaders.isEmpty() ? null : leaders.get(random.nextInt(leaders.size())),
                            java.sql.Types.BIGINT);
                    batch.setString(column++, "第" + (1 + i % 100 / 20) + "部分");
                    batch.setInt(column++, year);
                    batch.setString(column++, "%d-%06d".formatted(year % 100, before + i + 1));
                    batch.setTimestamp(column++, Timestamp.from(REGISTERED));
                    batch.setLong(column++, account);
                    batch.setTimestamp(column++, Timestamp.from(REGISTERED));
                    batch.setArray(
                            column++,
                            c.createArrayOf("text", pairs(what + " " + sentence).toArray()));
                    batch.addBatch();
                    target.setLong(1, id);
                    target.setString(2, object);
                    target.setObject(3, masked ? null : amount, java.sql.Types.NUMERIC);
                    target.setString(4, UNITS.get(thing));
                    target.setBoolean(5, masked);
                    target.addBatch();
                    int many = random.nextInt(4);
                    for (int j = 0; j < many; j++) {
                        joint.setLong(1, id);
                        joint.setLong(2, units.get((random.nextInt(units.size()) / 4 * 4 + j) % units.size()));
                        joint.setInt(3, j);
                        joint.addBatch();
                    }
                    if (i % 1_000 == 999 || i == entries - 1) {
                        batch.executeBatch();
                        target.executeBatch();
                        joint.executeBatch();
                    }
                }
            }
            c.commit();
            c.setAutoCommit(true);
            try (var statement = c.createStatement()) {
                statement.execute("vacuum analyze commitment");
                statement.execute("vacuum analyze commitment_joint");
                statement.execute("vacuum analyze commitment_target");
            }
        }
    }

    private static final String ENTRY = """
            insert into commitment (id, document, span_start, span_end, sentence, what, verb, object, due, due_inferred, theme,
              subtheme, lead, leader, section, confidence, state, year, number, registered_at, changed_by, changed_at, words)
            overriding system value
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0.9, 'registered', ?, ?, ?, ?, ?, ?)""";

    /** Reserves ids, so that targets and joint units can be sent with their entries. */
    private static long next(Connection c, int entries) throws SQLException {
        try (var statement = c.createStatement();
                var rows = statement.executeQuery(
                        "select max(nextval(pg_get_serial_sequence('commitment', 'id'))) from generate_series(1, "
                                + entries + ")")) {
            rows.next();
            return rows.getLong(1) - entries + 1;
        }
    }

    private static long document(Connection c, long account, int index) throws SQLException {
        try (PreparedStatement insert = c.prepareStatement("""
                        insert into document (title, file_name, format, sha256, bytes, state, text, task_year, uploaded_by, uploaded_at, read_at)
                        values (?, ?, 'txt', ?, 4000, 'read', ?, 2026, ?, ?, ?) returning id""")) {
            insert.setString(1, "示例报告之" + (index + 1));
            insert.setString(2, "report-" + index + ".txt");
            insert.setString(3, "invented-" + index + "-" + System.nanoTime());
            insert.setString(4, "示例文字。".repeat(800));
            insert.setLong(5, account);
            insert.setTimestamp(6, Timestamp.from(REGISTERED));
            insert.setTimestamp(7, Timestamp.from(REGISTERED));
            try (var rows = insert.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static List<Long> ids(Connection c, String question) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (var statement = c.createStatement();
                var rows = statement.executeQuery(question)) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        return ids;
    }
}
