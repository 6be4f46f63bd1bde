package org.luoshi.server.meetings;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.luoshi.server.accounts.User;
import org.luoshi.server.matters.Matter;
import org.luoshi.server.matters.MeetingYear;
import org.springframework.stereotype.Component;

/** Holds the meetings of a pack's year, on the same path as by hand. */
@Component
class MeetingsOfYear implements MeetingYear {
    private final Meetings meetings;
    private final Agenda agenda;
    private final Decisions decisions;

    MeetingsOfYear(Meetings meetings, Agenda agenda, Decisions decisions) {
        this.meetings = meetings;
        this.agenda = agenda;
        this.decisions = decisions;
    }

    @Override
    public void begin(User by, Map<String, String> said, List<Long> units) {
        String title = said.getOrDefault("title", "");
        meetings.begin(
                by,
                new Meetings.Said(
                        title,
                        said.getOrDefault("series", ""),
                        LocalDate.parse(said.getOrDefault("day", "")),
                        said.getOrDefault("hour", ""),
                        said.getOrDefault("place", ""),
                        said.getOrDefault("chair", ""),
                        units),
                "year:meeting:" + title);
    }

    private Meeting called(String title) {
        return meetings.list().stream()
                .filter(meeting -> meeting.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "year.yaml names the meeting " + title + ", which was not called before"));
    }

    @Override
    public void open(User by, String title) {
        meetings.open(by, called(title).id());
    }

    @Override
    public void note(User by, String title, String about, String text) {
        Meeting meeting = called(title);
        Item item = item(by, meeting, about);
        decisions.write(
                by,
                meeting.id(),
                item.id(),
                new Decisions.Said(item.version(), item.discussion(), text, null),
                "year:note:" + item.id());
    }

    @Override
    public long decide(User by, String title, String about, Map<String, String> typed, String request) {
        Meeting meeting = called(title);
        Item item = item(by, meeting, about);
        return decisions
                .write(
                        by,
                        meeting.id(),
                        item.id(),
                        new Decisions.Said(item.version(), item.discussion(), item.discussion(), typed),
                        request)
                .map(Matter::id)
                .orElseThrow();
    }

    @Override
    public void close(User by, String title) {
        meetings.close(by, called(title).id(), true);
    }

    /** The item about a matter; one that the agenda does not hold is added as it comes up. */
    private Item item(User by, Meeting meeting, String about) {
        if (find(meeting, about) == null) {
            List<String> numbers = agenda.numbers(about);
            meetings.arrange(by, meeting.id(), true, (acts, locked) -> {
                if (numbers.isEmpty()) {
                    agenda.addFree(acts, locked, about);
                } else {
                    agenda.add(acts, locked, numbers);
                }
            });
        }
        return java.util.Objects.requireNonNull(find(meeting, about));
    }

    private @org.jspecify.annotations.Nullable Item find(Meeting meeting, String about) {
        return agenda.list(meeting).stream()
                .filter(item -> item.name().equals(about))
                .findFirst()
                .orElse(null);
    }
}
