package org.luoshi.server.matters;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.calendar.Limit;
import org.luoshi.server.calendar.WorkingTime;
import org.springframework.util.MultiValueMap;

/**
 * Which matters a list shows. A listing and its query string are two forms of one thing.
 *
 * @param text words that must be found; empty for any
 * @param types keys of types; empty for all
 * @param states {@code open}, {@code ended}, or keys of states
 * @param units units whose matters are asked for, with all below them
 * @param part lead, joint or any; own-lead and own-joint ask for the units alone, without those below them
 * @param lights keys of lights
 * @param due overdue, week, month, or empty; what is struck off and only watched is none of them
 * @param campaign id, null for any
 * @param on the day as of which the list is shown; null: now
 */
public record Listing(
        View view,
        String text,
        List<String> types,
        List<String> states,
        List<Long> units,
        String part,
        List<String> lights,
        String due,
        @Nullable Long campaign,
        @Nullable LocalDate on,
        Sort sort,
        boolean descending,
        int page) {

    public static final int PAGE = 50;

    /** The matters that a campaign had gathered at the moment {@code :at}. */
    private static final String GATHERED_THEN = """
            select matter from (
              select distinct on (matter) matter, gone from campaign_matter_history
              where campaign = :campaign and at <= :at order by matter, at desc, n desc) h
            where not gone""";

    /** The last moment of a day. */
    static Instant endOf(LocalDate day) {
        return Limit.endOf(day, WorkingTime.BEIJING).minusNanos(1000);
    }

    /** The three views of one register: 任务、责任、成效. */
    public enum View {
        TASKS,
        DUTIES,
        RESULTS;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final List<String> PARTS = List.of("lead", "joint", "own-lead", "own-joint");

    /** Sort keys; what reaches a statement is the column of the enum, never text of the request. */
    public enum Sort {
        NUMBER(false, "m.year", "m.number"),
        TITLE(false, "m.title collate \"zh-x-icu\""),
        LEAD(true, "m.lead"),
        DUE(true, "m.due"),
        PROGRESS(true, "m.progress"),
        STATE(false, "m.type", "m.state"),
        LIGHT(false, "case m.light when 'red' then 0 when 'yellow' then 1 when 'gray' then 2 else 3 end"),
        CLOSED(true, "m.closed_at");

        /** Only where something may be unknown is it said that the unknown comes last: no index is in that order otherwise. */
        private final boolean unknown;

        private final String[] columns;

        Sort(boolean unknown, String... columns) {
            this.unknown = unknown;
            this.columns = columns;
        }

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        String order(boolean descending) {
            StringBuilder text = new StringBuilder();
            for (String column : columns) {
                text.append(column).append(descending ? " desc" : "").append(unknown ? " nulls last, " : ", ");
            }
            return text.append("m.id").toString();
        }

        static Optional<Sort> find(String key) {
            return Arrays.stream(values()).filter(s -> s.key().equals(key)).findFirst();
        }
    }

    static Listing of(MultiValueMap<String, String> parameters) {
        String view = first(parameters, "view");
        String page = first(parameters, "page");
        boolean results = view.equals("results");
        return new Listing(
                results ? View.RESULTS : view.equals("duties") ? View.DUTIES : View.TASKS,
                first(parameters, "q").strip(),
                texts(parameters, "type"),
                texts(parameters, "state"),
                texts(parameters, "unit").stream()
                        .filter(u -> u.matches("\\d{1,18}"))
                        .map(Long::valueOf)
                        .toList(),
                PARTS.contains(first(parameters, "part")) ? first(parameters, "part") : "",
                texts(parameters, "light"),
                first(parameters, "due"),
                first(parameters, "campaign").matches("\\d{1,18}") ? Long.valueOf(first(parameters, "campaign")) : null,
                day(first(parameters, "on")),
                Sort.find(first(parameters, "sort")).orElse(usual(results ? View.RESULTS : View.TASKS)),
                first(parameters, "dir").isEmpty()
                        ? first(parameters, "sort").isEmpty()
                        : first(parameters, "dir").equals("desc"),
                page.matches("[1-9]\\d{0,5}") ? Integer.parseInt(page) : 1);
    }

    private static Sort usual(View view) {
        return view == View.RESULTS ? Sort.CLOSED : Sort.NUMBER;
    }

    private static @Nullable LocalDate day(String text) {
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new Refused("matters.refused.on", text);
        }
    }

    private static String first(MultiValueMap<String, String> parameters, String name) {
        String text = parameters.getFirst(name);
        return text == null ? "" : text;
    }

    private static List<String> texts(MultiValueMap<String, String> parameters, String name) {
        return parameters.getOrDefault(name, List.of()).stream()
                .filter(t -> t != null && !t.isBlank())
                .distinct()
                .toList();
    }

    /** Name and value of everything that is set, for addresses and hidden inputs. */
    public List<Map.Entry<String, String>> parameters() {
        List<Map.Entry<String, String>> found = new ArrayList<>();
        if (view != View.TASKS) {
            found.add(Map.entry("view", view.key()));
        }
        if (!text.isEmpty()) {
            found.add(Map.entry("q", text));
        }
        types.forEach(t -> found.add(Map.entry("type", t)));
        states.forEach(s -> found.add(Map.entry("state", s)));
        units.forEach(u -> found.add(Map.entry("unit", u.toString())));
        if (!part.isEmpty()) {
            found.add(Map.entry("part", part));
        }
        lights.forEach(l -> found.add(Map.entry("light", l)));
        if (!due.isEmpty()) {
            found.add(Map.entry("due", due));
        }
        if (campaign != null) {
            found.add(Map.entry("campaign", campaign.toString()));
        }
        if (on != null) {
            found.add(Map.entry("on", on.toString()));
        }
        if (sort != usual(view) || !descending) {
            found.add(Map.entry("sort", sort.key()));
            found.add(Map.entry("dir", descending ? "desc" : "asc"));
        }
        return found;
    }

    public String query() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> entry : parameters()) {
            text.append(text.isEmpty() ? "" : "&")
                    .append(entry.getKey())
                    .append('=')
                    .append(URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    private static String address(Listing other, int page) {
        String query = other.query();
        if (page > 1) {
            query += (query.isEmpty() ? "" : "&") + "page=" + page;
        }
        return query.isEmpty() ? "/matters" : "/matters?" + query;
    }

    public String at(int page) {
        return address(this, page);
    }

    public String sortedBy(String key) {
        Sort wanted = Sort.find(key).orElse(Sort.NUMBER);
        boolean down = sort == wanted && !descending;
        return address(copy(view, text, types, states, units, lights, due, wanted, down), 1);
    }

    public String aria(String key) {
        return sort.key().equals(key) ? descending ? "descending" : "ascending" : "none";
    }

    /** The same list in another view. */
    public String seen(View other) {
        boolean usual = sort == usual(view) && descending;
        return address(
                copy(other, text, types, states, units, lights, due, usual ? usual(other) : sort, descending), 1);
    }

    /** The tasks of one unit among those of this list, as a line of the duties counts them; the parts are as in the list. */
    public String figure(long unit, String part, String name, String value) {
        Listing tasks = new Listing(
                View.TASKS,
                text,
                types,
                name.equals("state") && states.isEmpty() ? List.of(value) : states,
                List.of(unit),
                part,
                name.equals("light") ? List.of(value) : lights,
                name.equals("due") ? value : due,
                campaign,
                on,
                Sort.NUMBER,
                true,
                1);
        return address(tasks, 1);
    }

    /** What the lines of the duties are counted from: a unit counts what it leads and what it joins. */
    Listing duties() {
        return new Listing(
                View.DUTIES, text, types, states, units, "", lights, due, campaign, on, Sort.NUMBER, true, 1);
    }

    /** The same list with one thing more or other; an empty value takes the condition out. */
    public String with(String name, String value) {
        List<String> one = value.isEmpty() ? List.of() : List.of(value);
        Listing changed = switch (name) {
            case "type" -> copy(view, text, one, List.of(), units, lights, due, sort, descending);
            case "state" -> copy(view, text, types, one, units, lights, due, sort, descending);
            case "unit" ->
                copy(view, text, types, states, one.stream().map(Long::valueOf).toList(), lights, due, sort, descending)
                        .inAnyPart();
            case "light" -> copy(view, text, types, states, units, one, due, sort, descending);
            case "due" -> copy(view, text, types, states, units, lights, value, sort, descending);
            case "q" -> copy(view, value, types, states, units, lights, due, sort, descending);
            default -> this;
        };
        return address(changed, 1);
    }

    private Listing copy(
            View view,
            String text,
            List<String> types,
            List<String> states,
            List<Long> units,
            List<String> lights,
            String due,
            Sort sort,
            boolean descending) {
        return new Listing(view, text, types, states, units, part, lights, due, campaign, on, sort, descending, 1);
    }

    /** The same list as it is now. */
    public String now() {
        return address(
                new Listing(view, text, types, states, units, part, lights, due, campaign, null, sort, descending, 1),
                1);
    }

    private Listing inAnyPart() {
        return new Listing(view, text, types, states, units, "", lights, due, campaign, on, sort, descending, page);
    }

    /** What all pages of the list have in common, in whatever order. */
    Listing whole() {
        return new Listing(view, text, types, states, units, part, lights, due, campaign, on, Sort.NUMBER, true, 1);
    }

    Listing onFirstPage() {
        return new Listing(view, text, types, states, units, part, lights, due, campaign, on, sort, descending, 1);
    }

    public boolean isAll() {
        return text.isEmpty()
                && types.isEmpty()
                && states.isEmpty()
                && units.isEmpty()
                && lights.isEmpty()
                && due.isEmpty()
                && campaign == null
                && on == null
                && part.isEmpty();
    }

    /** A condition with its named parameters. */
    record Clause(String sql, Map<String, Object> parameters) {}

    /** @param below all units that the asked ones stand for */
    Clause clause(LocalDate today, List<Long> below) {
        StringBuilder sql = new StringBuilder("true");
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (!text.isEmpty()) {
            List<String> pairs = List.copyOf(MatterStore.pairs(text));
            if (pairs.isEmpty()) {
                sql.append(" and position(:text in lower(m.number || ' ' || m.title)) > 0");
                parameters.put("text", text.toLowerCase(Locale.ROOT));
            } else {
                sql.append(" and m.words @> cast(:pairs as text[])");
                parameters.put("pairs", pairs.toArray(String[]::new));
            }
        }
        if (!types.isEmpty()) {
            sql.append(" and m.type = any(:types)");
            parameters.put("types", types.toArray(String[]::new));
        }
        if (states.contains("open")) {
            sql.append(" and not m.ended");
        } else if (states.contains("ended")) {
            sql.append(" and m.ended");
        } else if (!states.isEmpty()) {
            sql.append(" and m.state = any(:states)");
            parameters.put("states", states.toArray(String[]::new));
        }
        if (view == View.RESULTS && states.isEmpty()) {
            sql.append(" and m.ended");
        }
        if (!below.isEmpty()) {
            sql.append(
                    switch (part) {
                        case "lead", "own-lead" -> " and m.lead = any(:units)";
                        case "joint", "own-joint" -> " and m.joint && cast(:units as bigint[])";
                        default -> " and (m.lead = any(:units) or m.joint && cast(:units as bigint[]))";
                    });
            parameters.put("units", (part.startsWith("own-") ? units : below).toArray(Long[]::new));
        }
        if (!lights.isEmpty()) {
            sql.append(" and m.light = any(:lights) and not m.ended");
            parameters.put("lights", lights.toArray(String[]::new));
        }
        LocalDate day = on == null ? today : on;
        switch (due) {
            case "overdue" -> {
                sql.append(" and not m.ended and m.struck_at is null and m.due < :day");
                parameters.put("day", day);
            }
            case "week", "month" -> {
                sql.append(" and not m.ended and m.struck_at is null and m.due >= :day and m.due <= :until");
                parameters.put("day", day);
                parameters.put("until", due.equals("week") ? day.plusDays(7) : day.plusMonths(1));
            }
            default -> {}
        }
        if (campaign != null) {
            sql.append(
                    on == null
                            ? " and m.id in (select matter from campaign_matter where campaign = :campaign)"
                            : " and m.id in (" + GATHERED_THEN + ")");
            parameters.put("campaign", campaign);
        }
        return new Clause(sql.toString(), parameters);
    }
}
