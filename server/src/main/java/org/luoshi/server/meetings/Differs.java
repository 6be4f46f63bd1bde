package org.luoshi.server.meetings;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.luoshi.server.units.UnitTree;
import org.luoshi.server.web.Words;

/**
 * One thing that is stored otherwise than somebody typed it, after another person saved first.
 *
 * @param name of the field, in the reader's language
 * @param stored as a sentence shows it
 */
public record Differs(String name, String stored) {
    static List<Differs> list(Words words, UnitTree tree, Meeting stored, Meetings.Said typed, LocalDate today) {
        List<Differs> differs = new ArrayList<>();
        add(differs, words, "name", stored.title(), typed.title());
        add(differs, words, "series", stored.series(), typed.series());
        LocalDate day = typed.day();
        add(differs, words, "day", stored.day().toString(), day == null ? "" : day.toString());
        add(differs, words, "hour", stored.hour(), typed.hour());
        add(differs, words, "chair", stored.chair(), typed.chair());
        add(differs, words, "place", stored.place(), typed.place());
        if (!Set.copyOf(stored.units()).equals(Set.copyOf(typed.units()))) {
            String units =
                    stored.units().stream().map(unit -> tree.brief(unit, today)).collect(Collectors.joining("、"));
            differs.add(differs(words, "units", units));
        }
        return differs;
    }

    private static void add(List<Differs> differs, Words words, String field, String stored, String typed) {
        if (!stored.equals(typed.strip())) {
            differs.add(differs(words, field, stored));
        }
    }

    private static Differs differs(Words words, String field, String stored) {
        return new Differs(words.t("meetings." + field), stored.isEmpty() ? words.t("meetings.differs.empty") : stored);
    }
}
