package org.luoshi.server.matters;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.calendar.Limit;
import org.luoshi.server.calendar.Run;
import org.luoshi.server.calendar.WorkingTime;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.Rung;
import org.luoshi.server.units.UnitTree;
import org.luoshi.server.web.Languages;
import org.luoshi.writing.SupervisionNotice;
import org.luoshi.writing.SupervisionNotice.Level;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Notices as letters, with the names and figures of the day they were sent. Letters are Chinese, whoever reads them. */
@Component
class NoticeLetters {
    private final JdbcClient sql;
    private final Surroundings surroundings;
    private final Languages languages;

    NoticeLetters(JdbcClient sql, Surroundings surroundings, Languages languages) {
        this.sql = sql;
        this.surroundings = surroundings;
        this.languages = languages;
    }

    /** The letter of a notice; empty for one that goes out without a letter. */
    Optional<SupervisionNotice> of(Notices.Notice notice, Matter matter) {
        String number = notice.number();
        Level level = level(notice.level());
        if (number == null || level == null) {
            return Optional.empty();
        }
        WorkingTime time = surroundings.time();
        LocalDate issued = notice.at().atZone(time.zone()).toLocalDate();
        UnitTree units = surroundings.tree();
        MatterWords words = new MatterWords(languages.words("zh"), units, issued);
        List<String> reasons = new ArrayList<>();
        if (!notice.words().isBlank()) {
            reasons.add(notice.words());
        }
        reasons.addAll(words.sentences(surroundings.typeOf(matter), notice.why()));
        return Optional.of(new SupervisionNotice(
                level,
                number,
                office(units, issued),
                words.unitInFull(matter.lead()),
                matter.number(),
                matter.title(),
                matter.what(),
                matter.due(),
                reasons,
                replyBy(surroundings.typeOf(matter), notice, time),
                issued));
    }

    private static @Nullable Level level(String key) {
        return switch (key) {
            case "blue" -> Level.BLUE;
            case "yellow" -> Level.YELLOW;
            case "orange" -> Level.ORANGE;
            case "red" -> Level.RED;
            default -> null;
        };
    }

    /** The last day to answer, by the ladder of the type; null where it gives no time. */
    private static @Nullable LocalDate replyBy(MatterType type, Notices.Notice notice, WorkingTime time) {
        Limit reply = type.findRung(notice.level()).map(Rung::reply).orElse(null);
        return reply == null
                ? null
                : Limit.lastDay(Run.start(reply, notice.at(), time).runsOut(), time.zone());
    }

    /** The unit of the supervision office: the one that most of its people belong to. */
    private String office(UnitTree units, LocalDate day) {
        return sql.sql("""
                        select a.unit from account a join account_role r on r.account = a.id
                        where r.role = 'supervision' group by a.unit order by count(*) desc, a.unit limit 1""")
                .query(Long.class)
                .optional()
                .map(unit -> units.full(unit, day))
                .orElse("");
    }
}
