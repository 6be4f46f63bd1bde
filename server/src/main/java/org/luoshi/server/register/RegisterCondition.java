package org.luoshi.server.register;

import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.register.RegisterFilter.Due;
import org.luoshi.server.register.RegisterFilter.State;

/**
 * A filter as SQL: a condition on {@code commitment c} made of fixed texts, and the values of its named parameters.
 * Nothing of a request enters the text.
 */
record RegisterCondition(String text, Map<String, Object> values) {
    /** Targets whose shares do not make up the total, or whose total is no longer one that can be split. */
    static final String SPLIT_OFF = """
            c.id in (select t.commitment from target_split s join commitment_target t on t.id = s.target
                     where t.basis <> 'level' or t.masked or t.value2 is not null
                        or t.value is distinct from (select sum(x.value) from target_share x where x.target = s.target))""";

    private static final String MASKED = "c.id in (select t.commitment from commitment_target t where t.masked)";

    static RegisterCondition of(RegisterFilter filter, LocalDate today, UnitNames units) {
        List<String> all = new ArrayList<>();
        Map<String, Object> values = new HashMap<>();
        all.add("c.state = 'registered'");
        if (!filter.units().isEmpty()) {
            Set<Long> meant = new LinkedHashSet<>();
            filter.units().forEach(unit -> meant.addAll(units.withAllBelow(unit)));
            values.put("units", meant.toArray(Long[]::new));
            String lead = "c.lead = any(:units)";
            String joint = "c.id in (select j.commitment from commitment_joint j where j.unit = any(:units))";
            all.add(
                    switch (filter.part()) {
                        case LEAD -> lead;
                        case JOINT -> joint;
                        case ANY -> "(" + lead + " or " + joint + ")";
                    });
        }
        if (!filter.themes().isEmpty()) {
            values.put("themes", filter.themes().toArray(String[]::new));
            all.add(
                    "(c.theme = any(cast(:themes as text[])) or c.theme || '/' || c.subtheme = any(cast(:themes as text[])))");
        }
        due(filter.due(), today, all, values);
        if (!filter.states().isEmpty()) {
            all.add(filter.states().stream()
                    .map(RegisterCondition::state)
                    .collect(Collectors.joining(" or ", "(", ")")));
        }
        if (!filter.documents().isEmpty()) {
            values.put("documents", filter.documents().toArray(Long[]::new));
            all.add("c.document = any(:documents)");
        }
        if (!filter.years().isEmpty()) {
            values.put("years", filter.years().toArray(Integer[]::new));
            all.add("c.year = any(:years)");
        }
        text(filter.text(), all, values);
        return new RegisterCondition(String.join("\n and ", all), values);
    }

    private static void due(@Nullable Due due, LocalDate today, List<String> all, Map<String, Object> values) {
        switch (due) {
            case null -> {}
            case Due.Span.NONE -> all.add("c.due is null");
            case Due.Span.OVERDUE -> between(null, today.minusDays(1), all, values);
            case Due.Span.MONTH ->
                between(today.withDayOfMonth(1), today.with(TemporalAdjusters.lastDayOfMonth()), all, values);
            case Due.Span.QUARTER -> {
                LocalDate first = today.withDayOfMonth(1).withMonth((today.getMonthValue() - 1) / 3 * 3 + 1);
                between(first, first.plusMonths(3).minusDays(1), all, values);
            }
            case Due.Span.YEAR ->
                between(today.withDayOfYear(1), today.with(TemporalAdjusters.lastDayOfYear()), all, values);
            case Due.Between range -> between(range.from(), range.to(), all, values);
        }
    }

    private static void between(
            @Nullable LocalDate from, @Nullable LocalDate to, List<String> all, Map<String, Object> values) {
        if (from != null) {
            values.put("from", from);
            all.add("c.due >= :from");
        }
        if (to != null) {
            values.put("to", to);
            all.add("c.due <= :to");
        }
    }

    private static String state(State state) {
        return switch (state) {
            case COMPLETE -> "(c.lead is not null and c.due is not null and not " + MASKED + ")";
            case NO_LEAD -> "c.lead is null";
            case NO_DUE -> "c.due is null";
            case MASKED -> MASKED;
            case SPLIT ->
                "c.id in (select t.commitment from target_split s join commitment_target t on t.id = s.target)";
            case SPLIT_OFF -> SPLIT_OFF;
        };
    }

    private static void text(String text, List<String> all, Map<String, Object> values) {
        SearchWords words = SearchWords.of(text);
        if (words.number()) {
            values.put("number", words.words().getFirst());
            all.add("c.number = :number");
            return;
        }
        String[] pairs = words.pairs();
        if (pairs.length > 0) {
            values.put("pairs", pairs);
            all.add("c.words @> cast(:pairs as text[])");
        }
        String[] patterns = words.patterns();
        if (patterns.length > 0) {
            values.put("patterns", patterns);
            String inText = "lower(c.what || ' ' || c.sentence) like all(cast(:patterns as text[]))";
            // The pairs were also taken from the indicators of targets, which may differ from the sentence.
            all.add(pairs.length == 0 ? inText : "(" + inText + """
                                     or lower(c.what || ' ' || c.sentence || ' ' || coalesce((select string_agg(t.indicator, ' ')
                                          from commitment_target t where t.commitment = c.id), '')) like all(cast(:patterns as text[])))""");
        }
    }
}
