package org.luoshi.server.units;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All units with all their names as one immutable value: some hundred units are read faster than asked for singly. */
public final class UnitTree {
    private record Name(String full, String brief, LocalDate from) {}

    /** A unit of the tree. */
    public record Node(
            long id,
            String key,
            String kind,
            @Nullable Long parent,
            @Nullable LocalDate closed,
            @Nullable Long mergedInto,
            int depth) {}

    private final Map<Long, Node> nodes = new HashMap<>();
    private final List<Node> ordered = new ArrayList<>();
    private final Map<Long, List<Long>> below = new HashMap<>();
    private final Map<Long, List<Name>> names = new HashMap<>();

    private UnitTree() {}

    static UnitTree read(JdbcClient sql) {
        UnitTree tree = new UnitTree();
        sql.sql("""
                        with recursive tree as (
                          select id, key, kind, parent, merged_into, closed, array[ordinal::bigint, id] as path, 0 as depth
                          from unit where parent is null
                          union all
                          select u.id, u.key, u.kind, u.parent, u.merged_into, u.closed,
                                 t.path || u.ordinal::bigint || u.id, t.depth + 1
                          from unit u join tree t on u.parent = t.id)
                        select id, key, kind, parent, merged_into, closed, depth from tree order by path""").query(row -> {
            Node node = new Node(
                    row.getLong("id"),
                    row.getString("key"),
                    row.getString("kind"),
                    row.getObject("parent", Long.class),
                    row.getObject("closed", LocalDate.class),
                    row.getObject("merged_into", Long.class),
                    row.getInt("depth"));
            tree.nodes.put(node.id(), node);
            tree.ordered.add(node);
            if (node.parent() != null) {
                tree.below
                        .computeIfAbsent(node.parent(), key -> new ArrayList<>())
                        .add(node.id());
            }
            if (node.mergedInto() != null) {
                tree.below
                        .computeIfAbsent(node.mergedInto(), key -> new ArrayList<>())
                        .add(node.id());
            }
        });
        sql.sql("select unit, name, short_name, valid_from from unit_name order by unit, valid_from")
                .query(row -> {
                    tree.names
                            .computeIfAbsent(row.getLong("unit"), key -> new ArrayList<>())
                            .add(new Name(
                                    row.getString("name"),
                                    row.getString("short_name"),
                                    row.getObject("valid_from", LocalDate.class)));
                });
        return tree;
    }

    public boolean has(long unit) {
        return nodes.containsKey(unit);
    }

    public @Nullable Node node(long unit) {
        return nodes.get(unit);
    }

    /** The units in the order of their tree, parents before children, those that have ended included. */
    public List<Node> ordered() {
        return ordered;
    }

    /** The units that exist on a day, in the order of their tree. */
    public List<Node> on(LocalDate day) {
        return ordered.stream()
                .filter(n -> n.closed() == null || n.closed().isAfter(day))
                .toList();
    }

    /** A unit, all units below it, and all that were merged into one of them. */
    public SequencedSet<Long> withAllBelow(long unit) {
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

    /** Whether a unit stands in the tree of another, or is it. */
    public boolean isWithin(long unit, long above) {
        Node at = nodes.get(unit);
        while (at != null) {
            if (at.id() == above) {
                return true;
            }
            at = at.parent() == null ? null : nodes.get(at.parent());
        }
        return false;
    }

    /** The units that the people of a unit work for: it, and those whose section it is. */
    public SequencedSet<Long> worksFor(long unit) {
        SequencedSet<Long> found = new LinkedHashSet<>();
        Node at = nodes.get(unit);
        while (at != null && found.add(at.id())) {
            Long up = at.kind().equals("section") ? at.parent() : at.mergedInto();
            at = up == null ? null : nodes.get(up);
        }
        if (found.isEmpty()) {
            found.add(unit);
        }
        return found;
    }

    /** The short name that a unit had on a day; before its first name, that one. */
    public String brief(long unit, LocalDate day) {
        Name name = name(unit, day);
        return name == null ? "#" + unit : name.brief();
    }

    /** The full name that a unit had on a day; before its first name, that one. */
    public String full(long unit, LocalDate day) {
        Name name = name(unit, day);
        return name == null ? "#" + unit : name.full();
    }

    /** The unit that is called so, in short or in full, today or ever; the one that exists first. */
    public @Nullable Node find(String name, LocalDate day) {
        String wanted = name.strip();
        Node ended = null;
        for (Node node : ordered) {
            boolean called = names.getOrDefault(node.id(), List.of()).stream()
                    .anyMatch(n -> n.full().equals(wanted) || n.brief().equals(wanted));
            if (called && (node.closed() == null || node.closed().isAfter(day))) {
                return node;
            }
            ended = called && ended == null ? node : ended;
        }
        return ended != null && ended.mergedInto() != null ? nodes.get(ended.mergedInto()) : null;
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

    /** Short names of some units, in their order. */
    public List<String> briefs(Collection<Long> units, LocalDate day) {
        return units.stream().map(u -> brief(u, day)).toList();
    }
}
