package org.luoshi.server.register;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * All units with all their names, as they are now: a list of a hundred rows names units of many days, and one reading
 * of some hundred units is cheaper than a look-up for each.
 */
final class UnitNames {
    private record Name(String full, String brief, LocalDate from) {}

    /** A unit of the tree; {@code place} counts units from 0, parents before children. */
    record Node(
            long id,
            String kind,
            @Nullable Long parent,
            @Nullable LocalDate closed,
            int place) {}

    private final Map<Long, Node> nodes = new HashMap<>();
    private final List<Node> ordered = new ArrayList<>();
    private final Map<Long, List<Long>> below = new HashMap<>();
    private final Map<Long, List<Name>> names = new HashMap<>();

    private UnitNames() {}

    static UnitNames read(JdbcClient sql) {
        UnitNames units = new UnitNames();
        sql.sql("""
                        with recursive tree as (
                          select id, kind, parent, merged_into, closed, array[ordinal::bigint, id] as path from unit where parent is null
                          union all
                          select u.id, u.kind, u.parent, u.merged_into, u.closed, t.path || u.ordinal::bigint || u.id
                          from unit u join tree t on u.parent = t.id)
                        select id, kind, parent, merged_into, closed from tree order by path""").query(row -> {
            long id = row.getLong("id");
            Long parent = row.getObject("parent", Long.class);
            Long merged = row.getObject("merged_into", Long.class);
            Node node = new Node(
                    id, row.getString("kind"), parent, row.getObject("closed", LocalDate.class), units.ordered.size());
            units.nodes.put(id, node);
            units.ordered.add(node);
            if (parent != null) {
                units.below.computeIfAbsent(parent, key -> new ArrayList<>()).add(id);
            }
            if (merged != null) {
                units.below.computeIfAbsent(merged, key -> new ArrayList<>()).add(id);
            }
        });
        sql.sql("select unit, name, short_name, valid_from from unit_name order by unit, valid_from")
                .query(row -> {
                    units.names
                            .computeIfAbsent(row.getLong("unit"), key -> new ArrayList<>())
                            .add(new Name(
                                    row.getString("name"),
                                    row.getString("short_name"),
                                    row.getObject("valid_from", LocalDate.class)));
                });
        return units;
    }

    boolean has(long unit) {
        return nodes.containsKey(unit);
    }

    /** The units in the order of their tree, those that have ended included. */
    List<Node> ordered() {
        return ordered;
    }

    @Nullable
    Node node(long unit) {
        return nodes.get(unit);
    }

    /** A unit, all units below it, and all that were merged into one of them. */
    SequencedSet<Long> withAllBelow(long unit) {
        SequencedSet<Long> found = new LinkedHashSet<>();
        Deque<Long> open = new ArrayDeque<>(List.of(unit));
        while (!open.isEmpty()) {
            long next = open.removeFirst();
            if (found.add(next)) {
                open.addAll(below.getOrDefault(next, List.of()));
            }
        }
        return found;
    }

    /** The short name that a unit had on a day; before its first name, that one. */
    String brief(long unit, LocalDate day) {
        Name name = name(unit, day);
        return name == null ? "#" + unit : name.brief();
    }

    /** The full name that a unit had on a day; before its first name, that one. */
    String full(long unit, LocalDate day) {
        Name name = name(unit, day);
        return name == null ? "#" + unit : name.full();
    }

    private @Nullable Name name(long unit, LocalDate day) {
        Name found = null;
        for (Name name : names.getOrDefault(unit, List.of())) {
            if (found == null || !name.from().isAfter(day)) {
                found = name;
            }
        }
        return found;
    }
}
