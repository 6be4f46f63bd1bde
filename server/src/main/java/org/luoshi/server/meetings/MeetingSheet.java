package org.luoshi.server.meetings;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.calendar.WorkingTime;
import org.luoshi.server.matters.Lagging;
import org.luoshi.server.matters.Lagging.Stood;
import org.luoshi.server.matters.MatterWords;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.units.UnitTree;
import org.luoshi.server.units.Units;
import org.luoshi.server.web.Shell;
import org.luoshi.server.web.Words;
import org.springframework.stereotype.Component;

/** Gathers what the pages of a meeting and its minutes show. */
@Component
public class MeetingSheet {
    private final Agenda agenda;
    private final Decisions decisions;
    private final Lagging lagging;
    private final Units units;

    MeetingSheet(Agenda agenda, Decisions decisions, Lagging lagging, Units units) {
        this.agenda = agenda;
        this.decisions = decisions;
        this.lagging = lagging;
        this.units = units;
    }

    /**
     * A line of the agenda in the reader's words.
     *
     * @param late days past the deadline, 0: none
     * @param decided how many decisions were made about it
     */
    public record Line(
            Item item, String unit, String state, String holder, String why, String word, long late, long decided) {}

    /** What one unit answers for. */
    public record Group(String unit, List<Line> lines) {}

    /**
     * A decision with how its matter stands today.
     *
     * @param word key of the light's word
     * @param withdrawn whether it was cancelled before the meeting was closed; it is not in the minutes
     */
    public record Made(
            long item,
            long matter,
            String number,
            String title,
            String lead,
            String joint,
            LocalDate due,
            String state,
            String light,
            String word,
            boolean withdrawn) {}

    /**
     * A meeting with its agenda.
     *
     * @param lagging how many matters lag among the units that attend, of which the agenda proposes the most pressing
     * @param whole whether the person sees all of it; others see what their unit has a part in
     */
    public record View(
            Meeting meeting,
            MatterWords words,
            @Nullable Meeting last,
            List<Line> decided,
            List<Group> lags,
            List<Line> others,
            List<Line> dropped,
            List<Made> made,
            String attending,
            long lagging,
            boolean writes,
            boolean whole) {

        /** All lines of the agenda in their order. */
        public List<Line> lines() {
            return Stream.of(decided.stream(), lags.stream().flatMap(group -> group.lines().stream()), others.stream())
                    .flatMap(lines -> lines)
                    .toList();
        }
    }

    View view(Shell shell, Meeting meeting) {
        boolean writes = shell.may(Role.SUPERVISION);
        LocalDate day = asOf(meeting, shell.today());
        Words words = shell.words();
        UnitTree tree = units.tree();
        MatterWords said = new MatterWords(words, tree, day);
        Reasons reasons = new Reasons(words, said, day);
        List<Decisions.Decision> made = decisions.list(meeting.id());
        List<Item> items = agenda.list(meeting);
        return new View(
                meeting,
                said,
                agenda.findLast(meeting).orElse(null),
                lines(items, Item.Part.DECIDED, made, said, reasons),
                groups(items, made, said, reasons),
                lines(items, Item.Part.OTHER, made, said, reasons),
                writes
                        ? items.stream()
                                .filter(Item::dropped)
                                .map(i -> line(i, made, said, reasons))
                                .toList()
                        : List.of(),
                made(made, said),
                said.unitsInFull(meeting.units()),
                writes && meeting.isPlanned() ? agenda.countLagging(meeting) : 0,
                writes,
                agenda.seesAll());
    }

    private List<Made> made(List<Decisions.Decision> decided, MatterWords said) {
        Map<Long, Stood> now =
                lagging.map(decided.stream().map(Decisions.Decision::matter).toList());
        List<Made> made = new ArrayList<>();
        for (Decisions.Decision d : decided) {
            Stood stood = now.get(d.matter());
            if (stood != null) {
                made.add(new Made(
                        d.item(),
                        d.matter(),
                        d.number(),
                        d.title(),
                        said.unit(d.lead()),
                        said.unitsInFull(d.joint()),
                        d.due(),
                        said.state(lagging.typeOf(stood), stood.state()),
                        stood.light(),
                        "matters.light." + stood.lightWord(),
                        d.withdrawn()));
            }
        }
        return made;
    }

    /** The day on which the matters of an agenda stood as it shows them. */
    private static LocalDate asOf(Meeting meeting, LocalDate today) {
        return meeting.openedAt() == null || meeting.isPlanned()
                ? today
                : meeting.openedAt().atZone(WorkingTime.BEIJING).toLocalDate();
    }

    private List<Line> lines(
            List<Item> items, Item.Part part, List<Decisions.Decision> made, MatterWords said, Reasons reasons) {
        return items.stream()
                .filter(i -> i.part() == part && !i.dropped())
                .map(i -> line(i, made, said, reasons))
                .toList();
    }

    private List<Group> groups(List<Item> items, List<Decisions.Decision> made, MatterWords said, Reasons reasons) {
        List<Group> groups = new ArrayList<>();
        List<Item> lags = items.stream()
                .filter(i -> i.part() == Item.Part.LAGS && !i.dropped())
                .toList();
        for (List<Item> group : Order.groups(lags)) {
            groups.add(new Group(
                    said.unit(group.getFirst().lead()),
                    group.stream().map(i -> line(i, made, said, reasons)).toList()));
        }
        return groups;
    }

    private Line line(Item item, List<Decisions.Decision> made, MatterWords said, Reasons reasons) {
        long decided = made.stream()
                .filter(d -> d.item() == item.id() && !d.withdrawn())
                .count();
        Stood stood = item.stood();
        if (stood == null) {
            return new Line(item, "", "", "", "", "", 0, decided);
        }
        MatterType type = lagging.typeOf(stood);
        return new Line(
                item,
                said.unit(stood.lead()),
                said.state(type, stood.state()),
                reasons.holder(stood, type),
                reasons.of(stood, type),
                "matters.light." + stood.lightWord(),
                reasons.late(stood),
                decided);
    }

    UnitTree tree() {
        return units.tree();
    }
}
