package org.luoshi.server.matters;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.web.Words;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a person is to do on which day: what waits for him, what his unit has to end, the milestones on the way. */
@Component
public class DueDays {
    private static final int MOST = 300;

    private final JdbcClient sql;
    private final MatterLists lists;
    private final Types types;
    private final Surroundings surroundings;
    private final Clock clock;

    DueDays(JdbcClient sql, MatterLists lists, Types types, Surroundings surroundings, Clock clock) {
        this.sql = sql;
        this.lists = lists;
        this.types = types;
        this.surroundings = surroundings;
        this.clock = clock;
    }

    /**
     * A day with what is to be done on it.
     *
     * @param key the same for ever: what waits, the deadline and a milestone of a matter have one each
     * @param kind {@code wait}, {@code due} or {@code milestone}
     * @param what is to be done, in the reader's words
     * @param version of the matter
     */
    public record Item(
            String key,
            String kind,
            LocalDate day,
            String what,
            long matter,
            String number,
            String title,
            String unit,
            Instant changedAt,
            int version) {}

    private record Brief(
            long id,
            String type,
            int typeVersion,
            String state,
            String number,
            String title,
            @Nullable Long lead,
            @Nullable LocalDate due,
            Instant changedAt,
            int version) {}

    /** Asked in the name of the person; by day. */
    public List<Item> of(User user, Words words) {
        Standing standing = surroundings.standing(user);
        MatterWords speech = new MatterWords(words, surroundings.tree(), LocalDate.now(clock));
        Map<Long, LocalDate> waiting = new HashMap<>();
        for (MatterLists.Row row : lists.waiting(standing.keys(), MOST)) {
            LocalDate day = speech.lastDay(row.waitsUntil());
            if (day != null) {
                waiting.put(row.id(), day);
            }
        }
        List<Item> items = new ArrayList<>();
        Set<Long> own = new LinkedHashSet<>();
        for (Brief brief : briefs(waiting.keySet(), standing)) {
            LocalDate day = waiting.get(brief.id());
            if (day != null) {
                String ask = types.get(brief.type(), brief.typeVersion())
                        .getState(brief.state())
                        .ask()
                        .in(words.language());
                items.add(item(brief, "wait", day, ask, speech));
            }
            boolean leads = standing.isOfUnit(brief.lead());
            if (leads && brief.due() != null && !brief.due().equals(day)) {
                items.add(item(brief, "due", brief.due(), "", speech));
            }
            if (leads) {
                own.add(brief.id());
            }
        }
        milestones(items, own, speech);
        items.sort(Comparator.comparing(Item::day).thenComparing(Item::key));
        return items;
    }

    private static Item item(Brief brief, String kind, LocalDate day, String what, MatterWords speech) {
        return new Item(
                "matter-" + brief.id() + "-" + kind,
                kind,
                day,
                what,
                brief.id(),
                brief.number(),
                brief.title(),
                speech.unit(brief.lead()),
                brief.changedAt(),
                brief.version());
    }

    private List<Brief> briefs(Set<Long> waiting, Standing standing) {
        return sql.sql("""
                        select id, type, type_version, state, number, title, lead, due, changed_at, version
                        from matter where not ended and (id = any(:waiting) or lead = any(:units) and due is not null)
                        order by due nulls last, id limit :limit""")
                .param("waiting", waiting.toArray(Long[]::new))
                .param("units", standing.units().toArray(Long[]::new))
                .param("limit", 2 * MOST)
                .query((row, n) -> new Brief(
                        row.getLong("id"),
                        row.getString("type"),
                        row.getInt("type_version"),
                        row.getString("state"),
                        row.getString("number"),
                        row.getString("title"),
                        row.getObject("lead", Long.class),
                        row.getObject("due", LocalDate.class),
                        row.getTimestamp("changed_at").toInstant(),
                        row.getInt("version")))
                .list();
    }

    private void milestones(List<Item> items, Set<Long> matters, MatterWords speech) {
        if (matters.isEmpty()) {
            return;
        }
        sql.sql("""
                        select s.id, s.name, s.planned, m.id as matter, m.number, m.title, m.lead, m.changed_at, m.version
                        from milestone s join matter m on m.id = s.matter
                        where s.reached is null and m.id = any(:matters) order by s.planned, s.id limit :limit""")
                .param("matters", matters.toArray(Long[]::new))
                .param("limit", 2 * MOST)
                .query(row -> {
                    items.add(new Item(
                            "milestone-" + row.getLong("id"),
                            "milestone",
                            row.getObject("planned", LocalDate.class),
                            row.getString("name"),
                            row.getLong("matter"),
                            row.getString("number"),
                            row.getString("title"),
                            speech.unit(row.getObject("lead", Long.class)),
                            row.getTimestamp("changed_at").toInstant(),
                            row.getInt("version")));
                });
    }
}
