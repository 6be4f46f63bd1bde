package org.luoshi.server.meetings;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.matters.Decided;
import org.luoshi.server.matters.Matter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is said and decided in the room. A decision is a matter from the moment it is written down. */
@Component
class Decisions {
    private static final int LONGEST = 20_000;

    private final JdbcClient sql;
    private final Journal journal;
    private final Decided decided;
    private final Clock clock;

    Decisions(JdbcClient sql, Journal journal, Decided decided, Clock clock) {
        this.sql = sql;
        this.journal = journal;
        this.decided = decided;
        this.clock = clock;
    }

    /**
     * A decision in the words of the day.
     *
     * @param number of the matter that it became
     * @param withdrawn whether its matter was cancelled before the meeting was closed: it was written down by mistake
     */
    record Decision(
            long item,
            long matter,
            String number,
            String title,
            long lead,
            List<Long> joint,
            LocalDate due,
            boolean withdrawn) {}

    /** Decisions of a meeting that the person who asks may see, in the order of the agenda. */
    List<Decision> list(long meeting) {
        return sql.sql("""
                        select d.item, d.matter, m.number, d.title, d.lead, d.joint, d.due,
                               m.ended and not m.done and m.closed_at <= coalesce(g.closed_at, m.closed_at) as withdrawn
                        from meeting_decision d join meeting g on g.id = d.meeting join matter m on m.id = d.matter left join agenda_item i on i.id = d.item
                        where d.meeting = :meeting
                        order by case i.part when 'decided' then 1 when 'lags' then 2 else 3 end, i.ordinal, d.id""")
                .param("meeting", meeting)
                .query((row, n) -> new Decision(
                        row.getLong("item"),
                        row.getLong("matter"),
                        row.getString("number"),
                        row.getString("title"),
                        row.getLong("lead"),
                        Arrays.asList((Long[]) row.getArray("joint").getArray()),
                        row.getObject("due", LocalDate.class),
                        row.getBoolean("withdrawn")))
                .list();
    }

    Map<Long, Integer> countByMeeting() {
        return sql
                .sql("select meeting, count(*)::integer as n from meeting_decision group by meeting")
                .query((row, n) -> Map.entry(row.getLong("meeting"), row.getInt("n")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * What somebody wrote about an item.
     *
     * @param version of the item that he looked at
     * @param base the discussion as it stood in his form when he opened it
     * @param typed inputs of a decision: title, lead, joint, due; null: nothing was decided
     */
    record Said(
            int version,
            String base,
            String discussion,
            @Nullable Map<String, String> typed) {}

    /** Somebody else wrote about the item meanwhile; nothing was changed. */
    static final class Stale extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String by;
        private final String theirs;
        private final int version;

        Stale(String by, String theirs, int version) {
            super("The item was changed by " + by);
            this.by = by;
            this.theirs = theirs;
            this.version = version;
        }

        String by() {
            return by;
        }

        String theirs() {
            return theirs;
        }

        int version() {
            return version;
        }
    }

    private record Line(
            long meeting,
            String meetingTitle,
            LocalDate day,
            String state,
            String name,
            String discussion,
            String notedBy,
            int version) {}

    /**
     * Writes down the discussion of an item, and what was decided, in one transaction.
     *
     * @param request made once by the sender: a repeated one changes nothing
     * @return the matter that the decision became; empty where nothing was decided, or the request is a repeated one
     * @throws Stale where somebody else wrote another discussion meanwhile
     * @throws org.luoshi.server.matters.MoveRefused with every fault of the decision's inputs
     */
    Optional<Matter> write(User user, long meeting, long item, Said said, String request) {
        if (said.discussion().length() > LONGEST) {
            throw new Refused("meetings.refused.discussion", LONGEST);
        }
        Map<String, String> typed = said.typed();
        String key = Journal.bound(
                request, "meeting.write", meeting, item, said.discussion(), typed == null ? Map.of() : typed);
        return journal.writeOnce(user.actor(), key, acts -> {
                    Line line = lock(meeting, item);
                    if (!line.state().equals("open")) {
                        throw new Refused(
                                line.state().equals("closed")
                                        ? "meetings.refused.closed"
                                        : "meetings.refused.not-open");
                    }
                    note(acts, user, item, line, said);
                    return Optional.ofNullable(typed).map(decision -> decide(acts, user, item, line, decision));
                })
                .flatMap(found -> found);
    }

    private Line lock(long meeting, long item) {
        return sql.sql("""
                        select g.id, g.title as meeting_title, g.day, g.state, i.title, i.discussion, i.noted_by, i.version, m.title as matter_title
                        from agenda_item i join meeting g on g.id = i.meeting left join matter m on m.id = i.matter
                        where i.id = :item and g.id = :meeting for update of i, g""")
                .param("item", item)
                .param("meeting", meeting)
                .query((row, n) -> new Line(
                        row.getLong("id"),
                        row.getString("meeting_title"),
                        row.getObject("day", LocalDate.class),
                        row.getString("state"),
                        Objects.requireNonNullElse(row.getString("matter_title"), row.getString("title")),
                        row.getString("discussion"),
                        row.getString("noted_by"),
                        row.getInt("version")))
                .optional()
                .orElseThrow(() -> new Refused("meetings.refused.no-item"));
    }

    private void note(Journal.Acts acts, User user, long item, Line line, Said said) {
        String text = plain(said.discussion());
        if (text.equals(plain(said.base())) || text.equals(line.discussion())) {
            return;
        }
        if (said.version() != line.version()) {
            throw new Stale(line.notedBy(), line.discussion(), line.version());
        }
        sql.sql("""
                        update agenda_item set discussion = :text, noted_by = :who, version = version + 1 where id = :item""")
                .param("text", text)
                .param("who", user.name())
                .param("item", item)
                .update();
        acts.note(
                "meeting:" + line.meeting(),
                "meeting.note",
                Map.of("item", item, "title", line.name(), "before", line.discussion(), "after", text));
    }

    /** As a browser sends it back: no space around it, lines that end in one way. */
    private static String plain(String text) {
        return text.replace("\r\n", "\n").strip();
    }

    private Matter decide(Journal.Acts acts, User user, long item, Line line, Map<String, String> typed) {
        Map<String, String> inputs = new HashMap<>(typed);
        inputs.put("given", line.day().toString());
        inputs.put("source", line.meetingTitle() + "（" + line.day() + "）");
        Matter matter = decided.make(acts, user, inputs);
        sql.sql("""
                        insert into meeting_decision (meeting, item, matter, title, lead, joint, due, at)
                        values (:meeting, :item, :matter, :title, :lead, cast(:joint as bigint[]), :due, :at)""")
                .param("meeting", line.meeting())
                .param("item", item)
                .param("matter", matter.id())
                .param("title", matter.title())
                .param("lead", matter.lead())
                .param("joint", matter.joint().toArray(Long[]::new))
                .param("due", matter.due())
                .param("at", Timestamp.from(clock.instant().truncatedTo(ChronoUnit.MICROS)))
                .update();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("item", item);
        details.put("matter", matter.id());
        details.put("number", matter.number());
        details.put("title", matter.title());
        acts.note("meeting:" + line.meeting(), "meeting.decide", details);
        return matter;
    }
}
