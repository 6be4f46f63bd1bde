package org.luoshi.server.burden;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.accounts.User;
import org.luoshi.server.calendar.Calendars;
import org.luoshi.server.calendar.WorkingDays;
import org.luoshi.server.database.Asking;
import org.luoshi.server.units.Askers;
import org.luoshi.server.units.UnitTree;
import org.luoshi.server.units.Units;
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

/** The plan of inspections as a month and as a list, with its clashes. */
@Controller
public class InspectionPages {
    private final Inspections inspections;
    private final Requests requests;
    private final BurdenRules rules;
    private final Calendars calendars;
    private final Units units;

    InspectionPages(Inspections inspections, Requests requests, BurdenRules rules, Calendars calendars, Units units) {
        this.inspections = inspections;
        this.requests = requests;
        this.rules = rules;
        this.calendars = calendars;
        this.units = units;
    }

    /** A visit in the plan. */
    public record Line(
            Inspections.Inspection inspection, String organiser, String units, boolean clashes, List<String> why) {}

    public record Day(LocalDate date, boolean in, boolean off, boolean today, String name, List<Line> visits) {}

    public record View(
            String month,
            String before,
            String after,
            String said,
            boolean asList,
            List<Day> days,
            List<Line> lines,
            List<Integer> unloaded,
            boolean mayPropose,
            Rules rules) {}

    public record OneView(
            Line line, @Nullable Line wanted, List<Line> joinable, boolean mayDecide, boolean mayCancel) {}

    @GetMapping("/inspections")
    String plan(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @RequestParam(required = false) @Nullable String month,
            @RequestParam(required = false, defaultValue = "month") String view,
            Model model) {
        YearMonth chosen = month(month, shell.today());
        boolean asList = view.equals("list");
        LocalDate first = asList ? LocalDate.of(chosen.getYear(), 1, 1) : chosen.atDay(1);
        LocalDate last = asList ? LocalDate.of(chosen.getYear(), 12, 31) : chosen.atEndOfMonth();
        List<Line> lines = lines(user, inspections.list(first, last), shell);
        WorkingDays working = calendars.time().days();
        Period said = asList ? Period.yearOf(first) : Period.monthOf(first);
        model.addAttribute(
                "view",
                new View(
                        chosen.toString(),
                        (asList ? chosen.minusYears(1) : chosen.minusMonths(1)).toString(),
                        (asList ? chosen.plusYears(1) : chosen.plusMonths(1)).toString(),
                        said.say(shell.words()),
                        asList,
                        asList ? List.of() : days(chosen, lines, working, shell.today()),
                        lines,
                        working.missing(first, last),
                        Requests.mayAsk(user),
                        rules.rules()));
        return "burden/inspections";
    }

    private static YearMonth month(@Nullable String text, LocalDate today) {
        try {
            return text == null ? YearMonth.from(today) : YearMonth.parse(text);
        } catch (DateTimeParseException e) {
            return YearMonth.from(today);
        }
    }

    /**
     * Visits with what they clash with. Of another visit, only those who may see it read whose it is and when; who plans
     * the visit is told that there is one, as he was when he planned it.
     */
    private List<Line> lines(User user, List<Inspections.Inspection> found, Shell shell) {
        if (found.isEmpty()) {
            return List.of();
        }
        UnitTree tree = units.tree();
        Set<Long> visited = new LinkedHashSet<>();
        found.forEach(i -> visited.addAll(i.units()));
        LocalDate first = found.getFirst().from();
        LocalDate last = found.stream()
                .map(Inspections.Inspection::to)
                .max(LocalDate::compareTo)
                .orElse(first);
        List<Clashes.Visit> planned = inspections.planned(visited, first, last);
        Clashes clashes = inspections.clashes();
        Set<Long> visible =
                inspections.visible(planned.stream().map(Clashes.Visit::id).toList());
        Asking asking = Askers.of(user, tree);
        List<Line> lines = new ArrayList<>();
        for (Inspections.Inspection i : found) {
            boolean open = i.state().equals("proposed") || i.state().equals("approved");
            boolean own = asking.all() || asking.units().contains(i.organiser());
            List<String> why = open
                    ? clashes.of(i.id(), i.units(), i.from(), i.to(), planned).stream()
                            .filter(c -> own
                                    || (c.other() == 0
                                            ? c.unit() == 0 || asking.units().contains(c.unit())
                                            : visible.contains(c.other())))
                            .map(c -> c.other() == 0 || visible.contains(c.other())
                                    ? InspectionForm.say(c, shell.words(), tree, shell.today())
                                    : shell.t(
                                            "burden.clash." + c.kind().key() + ".hidden",
                                            tree.brief(c.unit(), shell.today()),
                                            Integer.toString(c.number())))
                            .toList()
                    : List.of();
            List<String> organisers = new ArrayList<>(List.of(tree.brief(i.organiser(), shell.today())));
            organisers.addAll(tree.briefs(i.others(), shell.today()));
            lines.add(new Line(
                    i,
                    String.join(shell.t("burden.and"), organisers),
                    String.join(shell.t("burden.and"), tree.briefs(i.units(), shell.today())),
                    !why.isEmpty(),
                    why));
        }
        return lines;
    }

    private List<Day> days(YearMonth month, List<Line> lines, WorkingDays working, LocalDate today) {
        Map<LocalDate, String> names = calendars.listDays(month.getYear()).stream()
                .collect(Collectors.toMap(Calendars.Day::day, Calendars.Day::name, (a, b) -> a));
        LocalDate at = month.atDay(1);
        while (at.getDayOfWeek() != DayOfWeek.MONDAY) {
            at = at.minusDays(1);
        }
        List<Day> days = new ArrayList<>();
        while (!at.isAfter(month.atEndOfMonth()) || at.getDayOfWeek() != DayOfWeek.MONDAY) {
            LocalDate day = at;
            boolean in = YearMonth.from(day).equals(month);
            List<Line> visits = !in
                    ? List.of()
                    : lines.stream()
                            .filter(l -> !l.inspection().from().isAfter(day)
                                    && !l.inspection().to().isBefore(day)
                                    && (l.inspection().state().equals("proposed")
                                            || l.inspection().state().equals("approved")))
                            .toList();
            days.add(new Day(day, in, !working.isWorking(day), day.equals(today), names.getOrDefault(day, ""), visits));
            at = at.plusDays(1);
        }
        return days;
    }

    @GetMapping("/inspections/new")
    String fresh(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @RequestParam MultiValueMap<String, String> typed,
            Model model) {
        if (!Requests.mayAsk(user)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        model.addAttribute("view", form(typed, shell));
        return "burden/inspection-new";
    }

    private InspectionForm form(MultiValueMap<String, String> typed, Shell shell) {
        String key = typed.getFirst("request");
        return new InspectionForm(
                typed,
                units.tree(),
                shell.today(),
                shell.words(),
                key == null || key.isEmpty() ? UUID.randomUUID().toString() : key);
    }

    @PostMapping("/inspections")
    Object propose(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @RequestParam MultiValueMap<String, String> typed,
            Model model) {
        InspectionForm form = form(typed, shell);
        Inspections.Plan plan = form.read();
        if (plan != null) {
            try {
                return "redirect:/inspections/" + inspections.propose(user, plan, form.key())
                        + "?done=burden.done.planned";
            } catch (Inspections.Clashing clashing) {
                int length = (int) (plan.to().toEpochDay() - plan.from().toEpochDay()) + 1;
                form.clashes(
                        clashing.clashes(),
                        inspections
                                .clashes()
                                .nextFree(
                                        0,
                                        plan.units(),
                                        plan.from(),
                                        length,
                                        inspections.planned(plan.units(), plan.from(), plan.to()))
                                .orElse(null));
            }
        }
        model.addAttribute("view", form);
        return new ModelAndView("burden/inspection-new", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
    }

    @GetMapping("/inspections/{id:\\d+}")
    String one(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @PathVariable long id,
            Model model) {
        Inspections.Inspection found = inspections.find(id).orElseThrow(RequestPages::none);
        boolean office = user.is(Role.SUPERVISION);
        Long into = found.joinedInto();
        boolean open = found.state().equals("proposed") || found.state().equals("approved");
        List<Inspections.Inspection> near = office && open
                ? inspections.list(found.from().minusDays(30), found.to().plusDays(30)).stream()
                        .filter(i -> i.id() != id
                                && (i.state().equals("proposed") || i.state().equals("approved"))
                                && i.units().stream().anyMatch(found.units()::contains))
                        .toList()
                : List.of();
        model.addAttribute(
                "view",
                new OneView(
                        lines(user, List.of(found), shell).getFirst(),
                        into == null
                                ? null
                                : inspections
                                        .find(into)
                                        .map(i -> lines(user, List.of(i), shell).getFirst())
                                        .orElse(null),
                        lines(user, near, shell),
                        office && found.state().equals("proposed"),
                        open && (office || requests.isOf(user, found.organiser()))));
        return "burden/inspection";
    }

    /** A visit that the person may not see is none for him. */
    private void seen(long id) {
        if (inspections.find(id).isEmpty()) {
            throw RequestPages.none();
        }
    }

    @PostMapping("/inspections/{id:\\d+}/{act:approve|reject|cancel}")
    String decide(
            @AuthenticationPrincipal User user,
            @PathVariable long id,
            @PathVariable String act,
            @RequestParam int version,
            @RequestParam(required = false, defaultValue = "") String reason) {
        seen(id);
        inspections.decide(
                user,
                id,
                version,
                switch (act) {
                    case "approve" -> "approved";
                    case "reject" -> "rejected";
                    default -> "cancelled";
                },
                reason);
        return "redirect:/inspections/" + id + "?done=burden.done.decided";
    }

    @PostMapping("/inspections/{id:\\d+}/join")
    String join(
            @AuthenticationPrincipal User user,
            @PathVariable long id,
            @RequestParam int version,
            @RequestParam long into) {
        seen(id);
        inspections.join(user, id, version, into);
        return "redirect:/inspections/" + into + "?done=burden.done.joined";
    }
}
