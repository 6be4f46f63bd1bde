package org.luoshi.server.burden;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.database.Asking;
import org.luoshi.server.units.Askers;
import org.luoshi.server.units.UnitTree;
import org.luoshi.server.units.Units;
import org.luoshi.server.web.Shell;
import org.luoshi.writing.PlainTable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** What each unit was asked for in a period, towns first; every figure opens its list. */
@Controller
public class BurdenPages {
    private static final int MOST = 1_000;
    private static final List<String> KINDS = List.of("request", "progress", "notice");

    private final Burdens burdens;
    private final RequestStore store;
    private final BurdenRules rules;
    private final Units units;

    BurdenPages(Burdens burdens, RequestStore store, BurdenRules rules, Units units) {
        this.burdens = burdens;
        this.store = store;
        this.rules = rules;
        this.units = units;
    }

    /** By whom; {@code share} is the part of the minutes in per cent. */
    public record By(@Nullable Long asker, String name, long requests, long fields, long minutes, long share) {}

    /** @param before minutes of the period before; yearBefore of the same a year ago */
    public record Row(
            long unit,
            String name,
            boolean town,
            long requests,
            long fields,
            long minutes,
            long before,
            long yearBefore,
            Map<String, Long> kinds,
            List<By> askers) {
        public long change() {
            return minutes - before;
        }
    }

    public record View(
            Period period,
            String said,
            String saidBefore,
            String saidYearBefore,
            List<Row> rows,
            Row all,
            long refused,
            long overruled,
            List<Link> periods,
            Rules rules) {}

    public record Link(String key, String name, boolean chosen) {}

    public record ListView(
            Period period,
            String said,
            String unit,
            String asker,
            String kind,
            List<Line> lines,
            long fields,
            long minutes,
            boolean cut) {}

    /** @param arithmetic how its minutes come about */
    public record Line(Burdens.Asked asked, String unit, String asker, String about, String arithmetic) {}

    public record RefusalView(String said, List<RefusalLine> lines) {}

    public record RefusalLine(RequestStore.Refusal refusal, String asker, String period, String units, String holder) {}

    private Period period(@Nullable String key, LocalDate today) {
        return key == null ? Period.quarterOf(today) : Period.parse(key).orElse(Period.quarterOf(today));
    }

    /** The units whose burden a person may see: the office all, others their own and those below. */
    private Set<Long> mine(User user, UnitTree tree) {
        Asking asking = Askers.of(user, tree);
        return asking.all()
                ? tree.ordered().stream().map(UnitTree.Node::id).collect(Collectors.toSet())
                : asking.units();
    }

    @GetMapping("/burden")
    String burden(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @RequestParam(required = false) @Nullable String period,
            Model model) {
        model.addAttribute("view", view(user, shell, period));
        return "burden/burden";
    }

    private View view(User user, Shell shell, @Nullable String key) {
        UnitTree tree = units.tree();
        LocalDate today = shell.today();
        Period period = period(key, today);
        Set<Long> mine = mine(user, tree);
        List<Burdens.Sum> sums = burdens.sums(mine, period.first(), period.last());
        Map<Long, Long> before = minutes(mine, period.before());
        Map<Long, Long> yearBefore = minutes(mine, period.yearBefore());
        Map<Long, List<Burdens.Sum>> byUnit = sums.stream().collect(Collectors.groupingBy(Burdens.Sum::unit));
        List<Row> rows = new ArrayList<>();
        for (UnitTree.Node node : tree.ordered()) {
            List<Burdens.Sum> own = byUnit.getOrDefault(node.id(), List.of());
            long was = before.getOrDefault(node.id(), 0L);
            long wasYear = yearBefore.getOrDefault(node.id(), 0L);
            if (!own.isEmpty() || was > 0 || wasYear > 0) {
                rows.add(row(
                        node.id(),
                        tree.brief(node.id(), today),
                        node.kind().equals("town"),
                        own,
                        was,
                        wasYear,
                        tree,
                        today));
            }
        }
        rows.sort(Comparator.comparing((Row r) -> !r.town()).thenComparing(Row::minutes, Comparator.reverseOrder()));
        RequestStore.Refusals refusals = store.countRefusals(period.first(), period.last());
        return new View(
                period,
                period.say(shell.words()),
                period.before().say(shell.words()),
                period.yearBefore().say(shell.words()),
                rows,
                row(0, shell.t("burden.sum"), false, sums, sum(before), sum(yearBefore), tree, today),
                refusals.refused(),
                refusals.overruled(),
                periods(period, today, shell),
                rules.rules());
    }

    private static long sum(Map<Long, Long> minutes) {
        return minutes.values().stream().mapToLong(Long::longValue).sum();
    }

    private Map<Long, Long> minutes(Set<Long> mine, Period period) {
        Map<Long, Long> minutes = new HashMap<>();
        burdens.sums(mine, period.first(), period.last()).forEach(s -> minutes.merge(s.unit(), s.minutes(), Long::sum));
        return minutes;
    }

    private static Row row(
            long unit,
            String name,
            boolean town,
            List<Burdens.Sum> sums,
            long before,
            long yearBefore,
            UnitTree tree,
            LocalDate today) {
        long minutes = sums.stream().mapToLong(Burdens.Sum::minutes).sum();
        Map<String, Long> kinds = new LinkedHashMap<>();
        for (String kind : KINDS) {
            kinds.put(
                    kind,
                    sums.stream()
                            .filter(s -> s.kind().equals(kind))
                            .mapToLong(Burdens.Sum::requests)
                            .sum());
        }
        Map<Long, List<Burdens.Sum>> byAsker =
                sums.stream().collect(Collectors.groupingBy(s -> Objects.requireNonNullElse(s.asker(), 0L)));
        List<By> askers = new ArrayList<>();
        byAsker.forEach((asker, own) -> {
            long took = own.stream().mapToLong(Burdens.Sum::minutes).sum();
            askers.add(new By(
                    asker == 0 ? null : asker,
                    asker == 0 ? "" : tree.brief(asker, today),
                    own.stream().mapToLong(Burdens.Sum::requests).sum(),
                    own.stream().mapToLong(Burdens.Sum::fields).sum(),
                    took,
                    minutes == 0 ? 0 : Math.round(took * 100.0 / minutes)));
        });
        askers.sort(Comparator.comparingLong(By::minutes).reversed());
        return new Row(
                unit,
                name,
                town,
                sums.stream().mapToLong(Burdens.Sum::requests).sum(),
                sums.stream().mapToLong(Burdens.Sum::fields).sum(),
                minutes,
                before,
                yearBefore,
                kinds,
                askers);
    }

    private static List<Link> periods(Period chosen, LocalDate today, Shell shell) {
        List<Period> periods = new ArrayList<>(List.of(
                Period.monthOf(today),
                Period.monthOf(today).before(),
                Period.quarterOf(today),
                Period.quarterOf(today).before(),
                Period.yearOf(today),
                Period.yearOf(today).before()));
        if (!periods.contains(chosen)) {
            periods.add(chosen);
        }
        return periods.stream()
                .map(p -> new Link(p.key(), p.say(shell.words()), p.equals(chosen)))
                .toList();
    }

    @GetMapping("/burden/list")
    String list(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @RequestParam(required = false) @Nullable String period,
            @RequestParam(required = false, defaultValue = "0") long unit,
            @RequestParam(required = false, defaultValue = "0") long asker,
            @RequestParam(required = false, defaultValue = "") String kind,
            Model model) {
        UnitTree tree = units.tree();
        LocalDate today = shell.today();
        Period chosen = period(period, today);
        Set<Long> mine = mine(user, tree);
        Set<Long> asked = unit == 0 ? mine : mine.contains(unit) ? Set.of(unit) : Set.of();
        List<Line> lines =
                burdens.list(asked, asker == 0 ? null : asker, kind, chosen.first(), chosen.last(), MOST).stream()
                        .map(a -> line(a, tree, shell))
                        .toList();
        model.addAttribute(
                "view",
                new ListView(
                        chosen,
                        chosen.say(shell.words()),
                        unit == 0 || asked.isEmpty() ? "" : tree.brief(unit, today),
                        asker == 0 ? "" : tree.brief(asker, today),
                        KINDS.contains(kind) ? kind : "",
                        lines,
                        lines.stream().mapToLong(l -> l.asked().fields()).sum(),
                        lines.stream().mapToLong(l -> l.asked().minutes()).sum(),
                        lines.size() == MOST));
        return "burden/list";
    }

    private static Line line(Burdens.Asked asked, UnitTree tree, Shell shell) {
        Long asker = asked.asker();
        String arithmetic = asked.each() > 0
                ? shell.t(
                        "burden.arithmetic",
                        Integer.toString(asked.fields()),
                        Integer.toString(asked.each()),
                        Integer.toString(asked.minutes()))
                : shell.t(
                        "burden.arithmetic.mixed", Integer.toString(asked.fields()), Integer.toString(asked.minutes()));
        return new Line(
                asked,
                tree.brief(asked.unit(), shell.today()),
                asker == null ? "" : tree.brief(asker, shell.today()),
                Period.parse(asked.about()).map(p -> p.say(shell.words())).orElse(asked.about()),
                arithmetic);
    }

    /** What was refused because it stood already. */
    @GetMapping("/burden/refusals")
    String refusals(
            @ModelAttribute("shell") Shell shell,
            @RequestParam(required = false) @Nullable String period,
            Model model) {
        UnitTree tree = units.tree();
        LocalDate today = shell.today();
        Period chosen = period(period, today);
        model.addAttribute(
                "view",
                new RefusalView(
                        chosen.say(shell.words()),
                        store.refusals(chosen.first(), chosen.last()).stream()
                                .map(r -> {
                                    Long holder = r.placeUnit();
                                    return new RefusalLine(
                                            r,
                                            tree.brief(r.asker(), today),
                                            Period.of(r.period()).say(shell.words()),
                                            String.join(shell.t("burden.and"), tree.briefs(r.units(), today)),
                                            holder == null ? "" : tree.brief(holder, today));
                                })
                                .toList()));
        return "burden/refusals";
    }

    @GetMapping("/burden.xlsx")
    void export(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @RequestParam(required = false) @Nullable String period,
            HttpServletResponse response)
            throws IOException {
        View view = view(user, shell, period);
        List<PlainTable.Column> columns = List.of(
                new PlainTable.Column(shell.t("burden.unit"), 34, false),
                new PlainTable.Column(shell.t("burden.asker"), 34, false),
                new PlainTable.Column(shell.t("burden.times"), 20, true),
                new PlainTable.Column(shell.t("burden.fields"), 20, true),
                new PlainTable.Column(shell.t("burden.minutes"), 24, true),
                new PlainTable.Column(view.saidBefore(), 28, true),
                new PlainTable.Column(view.saidYearBefore(), 28, true));
        List<List<String>> lines = new ArrayList<>();
        for (Row row : view.rows()) {
            lines.add(List.of(
                    row.name(),
                    shell.t("burden.sum"),
                    Long.toString(row.requests()),
                    Long.toString(row.fields()),
                    Long.toString(row.minutes()),
                    Long.toString(row.before()),
                    Long.toString(row.yearBefore())));
            for (By by : row.askers()) {
                lines.add(List.of(
                        row.name(),
                        by.name(),
                        Long.toString(by.requests()),
                        Long.toString(by.fields()),
                        Long.toString(by.minutes()),
                        "",
                        ""));
            }
        }
        SheetPages.send(
                response,
                shell.place() + shell.t("burden.title") + " " + view.said(),
                new PlainTable(
                        shell.place() + shell.t("burden.title") + " " + view.said(),
                        rulesInWords(shell, view.rules()),
                        columns,
                        lines));
    }

    private static String rulesInWords(Shell shell, Rules rules) {
        return shell.t(
                "burden.rules",
                Integer.toString(rules.minutesOf("number")),
                Integer.toString(rules.minutesOf("text")),
                Integer.toString(rules.minutesOf("date")),
                Integer.toString(rules.minutesOf("file")),
                Integer.toString(rules.minutesOf("progress")),
                Integer.toString(rules.minutesOf("notice")));
    }
}
