package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.calendar.WorkingTime;
import org.luoshi.server.matters.types.MilestoneRule;
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

/** The page on which milestones are planned: a row each, or a list of steps to be counted back (倒排). */
@Controller
public class MilestonePages {
    private static final int BLANK = 4;
    private static final Pattern STEP =
            Pattern.compile("(.+?)[\\s,，、]+(\\d{1,4})\\s*(?:天|d|days?)?(?:[\\s,，]+(\\d{1,4}))?");

    private final MatterStore store;
    private final Milestones milestones;
    private final Surroundings surroundings;

    MilestonePages(MatterStore store, Milestones milestones, Surroundings surroundings) {
        this.store = store;
        this.milestones = milestones;
        this.surroundings = surroundings;
    }

    /** @param follows the number of the row that it follows, from 1; empty: the one above */
    public record Row(
            String id,
            String name,
            String planned,
            String days,
            String follows,
            String weight,
            String reached,
            String baseline) {
        static final Row BLANK = new Row("", "", "", "", "", "", "", "");

        Row following(String row) {
            return new Row(id, name, planned, days, row, weight, reached, baseline);
        }
    }

    public record View(
            Matter matter,
            List<Row> rows,
            List<String> faults,
            String steps,
            boolean rebaseline,
            boolean offered,
            String reason,
            String request,
            MatterWords words) {}

    @GetMapping("/matters/{id:\\d+}/milestones")
    String form(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String template,
            Model model) {
        Matter matter = store.find(id).orElseThrow(MatterPages::none);
        List<Row> rows = new ArrayList<>();
        List<Schedule.Milestone> planned = milestones.list(id);
        if (planned.isEmpty() && !template.isEmpty()) {
            rows.addAll(offered(shell, matter));
        }
        List<Long> ids = planned.stream().map(Schedule.Milestone::id).toList();
        for (Schedule.Milestone m : planned) {
            rows.add(new Row(
                    Long.toString(m.id()),
                    m.name(),
                    m.planned().toString(),
                    Integer.toString(m.follows() == null ? 0 : m.days()),
                    m.follows() == null ? "" : Integer.toString(ids.indexOf(m.follows()) + 1),
                    m.weight().stripTrailingZeros().toPlainString(),
                    m.reached() == null ? "" : m.reached().toString(),
                    m.baseline().toString()));
        }
        model.addAttribute("view", view(user, shell, matter, rows, List.of(), "", ""));
        return "matters/milestones";
    }

    /** Rows by the template of the type: days of this matter, to be looked over before they are saved. */
    private List<Row> offered(Shell shell, Matter matter) {
        LocalDate due = matter.due();
        if (due == null) {
            return List.of();
        }
        LocalDate given = matter.givenAt() == null
                ? shell.today()
                : matter.givenAt().atZone(WorkingTime.BEIJING).toLocalDate();
        SequencedMap<String, MilestoneRule> rules = surroundings.typeOf(matter).milestones();
        List<String> keys = List.copyOf(rules.keySet());
        List<Row> rows = new ArrayList<>();
        for (MilestoneRule rule : rules.values()) {
            MilestoneRule before = rule.follows() == null ? null : rules.get(rule.follows());
            LocalDate day = rule.on(given, due);
            rows.add(new Row(
                    "",
                    rule.name().in(shell.words().language()),
                    day.toString(),
                    before == null
                            ? "0"
                            : Long.toString(Math.max(0, ChronoUnit.DAYS.between(before.on(given, due), day))),
                    before == null ? "" : Integer.toString(keys.indexOf(before.key()) + 1),
                    Integer.toString(rule.weight()),
                    "",
                    ""));
        }
        return rows;
    }

    private View view(
            User user, Shell shell, Matter matter, List<Row> rows, List<String> faults, String steps, String reason) {
        List<Row> all = new ArrayList<>(rows);
        for (int i = 0; i < BLANK; i++) {
            all.add(Row.BLANK);
        }
        return new View(
                matter,
                all,
                faults,
                steps,
                rows.stream().anyMatch(r -> !r.id().isEmpty()) && milestones.mayRebaseline(user, matter),
                rows.isEmpty()
                        && matter.due() != null
                        && !surroundings.typeOf(matter).milestones().isEmpty(),
                reason,
                UUID.randomUUID().toString(),
                new MatterWords(shell.words(), surroundings.tree(), shell.today()));
    }

    @PostMapping("/matters/{id:\\d+}/milestones")
    Object plan(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> form,
            Model model) {
        Matter matter = store.find(id).orElseThrow(MatterPages::none);
        String steps = first(form, "steps");
        String reason = first(form, "reason");
        List<Row> rows = new ArrayList<>();
        List<String> names = form.getOrDefault("name", List.of());
        // Rows without a name fall out; what follows them is told by the numbers of those that stay.
        int[] places = new int[names.size() + 1];
        for (int i = 0; i < names.size(); i++) {
            Row row = new Row(
                    at(form, "id", i),
                    names.get(i).strip(),
                    at(form, "planned", i),
                    at(form, "days", i),
                    at(form, "follows", i),
                    at(form, "weight", i),
                    at(form, "reached", i),
                    "");
            if (!row.name().isEmpty()) {
                rows.add(row);
                places[i + 1] = rows.size();
            }
        }
        rows.replaceAll(row -> {
            int named = row.follows().matches("\\d{1,3}") ? Integer.parseInt(row.follows()) : 0;
            return named == 0 || named >= places.length
                    ? row
                    : row.following(places[named] == 0 ? "" : Integer.toString(places[named]));
        });
        List<Fault> faults = new ArrayList<>();
        List<Milestones.Line> lines = new ArrayList<>();
        for (Row row : rows) {
            lines.add(line(row, faults));
        }
        // Steps come after the rows: a step never takes the place of what stands there with a baseline.
        if (!steps.isBlank()) {
            for (String text :
                    steps.lines().map(String::strip).filter(t -> !t.isEmpty()).toList()) {
                Matcher step = STEP.matcher(text);
                if (step.matches()) {
                    lines.add(new Milestones.Line(
                            null,
                            step.group(1),
                            null,
                            Integer.parseInt(step.group(2)),
                            step.group(3) == null
                                    ? BigDecimal.valueOf(Math.max(1, Integer.parseInt(step.group(2))))
                                    : new BigDecimal(step.group(3)),
                            null));
                } else {
                    faults.add(Fault.of("steps", "matters.fault.step", text));
                }
            }
        }
        try {
            if (!faults.isEmpty()) {
                throw new MoveRefused(faults, false);
            }
            String version = first(form, "version");
            milestones.plan(
                    user,
                    id,
                    version.matches("\\d{1,9}") ? Integer.parseInt(version) : 0,
                    lines,
                    reason,
                    Journal.bound(first(form, "request"), "matter.plan", id, lines, reason));
            return "redirect:/matters/" + id + "?done=matters.done";
        } catch (MoveRefused refused) {
            List<String> said = refused.faults().stream()
                    .map(f -> FaultWords.say(shell.words(), f))
                    .toList();
            model.addAttribute("view", view(user, shell, matter, rows, said, steps, reason));
            return new org.springframework.web.servlet.ModelAndView(
                    "matters/milestones",
                    model.asMap(),
                    refused.isStale() ? HttpStatus.CONFLICT : HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private static Milestones.Line line(Row row, List<Fault> faults) {
        boolean days = row.days().isEmpty() || row.days().matches("\\d{1,4}");
        boolean weight = row.weight().isEmpty() || row.weight().matches("\\d{1,4}(\\.\\d{1,2})?");
        boolean follows = row.follows().matches("\\d{0,3}");
        if (!days || !weight || !follows) {
            faults.add(
                    Fault.of("", "matters.fault.number", !days ? row.days() : !weight ? row.weight() : row.follows()));
        }
        return new Milestones.Line(
                row.id().matches("\\d{1,18}") ? Long.valueOf(row.id()) : null,
                row.name(),
                date(row.planned(), faults),
                days && !row.days().isEmpty() ? Integer.parseInt(row.days()) : 0,
                weight && !row.weight().isEmpty() ? new BigDecimal(row.weight()) : BigDecimal.ONE,
                date(row.reached(), faults),
                follows && !row.follows().isEmpty() ? Integer.parseInt(row.follows()) : 0);
    }

    private static @Nullable LocalDate date(String text, List<Fault> faults) {
        if (text.isBlank()) {
            return null;
        }
        LocalDate day = MatterPages.day(text);
        if (day == null) {
            faults.add(Fault.of("", "matters.fault.date", text));
        }
        return day;
    }

    private static String first(MultiValueMap<String, String> form, String name) {
        String text = form.getFirst(name);
        return text == null ? "" : text;
    }

    private static String at(MultiValueMap<String, String> form, String name, int i) {
        List<String> values = form.getOrDefault(name, List.of());
        return i < values.size() && values.get(i) != null ? values.get(i).strip() : "";
    }
}
