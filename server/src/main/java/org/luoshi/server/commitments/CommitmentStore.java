package org.luoshi.server.commitments;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.commitments.Commitment.Content;
import org.luoshi.server.commitments.Commitment.Doubt;
import org.luoshi.server.commitments.Commitment.Origin;
import org.luoshi.server.commitments.Commitment.Passage;
import org.luoshi.server.commitments.Commitment.State;
import org.luoshi.server.commitments.Commitment.Target;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Commitments in their tables. */
@Component
class CommitmentStore {
    private static final String SELECT = """
            select c.id, c.document, c.span_start, c.span_end, c.sentence, c.section, c.what, c.verb, c.object, c.due,
                   c.due_inferred, c.due_words, c.due_rule, c.theme, c.subtheme, c.lead, c.lead_reason, c.lead_words,
                   c.leader, c.confidence, c.doubts, c.proposed is null as by_hand, c.same_as, c.state, c.merged_into,
                   c.year, c.number, c.version, c.changed_by, c.changed_at
            from commitment c""";

    private final JdbcClient sql;
    private final JsonMapper json;

    CommitmentStore(JdbcClient sql, JsonMapper json) {
        this.sql = sql;
        this.json = json;
    }

    /** All commitments of a document in order of the text, merged ones too. */
    List<Commitment> listOf(long document) {
        return filled(sql.sql(SELECT + " where c.document = :document order by c.span_start, c.id")
                .param("document", document)
                .query((row, n) -> bare(row))
                .list());
    }

    Optional<Commitment> find(long id) {
        return list(List.of(id)).stream().findFirst();
    }

    List<Commitment> list(Collection<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return filled(sql.sql(SELECT + " where c.id in (:ids) order by c.span_start, c.id")
                .param("ids", ids)
                .query((row, n) -> bare(row))
                .list());
    }

    /** Locks rows for the rest of the transaction, in the order of their ids so that two writers cannot wait for each other. */
    Map<Long, Commitment> lock(Collection<Long> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        sql.sql("select id from commitment where id in (:ids) order by id for update")
                .param("ids", new TreeSet<>(ids))
                .query(Long.class)
                .list();
        Map<Long, Commitment> locked = new HashMap<>();
        list(ids).forEach(commitment -> locked.put(commitment.id(), commitment));
        return locked;
    }

    private List<Commitment> filled(List<Commitment> bare) {
        if (bare.isEmpty()) {
            return bare;
        }
        List<Long> ids = bare.stream().map(Commitment::id).toList();
        Map<Long, List<Target>> targets = new HashMap<>();
        sql.sql("""
                        select commitment, id, indicator, op, value, value2, unit, basis, masked, stretch, span_start, span_end
                        from commitment_target where commitment in (:ids) order by commitment, ordinal, id""").param("ids", ids).query(row -> {
            targets.computeIfAbsent(row.getLong("commitment"), id -> new ArrayList<>())
                    .add(new Target(
                            row.getLong("id"),
                            row.getString("indicator"),
                            row.getString("op"),
                            row.getBigDecimal("value"),
                            row.getBigDecimal("value2"),
                            row.getString("unit"),
                            row.getString("basis"),
                            row.getBoolean("masked"),
                            row.getBoolean("stretch"),
                            row.getObject("span_start", Integer.class),
                            row.getObject("span_end", Integer.class)));
        });
        Map<Long, List<Long>> joint = new HashMap<>();
        sql.sql("select commitment, unit from commitment_joint where commitment in (:ids) order by commitment, ordinal")
                .param("ids", ids)
                .query(row -> {
                    joint.computeIfAbsent(row.getLong("commitment"), id -> new ArrayList<>())
                            .add(row.getLong("unit"));
                });
        return bare.stream()
                .map(c -> {
                    Content b = c.content();
                    return c.with(new Content(
                            b.what(),
                            b.verb(),
                            b.object(),
                            b.due(),
                            b.dueInferred(),
                            b.dueWords(),
                            b.dueRule(),
                            b.theme(),
                            b.subtheme(),
                            b.lead(),
                            b.leadReason(),
                            b.leadWords(),
                            b.leader(),
                            List.copyOf(joint.getOrDefault(c.id(), List.of())),
                            List.copyOf(targets.getOrDefault(c.id(), List.of()))));
                })
                .toList();
    }

    private Commitment bare(ResultSet row) throws SQLException {
        return new Commitment(
                row.getLong("id"),
                row.getLong("document"),
                new Passage(
                        row.getInt("span_start"),
                        row.getInt("span_end"),
                        row.getString("sentence"),
                        row.getString("section")),
                new Content(
                        row.getString("what"),
                        row.getString("verb"),
                        row.getString("object"),
                        row.getObject("due", LocalDate.class),
                        row.getBoolean("due_inferred"),
                        row.getString("due_words"),
                        row.getString("due_rule"),
                        row.getString("theme"),
                        row.getString("subtheme"),
                        row.getObject("lead", Long.class),
                        row.getString("lead_reason"),
                        row.getString("lead_words"),
                        row.getObject("leader", Long.class),
                        List.of(),
                        List.of()),
                new Origin(
                        row.getDouble("confidence"),
                        json.readValue(row.getString("doubts"), new TypeReference<List<Doubt>>() {}),
                        row.getBoolean("by_hand"),
                        row.getObject("same_as", Long.class)),
                State.of(row.getString("state")),
                row.getObject("merged_into", Long.class),
                row.getObject("year", Integer.class),
                row.getString("number"),
                row.getInt("version"),
                row.getObject("changed_by", Long.class),
                row.getTimestamp("changed_at").toInstant());
    }

    /**
     * Stores a new commitment; its id and those of its targets are given here unless it has them already (an undone
     * deletion).
     */
    long insert(Commitment c, @Nullable String proposed) {
        long id = sql.sql(
                        "insert into commitment (document, span_start, span_end, sentence, section, what, verb, object,"
                                + " due, due_inferred, due_words, due_rule, theme, subtheme, lead, lead_reason, lead_words, leader,"
                                + " confidence, doubts, proposed, same_as, state, merged_into, year, number, version, changed_by,"
                                + " changed_at, words) values (:document, :start, :end, :sentence, :section, :what, :verb, :object,"
                                + " :due, :dueInferred, :dueWords, :dueRule, :theme, :subtheme, :lead, :leadReason, :leadWords,"
                                + " :leader, :confidence, cast(:doubts as jsonb), cast(:proposed as jsonb), :sameAs, :state,"
                                + " :mergedInto, :year, :number, :version, :by, :at, :words) returning id")
                .params(values(c))
                .param("document", c.document())
                .param("confidence", c.origin().confidence())
                .param("doubts", json.writeValueAsString(c.origin().doubts()))
                .param("proposed", proposed)
                .param("sameAs", c.origin().sameAs())
                .query(Long.class)
                .single();
        writeTargets(id, c.content().targets());
        writeJoint(id, c.content().joint());
        return id;
    }

    /** Writes all that can change; targets keep their ids, so that what hangs on them stays. */
    void update(Commitment before, Commitment after) {
        sql.sql("update commitment set span_start = :start, span_end = :end, sentence = :sentence, section = :section,"
                        + " what = :what, verb = :verb, object = :object, due = :due, due_inferred = :dueInferred,"
                        + " due_words = :dueWords, due_rule = :dueRule, theme = :theme, subtheme = :subtheme,"
                        + " lead = :lead, lead_reason = :leadReason, lead_words = :leadWords, leader = :leader,"
                        + " state = :state, merged_into = :mergedInto, year = :year, number = :number,"
                        + " registered_at = case when :state = 'registered' then coalesce(registered_at, :at) end,"
                        + " version = :version, changed_by = :by, changed_at = :at, words = :words where id = :id")
                .params(values(after))
                .param("id", after.id())
                .update();
        if (!before.content().targets().equals(after.content().targets())) {
            writeTargets(after.id(), after.content().targets());
        }
        if (!before.content().joint().equals(after.content().joint())) {
            writeJoint(after.id(), after.content().joint());
        }
    }

    void delete(long id) {
        sql.sql("update commitment set same_as = null where same_as = :id")
                .param("id", id)
                .update();
        sql.sql("delete from commitment where id = :id").param("id", id).update();
    }

    private static Map<String, @Nullable Object> values(Commitment c) {
        Content content = c.content();
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("start", c.passage().start());
        values.put("end", c.passage().end());
        values.put("sentence", c.passage().sentence());
        values.put("section", c.passage().section());
        values.put("what", content.what());
        values.put("verb", content.verb());
        values.put("object", content.object());
        values.put("due", content.due());
        values.put("dueInferred", content.dueInferred());
        values.put("dueWords", content.dueWords());
        values.put("dueRule", content.dueRule());
        values.put("theme", content.theme());
        values.put("subtheme", content.subtheme());
        values.put("lead", content.lead());
        values.put("leadReason", content.leadReason());
        values.put("leadWords", content.leadWords());
        values.put("leader", content.leader());
        values.put("state", c.state().key());
        values.put("mergedInto", c.mergedInto());
        values.put("year", c.year());
        values.put("number", c.number());
        values.put("version", c.version());
        values.put("by", c.changedBy());
        values.put("at", Timestamp.from(c.changedAt()));
        values.put("words", words(c));
        return values;
    }

    private static String[] words(Commitment c) {
        StringBuilder all = new StringBuilder(c.content().what())
                .append('\n')
                .append(c.passage().sentence());
        for (Target target : c.content().targets()) {
            all.append('\n').append(target.indicator());
            if (target.value() != null) {
                all.append('\n').append(target.value().toPlainString());
            }
            if (target.unit() != null) {
                all.append(target.unit());
            }
        }
        return SearchWords.of(all.toString()).toArray(String[]::new);
    }

    private void writeTargets(long commitment, List<Target> targets) {
        List<Long> kept =
                targets.stream().map(Target::id).filter(Objects::nonNull).toList();
        sql.sql("delete from commitment_target where commitment = :commitment and id not in (:kept)")
                .param("commitment", commitment)
                .param("kept", kept.isEmpty() ? List.of(-1L) : kept)
                .update();
        int ordinal = 0;
        for (Target target : targets) {
            String columns =
                    "commitment, ordinal, indicator, op, value, value2, unit, basis, masked, stretch, span_start, span_end";
            String given =
                    ":commitment, :ordinal, :indicator, :op, :value, :value2, :unit, :basis, :masked, :stretch, :start, :end";
            String statement = target.id() == null
                    ? "insert into commitment_target (" + columns + ") values (" + given + ")"
                    : "insert into commitment_target (id, " + columns + ") overriding system value values (:id, "
                            + given
                            + ") on conflict (id) do update set commitment = excluded.commitment, ordinal = excluded.ordinal,"
                            + " indicator = excluded.indicator, op = excluded.op, value = excluded.value,"
                            + " value2 = excluded.value2, unit = excluded.unit, basis = excluded.basis,"
                            + " masked = excluded.masked, stretch = excluded.stretch, span_start = excluded.span_start,"
                            + " span_end = excluded.span_end";
            JdbcClient.StatementSpec spec = sql.sql(statement)
                    .param("commitment", commitment)
                    .param("ordinal", ordinal++)
                    .param("indicator", target.indicator())
                    .param("op", target.op())
                    .param("value", target.value())
                    .param("value2", target.value2())
                    .param("unit", target.unit())
                    .param("basis", target.basis())
                    .param("masked", target.masked())
                    .param("stretch", target.stretch())
                    .param("start", target.start())
                    .param("end", target.end());
            (target.id() == null ? spec : spec.param("id", target.id())).update();
        }
    }

    private void writeJoint(long commitment, List<Long> units) {
        sql.sql("delete from commitment_joint where commitment = :commitment")
                .param("commitment", commitment)
                .update();
        int ordinal = 0;
        for (long unit : units) {
            sql.sql("insert into commitment_joint (commitment, unit, ordinal) values (:commitment, :unit, :ordinal)")
                    .param("commitment", commitment)
                    .param("unit", unit)
                    .param("ordinal", ordinal++)
                    .update();
        }
    }

    /** The reader's proposals of a document by commitment, as they were stored. */
    Map<Long, String> listProposed(long document) {
        Map<Long, String> proposed = new HashMap<>();
        sql.sql("select id, proposed from commitment where document = :document and proposed is not null")
                .param("document", document)
                .query(row -> {
                    proposed.put(row.getLong(1), row.getString(2));
                });
        return proposed;
    }

    Optional<String> findProposed(long id) {
        return sql.sql("select proposed::text from commitment where id = :id and proposed is not null")
                .param("id", id)
                .query(String.class)
                .optional();
    }

    @Nullable
    Long leaderOf(long unit, LocalDate day) {
        return sql.sql("""
                        select person from leader_of_unit
                        where unit = :unit and held_from <= :day and (held_to is null or held_to > :day)
                        order by held_from desc limit 1""")
                .param("unit", unit)
                .param("day", day)
                .query(Long.class)
                .optional()
                .orElse(null);
    }

    /** Takes the next numbers of a year; others who number wait until this transaction ends, so that none is given twice. */
    int takeNumbers(int year, int count) {
        return sql.sql("""
                        insert into register_number (year, last) values (:year, :count)
                        on conflict (year) do update set last = register_number.last + :count
                        returning last""")
                        .param("year", year)
                        .param("count", count)
                        .query(Integer.class)
                        .single()
                - count;
    }
}
