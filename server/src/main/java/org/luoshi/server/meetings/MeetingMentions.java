package org.luoshi.server.meetings;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.matters.Mentions;
import org.luoshi.server.web.Words;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The way from a matter to the meeting that decided it, and to those that spoke of it. */
@Component
class MeetingMentions implements Mentions {
    private final JdbcClient sql;

    MeetingMentions(JdbcClient sql) {
        this.sql = sql;
    }

    @Override
    public List<Mention> of(long matter, Words words, @Nullable LocalDate until) {
        return sql.sql("""
                        select g.id, g.title, g.day, true as decided from meeting_decision d join meeting g on g.id = d.meeting
                        where d.matter = :matter and (cast(:until as date) is null or g.day <= :until)
                        union all
                        select g.id, g.title, g.day, false from agenda_item i join meeting g on g.id = i.meeting
                        where i.matter = :matter and (cast(:until as date) is null or g.day <= :until) and not i.dropped and g.state <> 'planned'
                        order by day desc, id desc""")
                .param("matter", matter)
                .param("until", until)
                .query((row, n) -> new Mention(
                        "/meetings/" + row.getLong("id"),
                        words.t(
                                row.getBoolean("decided") ? "meetings.mention.decided" : "meetings.mention.agenda",
                                row.getString("day"),
                                row.getString("title"))))
                .list();
    }
}
