package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.register.SavedViews;
import org.luoshi.server.register.SavedViews.Place;
import org.luoshi.server.web.Shell;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The register of matters in its three views, now or as of a day. */
@Controller
public class ListPages {
    /** What every list of tasks or of results shows. */
    private static final List<String> TASKS =
            List.of("number", "title", "type", "lead", "joint", "due", "progress", "state", "light");

    private static final List<String> RESULTS = List.of("number", "title", "lead", "result", "due", "closed", "state");

    private final MatterLists lists;
    private final MatterStore store;
    private final Cells cells;
    private final Matters matters;
    private final Types types;
    private final Surroundings surroundings;
    private final SavedViews views;
    private final Clock clock;

    ListPages(
            MatterLists lists,
            MatterStore store,
            Cells cells,
            Matters matters,
            Types types,
            Surroundings surroundings,
            SavedViews views,
            Clock clock) {
        this.views = views;
        this.lists = lists;
        this.store = store;
        this.cells = cells;
        this.matters = matters;
        this.types = types;
        this.surroundings = surroundings;
        this.clock = clock;
    }

    /** @param extra what stands in the columns of the type that not all lists have */
    public record Line(MatterLists.Row row, String type, String state, int meter, Map<String, String> extra) {}

    /** @param common whether every list knows it; else it shows a text */
    public record Column(String key, String name, boolean common, boolean sorts) {}

    public record Pick(String key, String value, String said, List<Forms.Option> options) {}

    /**
     * A saved view.
     *
     * @param owner who shares it; null for one's own
     */
    public record Tab(
            String slug,
            String name,
            boolean current,
            @Nullable String owner,
            boolean shared) {}

    /** @param address the matters that are counted */
    public record Figure(String key, long count, String address) {}

    public record View(
            Listing listing,
            MatterWords words,
            List<Column> columns,
            List<Line> lines,
            List<MatterLists.Duty> duties,
            long total,
            long pages,
            List<Pick> picks,
            List<Tab> tabs,
            boolean mayCreate) {
        /** The figures of a unit, each with its matters. */
        public List<Figure> figures(MatterLists.Duty duty) {
            long unit = duty.unit();
            return List.of(
                    new Figure("matters.duty.lead", duty.lead(), listing.figure(unit, "own-lead", "", "")),
                    new Figure("matters.duty.joint", duty.joint(), listing.figure(unit, "own-joint", "", "")),
                    new Figure("matters.duty.ended", duty.ended(), listing.figure(unit, "own-lead", "state", "ended")),
                    new Figure("matters.lights.red", duty.red(), listing.figure(unit, "own-lead", "light", "red")),
                    new Figure(
                            "matters.lights.yellow",
                            duty.yellow(),
                            listing.figure(unit, "own-lead", "light", "yellow")),
                    new Figure(
                            "matters.due.overdue", duty.overdue(), listing.figure(unit, "own-lead", "due", "overdue")));
        }

        /** The saved view that is shown; null: none. */
        public @Nullable Tab current() {
            return tabs.stream().filter(Tab::current).findFirst().orElse(null);
        }

        public long first() {
            return total == 0 ? 0 : (listing.page() - 1L) * Listing.PAGE + 1;
        }

        public long last() {
            return first() == 0 ? 0 : first() + lines.size() - 1;
        }
    }

    @GetMapping("/matters")
    String list(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @RequestParam MultiValueMap<String, String> parameters,
            Model model) {
        Listing listing = Listing.of(parameters);
        LocalDate today = listing.on() == null ? LocalDate.now(clock) : listing.on();
        MatterWords words = new MatterWords(shell.words(), surroundings.tree(), today);
        boolean duties = listing.view() == Listing.View.DUTIES;
        long total = lists.count(listing);
        long pages = Math.max(1, (total + Listing.PAGE - 1) / Listing.PAGE);
        List<Line> lines = new ArrayList<>();
        List<Column> columns = columns(listing, shell);
        if (!duties && total > 0) {
            List<MatterLists.Row> rows = lists.list(listing, (listing.page() - 1L) * Listing.PAGE, Listing.PAGE);
            Map<Long, Map<String, String>> extra = extra(user, listing, columns, rows, words, shell);
            for (MatterLists.Row row : rows) {
                MatterType type = types.get(row.type(), row.typeVersion());
                BigDecimal progress = row.progress();
                lines.add(new Line(
                        row,
                        words.type(type),
                        words.state(type, row.state()),
                        progress == null ? -1 : progress.intValue(),
                        extra.getOrDefault(row.id(), Map.of())));
            }
        }
        model.addAttribute(
                "view",
                new View(
                        listing,
                        words,
                        columns,
                        lines,
                        duties ? lists.duties(listing) : List.of(),
                        total,
                        pages,
                        picks(listing, shell, words),
                        tabs(user, listing),
                        types.list().stream().anyMatch(t -> matters.mayCreate(user, t))));
        return "matters/list";
    }

    /** Those that the type names where one type is chosen, else those that all have. */
    private List<Column> columns(Listing listing, Shell shell) {
        MatterType type = listing.types().size() == 1
                ? types.find(listing.types().getFirst()).orElse(null)
                : null;
        List<String> keys = listing.view() == Listing.View.RESULTS
                ? RESULTS
                : type == null || type.list().isEmpty() ? TASKS : type.list();
        return keys.stream()
                .map(key -> new Column(
                        key,
                        Cells.heading(key, type, shell),
                        TASKS.contains(key) || RESULTS.contains(key) && listing.view() == Listing.View.RESULTS,
                        Listing.Sort.find(key).isPresent()))
                .toList();
    }

    private Map<Long, Map<String, String>> extra(
            User user,
            Listing listing,
            List<Column> columns,
            List<MatterLists.Row> rows,
            MatterWords words,
            Shell shell) {
        List<String> keys =
                columns.stream().filter(c -> !c.common()).map(Column::key).toList();
        if (keys.isEmpty()) {
            return Map.of();
        }
        List<Long> ids = rows.stream().map(MatterLists.Row::id).toList();
        LocalDate on = listing.on();
        Standing standing = surroundings.standing(user);
        Map<Long, Map<String, String>> extra = new HashMap<>();
        for (Matter matter : on == null ? store.list(ids) : store.listAt(ids, Listing.endOf(on))) {
            MatterType type = types.get(matter.type(), matter.typeVersion());
            Map<String, String> texts = new HashMap<>();
            keys.forEach(key -> texts.put(key, cells.of(matter, type, key, words, standing.to(matter), shell)));
            extra.put(matter.id(), texts);
        }
        return extra;
    }

    private List<Tab> tabs(User user, Listing listing) {
        String query = listing.query();
        return views.list(user, Place.MATTERS).stream()
                .map(view -> new Tab(
                        view.slug(),
                        view.name(),
                        view.query().equals(query),
                        view.isOf(user) ? null : view.owner(),
                        view.shared()))
                .toList();
    }

    /** The address of a saved view, to keep or to send. */
    @GetMapping("/matters/views/{slug}")
    String view(@AuthenticationPrincipal User user, @PathVariable String slug) {
        return "redirect:/matters?"
                + views.find(user, Place.MATTERS, slug)
                        .orElseThrow(MatterPages::none)
                        .query();
    }

    @PostMapping("/matters/views")
    String save(
            @AuthenticationPrincipal User user,
            @RequestParam String name,
            @RequestParam(defaultValue = "false") boolean shared,
            @RequestParam MultiValueMap<String, String> parameters) {
        // What is kept is what the list itself would write.
        parameters.remove("name");
        String query = Listing.of(parameters).query();
        SavedViews.SavedView view = views.save(user, Place.MATTERS, name, query, shared);
        return "redirect:/matters/views/" + view.slug();
    }

    @PostMapping("/matters/views/{slug}/change")
    String change(
            @AuthenticationPrincipal User user,
            @PathVariable String slug,
            @RequestParam String name,
            @RequestParam(defaultValue = "false") boolean shared) {
        views.change(user, Place.MATTERS, slug, name, shared);
        return "redirect:/matters/views/" + slug;
    }

    @PostMapping("/matters/views/{slug}/delete")
    String delete(@AuthenticationPrincipal User user, @PathVariable String slug) {
        views.delete(user, Place.MATTERS, slug);
        return "redirect:/matters";
    }

    private List<Pick> picks(Listing listing, Shell shell, MatterWords words) {
        List<Pick> picks = new ArrayList<>();
        List<Forms.Option> kinds = new ArrayList<>();
        for (MatterType type : types.list()) {
            kinds.add(option(type.key(), words.type(type), listing.types().contains(type.key())));
        }
        picks.add(pick("type", kinds, shell));
        List<Forms.Option> states = new ArrayList<>();
        states.add(
                option("open", shell.t("matters.state.open"), listing.states().contains("open")));
        states.add(
                option("ended", shell.t("matters.state.ended"), listing.states().contains("ended")));
        if (listing.types().size() == 1) {
            types.find(listing.types().getFirst())
                    .ifPresent(type -> type.states()
                            .values()
                            .forEach(s -> states.add(option(
                                    s.key(),
                                    s.name().in(shell.words().language()),
                                    listing.states().contains(s.key())))));
        }
        picks.add(pick("state", states, shell));
        List<Forms.Option> lights = new ArrayList<>();
        for (String light : new String[] {"red", "yellow", "green", "gray"}) {
            lights.add(option(
                    light, shell.t("matters.lights." + light), listing.lights().contains(light)));
        }
        picks.add(pick("light", lights, shell));
        List<Forms.Option> dues = new ArrayList<>();
        for (String due : new String[] {"overdue", "week", "month"}) {
            dues.add(option(due, shell.t("matters.due." + due), listing.due().equals(due)));
        }
        picks.add(pick("due", dues, shell));
        List<Forms.Option> units = surroundings.tree().on(words.today()).stream()
                .map(node -> new Forms.Option(
                        Long.toString(node.id()),
                        words.unit(node.id()),
                        node.depth(),
                        listing.units().contains(node.id())))
                .toList();
        Pick unit = pick("unit", units, shell);
        picks.add(
                listing.part().isEmpty() || unit.value().isEmpty()
                        ? unit
                        : new Pick(
                                unit.key(),
                                unit.value(),
                                shell.t("matters.chip", unit.said(), shell.t("matters.part." + listing.part())),
                                unit.options()));
        return picks;
    }

    private static Forms.Option option(String value, String name, boolean chosen) {
        return new Forms.Option(value, name, 0, chosen);
    }

    private static Pick pick(String key, List<Forms.Option> options, Shell shell) {
        Forms.Option chosen =
                options.stream().filter(Forms.Option::chosen).findFirst().orElse(null);
        return new Pick(
                key,
                chosen == null ? "" : chosen.value(),
                chosen == null ? "" : shell.t("matters.chip", shell.t("matters.filter." + key), chosen.name()),
                options);
    }
}
