package org.luoshi.server.bulletins;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.database.Asking;
import org.luoshi.server.database.Kept;
import org.luoshi.server.database.Revisions;
import org.luoshi.server.matters.Types;
import org.luoshi.server.matters.types.PublicState;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Counts and lists of a period, from the matters as they stood at its two ends. Row level security shows each person the
 * matters of their own units, so that a unit's bulletin is of its own.
 */
@Component
public class Bulletins {
    private static final long MOST_ROWS = 50_000;

    private final JdbcClient sql;
    private final Types types;
    private final Clock clock;
    private final Revisions revisions;
    private final Asking.Finder who;
    private final Kept<Object, Object> kept =
            new Kept<>(MOST_ROWS, value -> value instanceof List<?> rows ? rows.size() + 1 : 1);

    Bulletins(JdbcClient sql, Types types, Revisions revisions, Asking.Finder who, Clock clock) {
        this.sql = sql;
        this.types = types;
        this.clock = clock;
        this.revisions = revisions;
        this.who = who;
    }

    /**
     * What is counted.
     *
     * @param type key of a type, empty: all
     * @param campaign id, null: all matters, in campaigns or not
     */
    public record Scope(
            Period period, String type, @Nullable Long campaign) {}

    /** What campaigns had gathered when the period ended. */
    private static final String GATHERED = """
            select campaign, matter from (
              select distinct on (campaign, matter) campaign, matter, gone from campaign_matter_history
              where at < :ends order by campaign, matter, at desc, n desc) h
            where not gone""";

    /** By what is counted together. */
    enum By {
        UNIT("e.lead", ""),
        CAMPAIGN("g.campaign", " join (" + GATHERED + ") g on g.matter = e.id"),
        ALL("0::bigint", "");

        private final String column;
        private final String join;

        By(String column, String join) {
            this.column = column;
            this.join = join;
        }
    }

    /** The figures of a unit or a campaign. */
    public record Line(long id, Map<Figure, Long> figures) {
        public long of(Figure figure) {
            return figures.getOrDefault(figure, 0L);
        }

        /** Of the matters that were due, those done in time, in per cent; null where none was due: unknown, not zero. */
        public @Nullable BigDecimal rate() {
            long due = of(Figure.DUE);
            return due == 0
                    ? null
                    : BigDecimal.valueOf(of(Figure.ON_TIME))
                            .multiply(BigDecimal.valueOf(100))
                            .divide(BigDecimal.valueOf(due), 1, RoundingMode.HALF_UP);
        }
    }

    /** A matter of a figure's list, as it stood at the end of the period. */
    public record Item(
            long id,
            String number,
            String title,
            String type,
            int typeVersion,
            String state,
            @Nullable Long lead,
            @Nullable LocalDate due,
            @Nullable Instant closed,
            int bounced) {}

    private record Question(
            Object what,
            Scope scope,
            LocalDate today,
            @Nullable Asking who) {}

    @SuppressWarnings("unchecked") // a question has one type of answer
    private <T> T keep(Object what, Scope scope, Supplier<T> read) {
        Asking asking = who.find();
        return (T) kept.get(
                revisions.mattersOf(asking) + revisions.now().people(),
                new Question(what, scope, LocalDate.now(clock), asking),
                read::get);
    }

    private static final String ENDS = """
            with e as (
              select id, type, type_version, number, title, state, ended, done, lead, due, given_at, struck_at, created_at, bounced, extended
              from matter where changed_at < :ends
              union all
              select id, type, type_version, number, title, state, ended, done, lead, due, given_at, struck_at, created_at, bounced, extended
              from matter_was where changed_at < :ends and valid_to >= :ends),
            s as (
              select id, struck_at, bounced, extended from matter where changed_at < :begins
              union all
              select id, struck_at, bounced, extended from matter_was where changed_at < :begins and valid_to >= :begins)
            """;

    private Map<String, Object> parameters(Scope scope) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("begins", Timestamp.from(scope.period().begins()));
        parameters.put("ends", Timestamp.from(scope.period().ends()));
        LocalDate today = LocalDate.now(clock);
        LocalDate next = scope.period().to().plusDays(1);
        parameters.put("from", scope.period().from());
        parameters.put("after", next.isAfter(today) ? today : next);
        parameters.put("held", held());
        parameters.put("off", calledOff());
        if (!scope.type().isEmpty()) {
            parameters.put("type", scope.type());
        }
        if (scope.campaign() != null) {
            parameters.put("campaign", scope.campaign());
        }
        return parameters;
    }

    /** Type and state of what is suspended: its clock stands still, it is not late. */
    private String[] held() {
        return types.list().stream()
                .flatMap(type -> type.states().values().stream()
                        .filter(state -> state.seen() == PublicState.SUSPENDED)
                        .map(state -> type.key() + "/" + state.key()))
                .toArray(String[]::new);
    }

    /** Type and state of what was called off or merged: nobody failed at it. */
    private String[] calledOff() {
        return types.list().stream()
                .flatMap(type -> type.states().keySet().stream()
                        .filter(type::isCalledOff)
                        .map(state -> type.key() + "/" + state))
                .toArray(String[]::new);
    }

    /** Whether the person who asks sees all matters; else a bulletin is of some units only. */
    boolean isWhole() {
        Asking asking = who.find();
        return asking == null || asking.all();
    }

    private static String where(Scope scope) {
        return " where true" + (scope.type().isEmpty() ? "" : " and e.type = :type")
                + (scope.campaign() == null
                        ? ""
                        : " and e.id in (select g.matter from (" + GATHERED + ") g where g.campaign = :campaign)");
    }

    /** One line for each unit or campaign that has anything to show, those with most overdue first. */
    List<Line> lines(Scope scope, By by) {
        return keep(by, scope, () -> count(scope, by));
    }

    private List<Line> count(Scope scope, By by) {
        String counts = Arrays.stream(Figure.values())
                .map(f -> "count(*) filter (where " + f.condition() + ") as "
                        + f.name().toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.joining(", "));
        return sql
                .sql(ENDS + "select " + by.column + " as id, " + counts + " from e left join s on s.id = e.id" + by.join
                        + where(scope) + " group by 1 order by overdue desc, late desc, due desc, active desc, 1")
                .params(parameters(scope))
                .query(Bulletins::line)
                .list()
                .stream()
                .filter(line ->
                        line.id() >= 0 && line.figures().values().stream().anyMatch(count -> count > 0))
                .toList();
    }

    private static Line line(ResultSet row, int n) throws SQLException {
        Map<Figure, Long> figures = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            figures.put(figure, row.getLong(figure.name()));
        }
        long id = row.getLong("id");
        return new Line(row.wasNull() ? -1 : id, figures);
    }

    /** The figures of all matters together. */
    Line all(Scope scope) {
        List<Line> lines = lines(scope, By.ALL);
        return lines.isEmpty() ? new Line(0, new EnumMap<>(Figure.class)) : lines.getFirst();
    }

    /** The matters that a figure counts. */
    List<Item> list(Scope scope, Figure figure, @Nullable Long unit, int limit) {
        return keep(List.of(figure, String.valueOf(unit), limit), scope, () -> read(scope, figure, unit, limit));
    }

    private List<Item> read(Scope scope, Figure figure, @Nullable Long unit, int limit) {
        Map<String, Object> parameters = parameters(scope);
        if (unit != null) {
            parameters.put("unit", unit);
        }
        return sql.sql(ENDS + """
                        select e.id, e.number, e.title, e.type, e.type_version, e.state, e.lead, e.due, e.struck_at,
                               e.bounced - coalesce(s.bounced, 0) as bounced
                        from e left join s on s.id = e.id""" + where(scope) + " and (" + figure.condition() + ")"
                        + (unit == null ? "" : " and e.lead = :unit")
                        + " order by e.due nulls last, e.number limit :limit")
                .params(parameters)
                .param("limit", limit)
                .query((row, n) -> new Item(
                        row.getLong("id"),
                        row.getString("number"),
                        row.getString("title"),
                        row.getString("type"),
                        row.getInt("type_version"),
                        row.getString("state"),
                        row.getObject("lead", Long.class),
                        row.getObject("due", LocalDate.class),
                        row.getTimestamp("struck_at") == null
                                ? null
                                : Objects.requireNonNull(row.getTimestamp("struck_at"))
                                        .toInstant(),
                        row.getInt("bounced")))
                .list();
    }
}
