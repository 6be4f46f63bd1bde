package org.luoshi.server.meetings;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.matters.Lagging;
import org.luoshi.server.matters.Lagging.Stood;
import org.luoshi.server.meetings.Item.Part;
import org.luoshi.server.units.UnitTree;
import org.luoshi.server.units.Units;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The agenda of a meeting: first the decisions of the meetings before, then what lags, then what else is to be spoken of.
 * It is proposed and can be proposed anew; what somebody picked, dropped or put in its place stays.
 */
@Component
class Agenda {
    /** More than this is no meeting any more; the page says how many there are. */
    static final int MOST = 60;

    private static final int LONGEST = 300;

    private final JdbcClient sql;
    private final Lagging lagging;
    private final Units units;
    private final JsonMapper json;
    private final Clock clock;

    Agenda(JdbcClient sql, Lagging lagging, Units units, JsonMapper json, Clock clock) {
        this.sql = sql;
        this.lagging = lagging;
        this.units = units;
        this.json = json;
        this.clock = clock;
    }

    /** A piece of work on the agenda of a locked meeting. */
    @FunctionalInterface
    interface Work {
        void on(Journal.Acts acts, Meeting meeting);
    }

    private record Row(Item item, @Nullable Long matter, boolean frozen) {}

    /** The items that the person who asks may see, in their order, those that were dropped included. */
    List<Item> list(Meeting meeting) {
        List<Row> rows = sql.sql("""
                        select i.id, i.meeting, i.part, i.ordinal, i.matter, i.decided_at, d.day as decided_on, i.title, i.by_hand,
                               i.dropped, i.stood, i.discussion, i.noted_by, i.version
                        from agenda_item i left join meeting d on d.id = i.decided_at
                        where i.meeting = :meeting
                        order by case i.part when 'decided' then 1 when 'lags' then 2 else 3 end, i.ordinal, i.id""")
                .param("meeting", meeting.id())
                .query((row, n) -> row(row))
                .list();
        Map<Long, Stood> live = lagging.map(rows.stream()
                .filter(row -> !row.frozen() && row.matter() != null)
                .map(row -> Objects.requireNonNull(row.matter()))
                .toList());
        List<Item> items = new ArrayList<>();
        for (Row row : rows) {
            Item i = row.item();
            Stood stood = row.matter() == null || row.frozen() ? i.stood() : live.get(row.matter());
            if (row.matter() == null || stood != null) {
                items.add(new Item(
                        i.id(),
                        i.meeting(),
                        i.part(),
                        i.ordinal(),
                        stood,
                        i.decidedAt(),
                        i.decidedOn(),
                        i.title(),
                        i.byHand(),
                        i.dropped(),
                        i.discussion(),
                        i.notedBy(),
                        i.version()));
            }
        }
        return items;
    }

    private Row row(ResultSet row) throws SQLException {
        String stood = row.getString("stood");
        Item item = new Item(
                row.getLong("id"),
                row.getLong("meeting"),
                Part.valueOf(row.getString("part").toUpperCase(Locale.ROOT)),
                row.getInt("ordinal"),
                stood == null ? null : json.readValue(stood, Stood.class),
                row.getObject("decided_at", Long.class),
                row.getObject("decided_on", LocalDate.class),
                row.getString("title"),
                row.getBoolean("by_hand"),
                row.getBoolean("dropped"),
                row.getString("discussion"),
                row.getString("noted_by"),
                row.getInt("version"));
        return new Row(item, row.getObject("matter", Long.class), stood != null);
    }

    /** The units whose matters a meeting asks for: those that attend with all below them; none: everybody's. */
    private Set<Long> asked(Meeting meeting) {
        UnitTree tree = units.tree();
        Set<Long> asked = new LinkedHashSet<>();
        meeting.units().forEach(unit -> asked.addAll(tree.withAllBelow(unit)));
        return asked;
    }

    /** Whether the person who asks sees every matter: the role that his statements run in says it. */
    boolean seesAll() {
        return sql.sql("select current_user::text <> 'luoshi_person'")
                .query(Boolean.class)
                .single();
    }

    /** How many matters lag among the units that attend. */
    long countLagging(Meeting meeting) {
        return lagging.count(LocalDate.now(clock), asked(meeting));
    }

    /** The meeting of the same series before this one that was held; empty where there is none. */
    Optional<Meeting> findLast(Meeting meeting) {
        if (meeting.series().isEmpty()) {
            return Optional.empty();
        }
        return sql.sql(Meetings.SELECT + """
                         where series = :series and state <> 'planned' and (day, id) < (:day, :id)
                        order by day desc, id desc limit 1""")
                .param("series", meeting.series())
                .param("day", meeting.day())
                .param("id", meeting.id())
                .query(Meetings::meeting)
                .optional();
    }

    /** What the last meeting of the series decided, and what those before it decided that has not ended. */
    private List<long[]> earlier(Meeting meeting, Meeting last) {
        return sql.sql("""
                        select d.matter, d.meeting from meeting_decision d join meeting g on g.id = d.meeting
                          join matter m on m.id = d.matter
                        where g.series = :series and g.state <> 'planned' and (g.day, g.id) < (:day, :id)
                          and (g.id = :last or not m.ended)
                        order by g.day desc, g.id desc, d.id""")
                .param("series", meeting.series())
                .param("day", meeting.day())
                .param("id", meeting.id())
                .param("last", last.id())
                .query((row, n) -> new long[] {row.getLong(1), row.getLong(2)})
                .list();
    }

    /** Proposes the agenda, anew where there is one: what was picked or dropped by hand, or spoken of, stays. */
    void propose(Journal.Acts acts, Meeting meeting) {
        int gone = sql.sql("""
                        delete from agenda_item where meeting = :meeting and not by_hand and not dropped and discussion = ''
                          and part in ('decided', 'lags')""").param("meeting", meeting.id()).update();
        int decided = 0;
        Meeting last = findLast(meeting).orElse(null);
        if (last != null) {
            for (long[] one : earlier(meeting, last)) {
                decided += put(meeting.id(), Part.DECIDED, one[0], one[1], false);
            }
        }
        int lags = 0;
        for (List<Stood> unit : grouped(lagging.list(LocalDate.now(clock), asked(meeting), MOST))) {
            for (Stood stood : unit) {
                lags += put(meeting.id(), Part.LAGS, stood.id(), null, false);
            }
        }
        acts.note(
                "meeting:" + meeting.id(),
                "meeting.propose",
                Map.of("decided", decided, "lags", lags, "replaced", gone));
    }

    /** Together what one unit answers for, in the order of the most pressing matter of each. */
    private static List<List<Stood>> grouped(List<Stood> lagging) {
        return new ArrayList<>(lagging.stream()
                .collect(Collectors.groupingBy(
                        stood -> stood.lead() == null ? 0L : stood.lead(),
                        java.util.LinkedHashMap::new,
                        Collectors.toList()))
                .values());
    }

    private int put(long meeting, Part part, long matter, @Nullable Long decidedAt, boolean byHand) {
        return sql.sql("""
                        insert into agenda_item (meeting, part, ordinal, matter, decided_at, by_hand)
                        values (:meeting, :part, (select coalesce(max(ordinal), 0) + 1 from agenda_item where meeting = :meeting),
                          :matter, :decided, :hand)
                        on conflict (meeting, matter) do nothing""")
                .param("meeting", meeting)
                .param("part", part.key())
                .param("matter", matter)
                .param("decided", decidedAt)
                .param("hand", byHand)
                .update();
    }

    /**
     * Adds matters by their numbers; one that was dropped comes back.
     *
     * @return numbers that no matter has
     */
    List<String> add(Journal.Acts acts, Meeting meeting, Collection<String> numbers) {
        List<String> unknown = new ArrayList<>();
        List<String> added = new ArrayList<>();
        for (String number : numbers) {
            Optional<Stood> found = lagging.findByNumber(number);
            if (found.isEmpty()) {
                unknown.add(number);
                continue;
            }
            put(meeting.id(), Part.LAGS, found.get().id(), null, true);
            sql.sql("""
                            update agenda_item set dropped = false, by_hand = true, version = version + 1
                            where meeting = :meeting and matter = :matter""")
                    .param("meeting", meeting.id())
                    .param("matter", found.get().id())
                    .update();
            added.add(number);
        }
        if (!added.isEmpty()) {
            acts.note("meeting:" + meeting.id(), "meeting.add", Map.of("numbers", added));
        }
        if (meeting.isOpen()) {
            freeze(meeting);
        }
        return unknown;
    }

    /** The number of the first matter with a title; none where there is none. */
    List<String> numbers(String title) {
        return sql.sql("select number from matter where title = :title order by id limit 1")
                .param("title", title)
                .query(String.class)
                .list();
    }

    /** Adds an item that is no matter. */
    void addFree(Journal.Acts acts, Meeting meeting, String title) {
        if (title.isBlank() || title.length() > LONGEST) {
            throw new Refused("meetings.refused.item", LONGEST);
        }
        sql.sql("""
                        insert into agenda_item (meeting, part, ordinal, title, by_hand)
                        values (:meeting, 'other', (select coalesce(max(ordinal), 0) + 1 from agenda_item where meeting = :meeting),
                          :title, true)""")
                .param("meeting", meeting.id())
                .param("title", title.strip())
                .update();
        acts.note("meeting:" + meeting.id(), "meeting.add-item", Map.of("title", title.strip()));
    }

    /** What can be done to an item while the meeting is planned. */
    enum Arrangement {
        KEEP,
        DROP,
        RESTORE,
        UP,
        DOWN
    }

    void arrange(Journal.Acts acts, Meeting meeting, long item, Arrangement how) {
        List<Item> items = list(meeting);
        Item found = items.stream()
                .filter(i -> i.id() == item)
                .findFirst()
                .orElseThrow(() -> new Refused("meetings.refused.no-item"));
        switch (how) {
            case KEEP -> set(item, "by_hand = true");
            case DROP -> set(item, "dropped = true");
            case RESTORE -> set(item, "dropped = false, by_hand = true");
            case UP, DOWN -> {
                List<Long> order = Order.moved(
                        items.stream()
                                .filter(i -> i.part() == found.part() && !i.dropped())
                                .toList(),
                        item,
                        how == Arrangement.UP);
                for (int i = 0; i < order.size(); i++) {
                    sql.sql("update agenda_item set ordinal = :ordinal where id = :id")
                            .param("ordinal", i + 1)
                            .param("id", order.get(i))
                            .update();
                }
                set(item, "by_hand = true");
            }
        }
        acts.note(
                "meeting:" + meeting.id(),
                "meeting." + how.name().toLowerCase(Locale.ROOT),
                Map.of("item", item, "title", found.name()));
    }

    private void set(long item, String change) {
        sql.sql("update agenda_item set " + change + ", version = version + 1 where id = :id")
                .param("id", item)
                .update();
    }

    /** Keeps how each matter of the agenda stands now; those that were kept before stay as they are. */
    void freeze(Meeting meeting) {
        for (Item item : list(meeting)) {
            Stood stood = item.stood();
            if (stood != null) {
                sql.sql("update agenda_item set stood = cast(:stood as jsonb) where id = :id and stood is null")
                        .param("stood", json.writeValueAsString(stood))
                        .param("id", item.id())
                        .update();
            }
        }
    }
}
