package org.luoshi.server.meetings;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.luoshi.server.matters.Lagging;
import org.luoshi.server.matters.Lagging.Stood;
import org.luoshi.server.matters.MatterWords;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.State;
import org.luoshi.server.web.Words;

/** Why a matter is on the table, in sentences with their figures. */
final class Reasons {
    private final Words words;
    private final MatterWords said;
    private final LocalDate day;

    /** @param day on which the matters stood so */
    Reasons(Words words, MatterWords said, LocalDate day) {
        this.words = words;
        this.said = said;
        this.day = day;
    }

    String of(Stood stood, MatterType type) {
        State state = type.getState(stood.state());
        if (state.end()) {
            LocalDate due = stood.due();
            LocalDate closed = stood.closedOn();
            return due != null && closed != null && closed.isAfter(due)
                    ? words.t("meetings.why.closed-late", closed.toString(), days(due, closed))
                    : closed == null
                            ? words.t("meetings.why.ended")
                            : words.t("meetings.why.closed", closed.toString());
        }
        List<String> sentences = new ArrayList<>();
        if (state.side()) {
            sentences.add(words.t("meetings.why.stuck", state.name().in(words.language())));
        }
        boolean lit = stood.light().equals("red") || stood.light().equals("yellow");
        if (lit) {
            sentences.add(said.why(type, stood.lightWord(), stood.why()));
        }
        boolean told = lit && stood.why().getOrDefault("left", "").startsWith("-");
        LocalDate due = stood.due();
        if (!told && !state.side() && due != null && due.isBefore(day)) {
            sentences.add(words.t("meetings.why.overdue", due.toString(), days(due, day)));
        }
        if (stood.level() != null) {
            sentences.add(words.t("meetings.why.notice", words.t("matters.level." + stood.level())));
        }
        if (stood.bounced() >= Lagging.BOUNCED) {
            sentences.add(words.t("meetings.why.bounced", stood.bounced()));
        }
        if (stood.recurred() > 0) {
            sentences.add(words.t("meetings.why.recurred", stood.recurred()));
        }
        if (sentences.isEmpty()) {
            sentences.add(said.why(type, stood.lightWord(), stood.why()));
        }
        return String.join(words.t("meetings.between"), sentences);
    }

    /** Who has to do the next thing, the lead unit by its name; empty: nobody. */
    String holder(Stood stood, MatterType type) {
        return type.getState(stood.state()).waitsFor().stream()
                .map(who -> switch (who) {
                    case LEAD -> said.unit(stood.lead());
                    case LEAD_HEAD -> words.t("meetings.head-of", said.unit(stood.lead()));
                    default -> words.t("matters.who." + who.key());
                })
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(words.t("matters.and")));
    }

    /** Days past the deadline, 0: none. */
    long late(Stood stood) {
        LocalDate due = stood.due();
        LocalDate until = stood.closedOn() == null ? day : stood.closedOn();
        return due == null || until == null || !due.isBefore(until) ? 0 : ChronoUnit.DAYS.between(due, until);
    }

    private static String days(LocalDate from, LocalDate to) {
        return Long.toString(ChronoUnit.DAYS.between(from, to));
    }
}
