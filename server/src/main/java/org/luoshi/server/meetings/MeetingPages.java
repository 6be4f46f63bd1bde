package org.luoshi.server.meetings;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.matters.Forms.Option;
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
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** Meetings coming and held; a meeting with its agenda. */
@Controller
public class MeetingPages {
    private final Meetings meetings;
    private final Agenda agenda;
    private final Decisions decisions;
    private final MeetingSheet sheet;

    MeetingPages(Meetings meetings, Agenda agenda, Decisions decisions, MeetingSheet sheet) {
        this.meetings = meetings;
        this.agenda = agenda;
        this.decisions = decisions;
        this.sheet = sheet;
    }

    /** @param decided decisions of meetings, as many as the person may see */
    public record ListView(List<Meeting> coming, List<Meeting> held, Map<Long, Integer> decided, boolean writes) {}

    @GetMapping("/meetings")
    String list(@ModelAttribute("shell") Shell shell, Model model) {
        List<Meeting> all = meetings.list();
        model.addAttribute(
                "view",
                new ListView(
                        all.stream().filter(m -> !m.isClosed()).toList().reversed(),
                        all.stream().filter(Meeting::isClosed).toList(),
                        decisions.countByMeeting(),
                        shell.may(Role.SUPERVISION)));
        return "meetings/list";
    }

    /**
     * A form for a meeting.
     *
     * @param id null: a new one
     * @param fault what was wrong with what was typed; empty: nothing
     * @param differs what somebody else saved meanwhile and this form would overwrite
     * @param version that the person looked at, so that nothing is overwritten unseen
     */
    public record FormView(
            @Nullable Long id,
            Map<String, String> typed,
            List<Option> units,
            List<String> series,
            String fault,
            List<Differs> differs,
            String request,
            int version) {

        public String value(String key) {
            return typed.getOrDefault(key, "");
        }
    }

    @GetMapping("/meetings/new")
    String fresh(@ModelAttribute("shell") Shell shell, Model model) {
        writes(shell);
        // The next of a series looks like the one before: only its day is new.
        Meeting last = meetings.list().stream().findFirst().orElse(null);
        Map<String, String> typed = last == null ? Map.of() : said(last, "", "");
        model.addAttribute("view", form(shell, null, typed, last == null ? List.of() : last.units(), "", List.of(), 1));
        return "meetings/form";
    }

    private static Map<String, String> said(Meeting meeting, String title, String day) {
        return Map.of(
                "title", title,
                "series", meeting.series(),
                "day", day,
                "hour", meeting.hour(),
                "place", meeting.place(),
                "chair", meeting.chair());
    }

    private FormView form(
            Shell shell,
            @Nullable Long id,
            Map<String, String> typed,
            List<Long> chosen,
            String fault,
            List<Differs> differs,
            int version) {
        return new FormView(
                id,
                typed,
                first(options(sheet, shell.today(), new HashSet<>(chosen)), chosen),
                meetings.listSeries(),
                fault,
                differs,
                UUID.randomUUID().toString(),
                version);
    }

    static List<Option> options(MeetingSheet sheet, LocalDate day, Set<Long> chosen) {
        return sheet.tree().on(day).stream()
                .map(node -> new Option(
                        Long.toString(node.id()),
                        sheet.tree().brief(node.id(), day),
                        node.depth(),
                        chosen.contains(node.id())))
                .toList();
    }

    /** Some units before the others: they are looked for most. */
    static List<Option> first(List<Option> options, List<Long> some) {
        Set<String> before = some.stream().map(String::valueOf).collect(Collectors.toSet());
        return Stream.concat(
                        options.stream()
                                .filter(o -> before.contains(o.value()))
                                .map(o -> new Option(o.value(), o.name(), 0, o.chosen())),
                        options.stream().filter(o -> !before.contains(o.value())))
                .toList();
    }

    private static void writes(Shell shell) {
        if (!shell.may(Role.SUPERVISION)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
    }

    @PostMapping("/meetings")
    Object begin(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @RequestParam MultiValueMap<String, String> form,
            Model model) {
        try {
            return "redirect:/meetings/"
                    + meetings.begin(
                            user,
                            said(form),
                            first(form, "request", UUID.randomUUID().toString()));
        } catch (Refused refused) {
            return again(shell, null, form, refused, List.of(), 1, model);
        }
    }

    @GetMapping("/meetings/{id:\\d+}/edit")
    String editing(@ModelAttribute("shell") Shell shell, @PathVariable long id, Model model) {
        writes(shell);
        Meeting m = found(meetings, id);
        model.addAttribute(
                "view", form(shell, id, said(m, m.title(), m.day().toString()), m.units(), "", List.of(), m.version()));
        return "meetings/form";
    }

    @PostMapping("/meetings/{id:\\d+}")
    Object edit(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> form,
            Model model) {
        found(meetings, id);
        int version = number(first(form, "version", "0"));
        try {
            meetings.edit(user, id, version, said(form));
            return "redirect:/meetings/" + id;
        } catch (Refused refused) {
            if (!refused.isConflict()) {
                return again(shell, id, form, refused, List.of(), version, model);
            }
            Meeting theirs = found(meetings, id);
            List<Differs> differs = Differs.list(shell.words(), sheet.tree(), theirs, said(form), shell.today());
            return again(shell, id, form, refused, differs, theirs.version(), model);
        }
    }

    /** The form with all that was typed, and what was wrong. */
    private Object again(
            Shell shell,
            @Nullable Long id,
            MultiValueMap<String, String> form,
            Refused refused,
            List<Differs> differs,
            int version,
            Model model) {
        model.addAttribute(
                "view",
                form(
                        shell,
                        id,
                        form.toSingleValueMap(),
                        said(form).units(),
                        shell.t(refused.key(), refused.arguments()),
                        differs,
                        version));
        return new ModelAndView(
                "meetings/form",
                model.asMap(),
                refused.isConflict() ? HttpStatus.CONFLICT : HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private Meetings.Said said(MultiValueMap<String, String> form) {
        return new Meetings.Said(
                first(form, "title", ""),
                first(form, "series", ""),
                day(first(form, "day", "")),
                first(form, "hour", ""),
                first(form, "place", ""),
                first(form, "chair", ""),
                form.getOrDefault("units", List.of()).stream()
                        .filter(unit -> unit.matches("\\d{1,18}"))
                        .map(Long::valueOf)
                        .filter(unit -> sheet.tree().has(unit))
                        .distinct()
                        .toList());
    }

    private static @Nullable LocalDate day(String text) {
        try {
            return text.isBlank() ? null : LocalDate.parse(text.strip());
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    static String first(MultiValueMap<String, String> form, String name, String otherwise) {
        String text = form.getFirst(name);
        return text == null ? otherwise : text;
    }

    /** The meeting, as if there were none where the person may not see it. */
    static Meeting found(Meetings meetings, long id) {
        return meetings.find(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No such meeting"));
    }

    @GetMapping("/meetings/{id:\\d+}")
    String meeting(@ModelAttribute("shell") Shell shell, @PathVariable long id, Model model) {
        model.addAttribute("view", sheet.view(shell, found(meetings, id)));
        return "meetings/meeting";
    }

    @PostMapping("/meetings/{id:\\d+}/propose")
    String propose(@AuthenticationPrincipal User user, @PathVariable long id) {
        meetings.arrange(user, id, false, agenda::propose);
        return "redirect:/meetings/" + id + "?done=meetings.proposed";
    }

    @PostMapping("/meetings/{id:\\d+}/add")
    String add(
            @AuthenticationPrincipal User user,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String numbers,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String back) {
        List<String> asked = Arrays.stream(numbers.split("[\\s,，、;；]+", -1))
                .filter(n -> !n.isBlank())
                .distinct()
                .toList();
        meetings.arrange(user, id, true, (acts, meeting) -> {
            if (asked.isEmpty()) {
                agenda.addFree(acts, meeting, title);
            } else {
                List<String> unknown = agenda.add(acts, meeting, asked);
                if (!unknown.isEmpty()) {
                    throw new Refused("meetings.refused.unknown", String.join("、", unknown));
                }
            }
        });
        return "redirect:/meetings/" + id + (back.equals("room") ? "/room" : "");
    }

    @PostMapping("/meetings/{id:\\d+}/items/{item:\\d+}/{how:keep|drop|restore|up|down}")
    String arrange(
            @AuthenticationPrincipal User user,
            @PathVariable long id,
            @PathVariable long item,
            @PathVariable String how) {
        Agenda.Arrangement wanted = Agenda.Arrangement.valueOf(how.toUpperCase(Locale.ROOT));
        meetings.arrange(user, id, false, (acts, meeting) -> agenda.arrange(acts, meeting, item, wanted));
        return "redirect:/meetings/" + id + (wanted == Agenda.Arrangement.DROP ? "" : "#i" + item);
    }

    @PostMapping("/meetings/{id:\\d+}/open")
    String open(@AuthenticationPrincipal User user, @PathVariable long id) {
        meetings.open(user, id);
        return "redirect:/meetings/" + id + "/room";
    }

    @PostMapping("/meetings/{id:\\d+}/close")
    String close(@AuthenticationPrincipal User user, @PathVariable long id, @RequestParam boolean closed) {
        meetings.close(user, id, closed);
        return "redirect:/meetings/" + id + (closed ? "" : "/room");
    }
}
