package org.luoshi.server.meetings;

import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.matters.Fault;
import org.luoshi.server.matters.FaultWords;
import org.luoshi.server.matters.Forms.Option;
import org.luoshi.server.matters.Matter;
import org.luoshi.server.matters.MoveRefused;
import org.luoshi.server.meetings.MeetingSheet.Line;
import org.luoshi.server.web.Shell;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The page on the screen of the room: one item at a time, what is said and what is decided. */
@Controller
public class RoomPages {
    private final Meetings meetings;
    private final Decisions decisions;
    private final MeetingSheet sheet;

    RoomPages(Meetings meetings, Decisions decisions, MeetingSheet sheet) {
        this.meetings = meetings;
        this.decisions = decisions;
        this.sheet = sheet;
    }

    /** A day that is often chosen, so that nobody types it. */
    public record Day(String value, String name) {}

    /**
     * One item on the screen.
     *
     * @param typed what stands in the form: discussion, title, lead, joint, due
     * @param faults what is wrong, by input; under the empty key what is wrong with the whole
     * @param theirs what somebody else wrote meanwhile; null: nothing
     */
    public record View(
            MeetingSheet.View sheet,
            List<Line> lines,
            Line now,
            int place,
            @Nullable Line before,
            @Nullable Line after,
            Map<String, String> typed,
            Map<String, String> faults,
            @Nullable String theirs,
            String base,
            int version,
            String request,
            List<Option> leads,
            List<Option> joint,
            List<Day> days) {

        public String value(String key) {
            return typed.getOrDefault(key, "");
        }

        public String fault(String key) {
            return faults.getOrDefault(key, "");
        }
    }

    @GetMapping("/meetings/{id:\\d+}/room")
    String room(
            @ModelAttribute("shell") Shell shell,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable Long item,
            Model model) {
        Meeting meeting = MeetingPages.found(meetings, id);
        MeetingSheet.View view = sheet.view(shell, meeting);
        if (!shell.may(Role.SUPERVISION) || !meeting.isOpen() || view.lines().isEmpty()) {
            return "redirect:/meetings/" + id;
        }
        Line now = find(view.lines(), item);
        Map<String, String> typed = new LinkedHashMap<>();
        typed.put("discussion", now.item().discussion());
        typed.put("lead", now.item().lead() == null ? "" : now.item().lead().toString());
        model.addAttribute("view", view(shell, view, now, typed, Map.of(), null, now.item()));
        return "meetings/room";
    }

    private static Line find(List<Line> lines, @Nullable Long item) {
        return lines.stream()
                .filter(line -> item != null && line.item().id() == item)
                .findFirst()
                .orElse(lines.getFirst());
    }

    private View view(
            Shell shell,
            MeetingSheet.View all,
            Line now,
            Map<String, String> typed,
            Map<String, String> faults,
            @Nullable String theirs,
            Item base) {
        List<Line> lines = all.lines();
        int place = lines.indexOf(now);
        Set<Long> lead = ids(typed.getOrDefault("lead", ""));
        LocalDate today = shell.today();
        return new View(
                all,
                lines,
                now,
                place + 1,
                place > 0 ? lines.get(place - 1) : null,
                place + 1 < lines.size() ? lines.get(place + 1) : null,
                typed,
                faults,
                theirs,
                typed.containsKey("base") && theirs == null ? typed.get("base") : base.discussion(),
                theirs == null
                        ? MeetingPages.number(typed.getOrDefault("version", "" + base.version()))
                        : base.version(),
                UUID.randomUUID().toString(),
                MeetingPages.first(
                        MeetingPages.options(sheet, today, lead), all.meeting().units()),
                MeetingPages.first(
                        MeetingPages.options(sheet, today, ids(typed.getOrDefault("joint", ""))),
                        all.meeting().units()),
                List.of(
                        new Day(today.plusDays(7).toString(), shell.t("meetings.days.week")),
                        new Day(today.plusDays(14).toString(), shell.t("meetings.days.weeks")),
                        new Day(
                                today.with(TemporalAdjusters.lastDayOfMonth()).toString(),
                                shell.t("meetings.days.month")),
                        new Day(
                                today.plusMonths(1)
                                        .with(TemporalAdjusters.lastDayOfMonth())
                                        .toString(),
                                shell.t("meetings.days.next-month"))));
    }

    private static Set<Long> ids(String text) {
        Set<Long> ids = new HashSet<>();
        for (String one : text.split(",", -1)) {
            if (one.matches("\\d{1,18}")) {
                ids.add(Long.valueOf(one));
            }
        }
        return ids;
    }

    /** Writes down what was said; {@code act}: note, decide, close, or the id of the item to go to. */
    @PostMapping("/meetings/{id:\\d+}/items/{item:\\d+}")
    Object write(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @PathVariable long id,
            @PathVariable long item,
            @RequestParam MultiValueMap<String, String> form,
            Model model) {
        Meeting meeting = MeetingPages.found(meetings, id);
        Map<String, String> typed = new LinkedHashMap<>();
        form.forEach((key, values) -> typed.put(
                key, String.join(",", values.stream().filter(v -> v != null).toList())));
        String act = typed.getOrDefault("act", "note");
        boolean decides = act.equals("decide");
        boolean closes = act.equals("close");
        boolean goes = act.matches("\\d{1,18}");
        boolean leaves = closes || goes;
        if (leaves && !typed.getOrDefault("title", "").isBlank()) {
            return again(
                    shell,
                    meeting,
                    item,
                    typed,
                    Map.of("title", shell.t("meetings.refused.undecided")),
                    null,
                    model,
                    false);
        }
        try {
            Matter made = decisions
                    .write(
                            user,
                            id,
                            item,
                            new Decisions.Said(
                                    MeetingPages.number(typed.getOrDefault("version", "0")),
                                    typed.getOrDefault("base", ""),
                                    typed.getOrDefault("discussion", ""),
                                    decides ? inputs(typed) : null),
                            typed.getOrDefault("request", UUID.randomUUID().toString()))
                    .orElse(null);
            if (closes) {
                meetings.close(user, id, true);
                return "redirect:/meetings/" + id;
            }
            String done = made != null ? "&done=meetings.decided" : goes ? "" : "&done=meetings.noted";
            return "redirect:/meetings/" + id + "/room?item=" + (goes ? act : Long.toString(item)) + done;
        } catch (MoveRefused refused) {
            return again(shell, meeting, item, typed, said(shell, refused.faults()), null, model, false);
        } catch (Decisions.Stale stale) {
            Map<String, String> faults = Map.of("discussion", shell.t("meetings.refused.noted", stale.by()));
            return again(shell, meeting, item, typed, faults, stale.theirs(), model, true);
        } catch (Refused refused) {
            // Closed by a colleague, or too long: what was said in the room stands nowhere else.
            Meeting now = MeetingPages.found(meetings, id);
            if (sheet.view(shell, now).lines().stream()
                    .noneMatch(line -> line.item().id() == item)) {
                throw refused;
            }
            Map<String, String> faults = Map.of("", shell.t(refused.key(), refused.arguments()));
            return again(shell, now, item, typed, faults, null, model, refused.isConflict());
        }
    }

    private static Map<String, String> inputs(Map<String, String> typed) {
        Map<String, String> inputs = new LinkedHashMap<>();
        for (String key : List.of("title", "lead", "joint", "due")) {
            inputs.put(key, typed.getOrDefault(key, ""));
        }
        return inputs;
    }

    private static Map<String, String> said(Shell shell, List<Fault> faults) {
        Map<String, String> said = new LinkedHashMap<>();
        for (Fault fault : faults) {
            boolean own = List.of("title", "lead", "joint", "due").contains(fault.field());
            String sentence = FaultWords.say(shell.words(), fault);
            said.merge(own ? fault.field() : "", sentence, (a, b) -> a.equals(b) ? a : a + b);
        }
        return said;
    }

    /** The page with all that was typed, and what is wrong beside it. */
    private Object again(
            Shell shell,
            Meeting meeting,
            long item,
            Map<String, String> typed,
            Map<String, String> faults,
            @Nullable String theirs,
            Model model,
            boolean conflict) {
        MeetingSheet.View all = sheet.view(shell, meeting);
        Line now = find(all.lines(), item);
        model.addAttribute("view", view(shell, all, now, typed, faults, theirs, now.item()));
        return new ModelAndView(
                "meetings/room", model.asMap(), conflict ? HttpStatus.CONFLICT : HttpStatus.UNPROCESSABLE_CONTENT);
    }
}
