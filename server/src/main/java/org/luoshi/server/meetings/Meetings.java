package org.luoshi.server.meetings;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.matters.Messages;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Meetings from being called to being closed. */
@Component
public class Meetings {
    private static final int LONGEST = 100;
    private static final LocalDate FIRST = LocalDate.of(1980, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2100, 1, 1);

    private final JdbcClient sql;
    private final Journal journal;
    private final Agenda agenda;
    private final Messages messages;
    private final Clock clock;

    Meetings(JdbcClient sql, Journal journal, Agenda agenda, Messages messages, Clock clock) {
        this.sql = sql;
        this.journal = journal;
        this.agenda = agenda;
        this.messages = messages;
        this.clock = clock;
    }

    /** What is said of a meeting. */
    record Said(
            String title,
            String series,
            @Nullable LocalDate day,
            String hour,
            String place,
            String chair,
            List<Long> units) {}

    static final String SELECT = """
            select id, title, series, day, hour, place, chair, units, state, opened_at, closed_at, version, changed_by,
                   created_by from meeting
            """;

    /** Meetings that the person who asks may see, the newest first. */
    List<Meeting> list() {
        return sql.sql(SELECT + " order by day desc, id desc limit 500")
                .query(Meetings::meeting)
                .list();
    }

    Optional<Meeting> find(long id) {
        return sql.sql(SELECT + " where id = :id")
                .param("id", id)
                .query(Meetings::meeting)
                .optional();
    }

    List<String> listSeries() {
        return sql.sql("select series from meeting where series <> '' group by series order by max(day) desc")
                .query(String.class)
                .list();
    }

    static Meeting meeting(ResultSet row, int n) throws SQLException {
        return new Meeting(
                row.getLong("id"),
                row.getString("title"),
                row.getString("series"),
                row.getObject("day", LocalDate.class),
                row.getString("hour"),
                row.getString("place"),
                row.getString("chair"),
                Arrays.asList((Long[]) row.getArray("units").getArray()),
                Meeting.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                instant(row, "opened_at"),
                instant(row, "closed_at"),
                row.getInt("version"),
                row.getString("changed_by"),
                row.getObject("created_by", Long.class));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    /**
     * Calls a meeting; its agenda is proposed at once.
     *
     * @param request made once by the sender: a repeated one answers with the meeting that the first one called
     */
    long begin(User user, Said said, String request) {
        check(said);
        String bound = Journal.bound(request, "meeting.begin", said);
        return journal.writeOnce(user.actor(), bound, acts -> {
                    long id = bound("""
                                    insert into meeting (title, series, day, hour, place, chair, units, state, changed_by, created_by, created_at)
                                    values (:title, :series, :day, :hour, :place, :chair, cast(:units as bigint[]), 'planned', :who, :account, :at)
                                    returning id""", said, user)
                            .param("account", user.account())
                            .param("at", Timestamp.from(now()))
                            .query(Long.class)
                            .single();
                    acts.note("meeting:" + id, "meeting.begin", details(said));
                    Meeting called = find(id).orElseThrow();
                    agenda.propose(acts, called);
                    tell(user, called, called.units(), null);
                    return id;
                })
                .orElseGet(() -> journal.findStream(user.actor(), bound, "meeting.begin")
                        .map(stream -> Long.parseLong(stream.substring(stream.indexOf(':') + 1)))
                        .orElseThrow(() -> new Refused("meetings.refused.repeated")));
    }

    /** Changes what is said of a meeting that is not closed. */
    void edit(User user, long id, int version, Said said) {
        check(said);
        journal.write(user.actor(), acts -> {
            Meeting before = lock(id, version);
            if (before.isClosed()) {
                throw new Refused("meetings.refused.closed");
            }
            bound("""
                            update meeting set title = :title, series = :series, day = :day, hour = :hour, place = :place,
                              chair = :chair, units = cast(:units as bigint[]), changed_by = :who, version = version + 1
                            where id = :id""", said, user).param("id", id).update();
            acts.note("meeting:" + id, "meeting.edit", details(said));
            Meeting after = find(id).orElseThrow();
            tell(
                    user,
                    after,
                    after.units().stream()
                            .filter(u -> !before.units().contains(u))
                            .toList(),
                    null);
            if (!after.day().equals(before.day())) {
                tell(
                        user,
                        after,
                        after.units().stream().filter(before.units()::contains).toList(),
                        before.day());
            }
            return id;
        });
    }

    /**
     * Tells the heads of some attending units that the meeting is planned, or that its day changed; nobody of one that
     * is open already or was held before it was written down.
     *
     * @param before the day it was planned for until now; null: they have not been told of it
     */
    private void tell(User user, Meeting meeting, List<Long> some, @Nullable LocalDate before) {
        if (!meeting.isPlanned() || meeting.day().isBefore(LocalDate.now(clock))) {
            return;
        }
        Map<String, String> details = new LinkedHashMap<>();
        details.put("by", user.name());
        details.put("meeting", Long.toString(meeting.id()));
        details.put("title", meeting.title());
        details.put("since", (meeting.day() + " " + meeting.hour()).strip());
        if (before != null) {
            details.put("before", before.toString());
        }
        messages.tellHeads(some, before == null ? "meeting-planned" : "meeting-moved", details, user.account(), now());
    }

    private JdbcClient.StatementSpec bound(String statement, Said said, User user) {
        return sql.sql(statement)
                .param("title", said.title().strip())
                .param("series", said.series().strip())
                .param("day", said.day())
                .param("hour", said.hour().strip())
                .param("place", said.place().strip())
                .param("chair", said.chair().strip())
                .param("units", said.units().toArray(Long[]::new))
                .param("who", user.name());
    }

    private static Map<String, Object> details(Said said) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("title", said.title().strip());
        details.put("series", said.series().strip());
        details.put("day", String.valueOf(said.day()));
        details.put("hour", said.hour());
        details.put("place", said.place());
        details.put("chair", said.chair());
        details.put("units", said.units());
        return details;
    }

    private static void check(Said said) {
        if (said.title().isBlank() || said.title().length() > LONGEST) {
            throw new Refused("meetings.refused.title", LONGEST);
        }
        if (said.series().length() > LONGEST
                || said.place().length() > LONGEST
                || said.chair().length() > LONGEST) {
            throw new Refused("meetings.refused.long", LONGEST);
        }
        LocalDate day = said.day();
        if (day == null || day.isBefore(FIRST) || day.isAfter(LAST)) {
            throw new Refused("meetings.refused.day");
        }
        if (!said.hour().isBlank() && !said.hour().strip().matches("([01]\\d|2[0-3]):[0-5]\\d")) {
            throw new Refused("meetings.refused.hour", said.hour());
        }
    }

    /** Locks a meeting that somebody looked at in a version; refuses where somebody else changed it since. */
    private Meeting lock(long id, int version) {
        Meeting meeting = lock(id);
        if (meeting.version() != version) {
            throw Refused.conflict("meetings.refused.stale", meeting.changedBy());
        }
        return meeting;
    }

    private Meeting lock(long id) {
        return sql.sql(SELECT + " where id = :id for update")
                .param("id", id)
                .query(Meetings::meeting)
                .optional()
                .orElseThrow(() -> new Refused("meetings.refused.none"));
    }

    /** Opens a meeting: its agenda stays as people saw it on the day. A second click does nothing. */
    void open(User user, long id) {
        journal.write(user.actor(), acts -> {
            Meeting meeting = lock(id);
            if (meeting.isPlanned()) {
                agenda.freeze(meeting);
                turn(user, id, "state = 'open', opened_at = :at");
                acts.note("meeting:" + id, "meeting.open", Map.of());
            }
            return id;
        });
    }

    /** Closes a meeting, the minutes stand from now on; or opens it again, where something was forgotten. */
    void close(User user, long id, boolean closed) {
        journal.write(user.actor(), acts -> {
            Meeting meeting = lock(id);
            if (meeting.isPlanned()) {
                throw new Refused("meetings.refused.not-open");
            }
            if (meeting.isClosed() != closed) {
                turn(user, id, closed ? "state = 'closed', closed_at = :at" : "state = 'open', closed_at = null");
                acts.note("meeting:" + id, closed ? "meeting.close" : "meeting.reopen", Map.of());
            }
            return id;
        });
    }

    private void turn(User user, long id, String change) {
        sql.sql("update meeting set " + change + ", changed_by = :who, version = version + 1 where id = :id")
                .param("at", Timestamp.from(now()))
                .param("who", user.name())
                .param("id", id)
                .update();
    }

    /** Works on the agenda of a meeting in one of some states, with the meeting locked. */
    void arrange(User user, long id, boolean alsoOpen, Agenda.Work work) {
        journal.write(user.actor(), acts -> {
            Meeting meeting = lock(id);
            if (meeting.isClosed()) {
                throw new Refused("meetings.refused.closed");
            }
            if (meeting.isOpen() && !alsoOpen) {
                throw new Refused("meetings.refused.frozen");
            }
            work.on(acts, meeting);
            return id;
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
