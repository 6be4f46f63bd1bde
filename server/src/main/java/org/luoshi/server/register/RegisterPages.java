package org.luoshi.server.register;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.register.ListView.Chip;
import org.luoshi.server.register.ListView.DutyRow;
import org.luoshi.server.register.ListView.LetterOf;
import org.luoshi.server.register.ListView.Tab;
import org.luoshi.server.register.ListView.Way;
import org.luoshi.server.register.RegisterFilter.Dimension;
import org.luoshi.server.register.RegisterFilter.Due;
import org.luoshi.server.register.RegisterFilter.Fault;
import org.luoshi.server.register.RegisterFilter.Parameter;
import org.luoshi.server.register.RegisterFilter.Part;
import org.luoshi.server.register.SavedViews.Place;
import org.luoshi.server.register.SavedViews.SavedView;
import org.luoshi.server.web.Shell;
import org.luoshi.server.web.Words;
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

/** The list of the register, its pick lists and saved views. */
@Controller
public class RegisterPages {
    static final int PAGE = 50;

    /** Up to this size the tabs are counted with the page, beyond it in a request of their own. */
    private static final long COUNTED_AT_ONCE = 5_000;

    private final Register register;
    private final SavedViews views;
    private final Clock clock;

    RegisterPages(Register register, SavedViews views, Clock clock) {
        this.register = register;
        this.views = views;
        this.clock = clock;
    }

    @GetMapping("/register")
    String list(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @RequestParam MultiValueMap<String, String> parameters,
            Model model) {
        List<Fault> faults = new ArrayList<>();
        RegisterFilter filter = RegisterFilter.of(parameters, faults::add);
        model.addAttribute("view", view(user, shell, address(filter, parameters, null, faults), null, faults));
        return "register/list";
    }

    @GetMapping("/register/view/{slug}")
    String saved(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @PathVariable String slug,
            @RequestParam MultiValueMap<String, String> parameters,
            Model model) {
        SavedView saved = views.find(user, Place.REGISTER, slug)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No view " + slug));
        List<Fault> faults = new ArrayList<>();
        MultiValueMap<String, String> kept = RegisterFilter.parse(saved.query());
        if (parameters.containsKey("sort")) {
            kept.remove("sort");
            kept.remove("dir");
        }
        kept.forEach((name, values) -> parameters.addAll(name, values));
        RegisterFilter filter = RegisterFilter.of(kept, faults::add);
        model.addAttribute("view", view(user, shell, address(filter, parameters, slug, faults), saved, faults));
        return "register/list";
    }

    static Address address(
            RegisterFilter filter,
            MultiValueMap<String, String> parameters,
            @Nullable String slug,
            List<Fault> faults) {
        String key = parameters.getFirst("sort");
        RegisterSort sort =
                key == null ? RegisterSort.NUMBER : RegisterSort.find(key).orElse(null);
        if (sort == null) {
            faults.add(new Fault("sort", String.valueOf(key)));
            sort = RegisterSort.NUMBER;
        }
        String page = parameters.getFirst("page");
        boolean numbered = page != null && page.matches("[1-9]\\d{0,6}");
        return new Address(
                filter,
                sort,
                "desc".equals(parameters.getFirst("dir")),
                numbered ? Integer.parseInt(page) : 1,
                "unit".equals(parameters.getFirst("by")),
                slug);
    }

    private ListView view(User user, Shell shell, Address asked, @Nullable SavedView saved, List<Fault> faults) {
        RegisterFilter filter = asked.filter();
        UnitNames units = register.units();
        Labels labels = new Labels(
                shell.words(), units, register.titles(filter.documents()), LocalDate.now(clock), register.themes());
        filter.units().stream()
                .filter(unit -> !units.has(unit))
                .forEach(unit -> faults.add(new Fault("unit", unit.toString())));
        boolean sound = faults.isEmpty();
        long all = register.count(RegisterFilter.ALL, units);
        long total = !sound ? 0 : filter.isAll() ? all : register.count(filter, units);
        int pages = (int) Math.max(1, (total + PAGE - 1) / PAGE);
        Address address = new Address(
                filter, asked.sort(), asked.descending(), Math.min(asked.page(), pages), asked.byUnit(), asked.view());
        long offset = (address.page() - 1L) * PAGE;
        boolean byTask = !address.byUnit();
        List<Entry> rows = byTask && total > 0
                ? register.list(filter, address.sort(), address.descending(), offset, PAGE, units)
                : List.of();
        boolean countTabs = all <= COUNTED_AT_ONCE;
        return new ListView(
                address,
                labels,
                all,
                total,
                offset + 1,
                pages,
                rows,
                byTask || total == 0 ? List.of() : duties(address, units, labels),
                byTask || total == 0 ? 0 : register.count(filter.withState(RegisterFilter.State.NO_LEAD), units),
                chips(address, labels),
                tabs(user, shell.words(), address, all, countTabs, units),
                countTabs,
                saved,
                saved != null && saved.isOf(user),
                faults,
                total == 0 && sound && all > 0 ? ways(address, labels, units) : List.of(),
                letter(filter, labels));
    }

    private static List<Chip> chips(Address address, Labels labels) {
        List<Chip> chips = new ArrayList<>();
        for (Dimension dimension : Dimension.values()) {
            if (dimension != Dimension.TEXT) {
                boolean on = address.filter().uses(dimension);
                chips.add(new Chip(
                        dimension,
                        on ? labels.said(address.filter(), dimension) : "",
                        on ? address.without(dimension) : null));
            }
        }
        return chips;
    }

    private List<Tab> tabs(User user, Words words, Address address, long all, boolean count, UnitNames units) {
        List<Tab> tabs = new ArrayList<>();
        tabs.add(new Tab(
                words.t("register.all"),
                "/register",
                address.view() == null && address.filter().isAll(),
                all,
                null));
        for (SavedView view : views.list(user, Place.REGISTER)) {
            tabs.add(new Tab(
                    view.name(),
                    "/register/view/" + view.slug(),
                    view.slug().equals(address.view()),
                    count ? register.count(RegisterFilter.of(view.query(), fault -> {}), units) : null,
                    view.isOf(user) ? null : view.owner()));
        }
        return tabs;
    }

    /** Which condition emptied the list: those whose removal alone leaves something, the fewest entries first. */
    private List<Way> ways(Address address, Labels labels, UnitNames units) {
        List<Way> ways = new ArrayList<>();
        for (Dimension dimension : address.filter().used()) {
            long left = register.count(address.filter().without(dimension), units);
            if (left > 0) {
                ways.add(
                        new Way(dimension, labels.said(address.filter(), dimension), address.without(dimension), left));
            }
        }
        ways.sort(java.util.Comparator.comparingLong(Way::count));
        return ways;
    }

    private List<DutyRow> duties(Address address, UnitNames units, Labels labels) {
        RegisterFilter filter = address.filter();
        Set<Long> asked = new HashSet<>();
        filter.units().forEach(unit -> asked.addAll(units.withAllBelow(unit)));
        String year = letterYear(filter);
        return register.duties(filter.without(Dimension.UNIT), units).stream()
                .filter(duty -> asked.isEmpty() || asked.contains(duty.unit()))
                .map(duty -> new DutyRow(
                        duty.unit(),
                        labels.unit(duty.unit()),
                        duty.lead(),
                        duty.joint(),
                        duty.overdue(),
                        duty.month(),
                        address.ofUnit(duty.unit(), Part.LEAD),
                        address.ofUnit(duty.unit(), Part.JOINT),
                        new Address(filter.withDue(Due.Span.OVERDUE), RegisterSort.DUE, false, 1, false, null)
                                .ofUnit(duty.unit(), Part.LEAD),
                        new Address(filter.withDue(Due.Span.MONTH), RegisterSort.DUE, false, 1, false, null)
                                .ofUnit(duty.unit(), Part.LEAD),
                        "/units/" + duty.unit() + "/letter" + year))
                .toList();
    }

    private static @Nullable LetterOf letter(RegisterFilter filter, Labels labels) {
        if (filter.units().size() != 1) {
            return null;
        }
        long unit = filter.units().getFirst();
        return new LetterOf(labels.unit(unit), "/units/" + unit + "/letter" + letterYear(filter));
    }

    private static String letterYear(RegisterFilter filter) {
        return filter.years().isEmpty() ? "" : "?year=" + filter.years().getFirst();
    }

    /** The tabs with their counts, for a register too large to count them with the page. */
    @GetMapping("/register/tabs")
    String countedTabs(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @RequestParam(required = false) @Nullable String view,
            @RequestParam MultiValueMap<String, String> parameters,
            Model model) {
        UnitNames units = register.units();
        RegisterFilter filter = RegisterFilter.of(parameters, fault -> {});
        Address address = new Address(filter, RegisterSort.NUMBER, false, 1, false, view);
        model.addAttribute(
                "tabs", tabs(user, shell.words(), address, register.count(RegisterFilter.ALL, units), true, units));
        return "register/tabs";
    }

    /**
     * A pick list.
     *
     * @param hidden what its form sends along
     */
    public record Pick(Dimension dimension, RegisterFilter filter, List<Parameter> hidden, List<Choice> choices) {}

    /** A choice: its value in the address, its name, how far it is set in, whether it is chosen, and its count. */
    public record Choice(String value, String name, boolean below, boolean chosen, long count) {}

    @GetMapping("/register/pick/{key}")
    String pick(
            @ModelAttribute("shell") Shell shell,
            @PathVariable String key,
            @RequestParam MultiValueMap<String, String> parameters,
            Model model) {
        Dimension dimension = Dimension.find(key)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No pick list " + key));
        List<Fault> faults = new ArrayList<>();
        RegisterFilter filter = RegisterFilter.of(parameters, faults::add);
        Address address = address(filter, parameters, null, faults);
        model.addAttribute(
                "pick",
                new Pick(dimension, filter, address.hidden(dimension), choices(dimension, filter, shell.words())));
        return "register/pick";
    }

    private List<Choice> choices(Dimension dimension, RegisterFilter filter, Words words) {
        List<Register.Choice> counted = register.choices(dimension, filter);
        Labels labels = new Labels(
                words,
                register.units(),
                dimension == Dimension.SOURCE
                        ? register.titles(counted.stream()
                                .map(c -> Long.valueOf(c.value()))
                                .toList())
                        : java.util.Map.of(),
                LocalDate.now(clock),
                register.themes());
        List<Choice> choices = new ArrayList<>();
        String upper = null;
        for (Register.Choice choice : counted) {
            String value = choice.value();
            if (dimension == Dimension.THEME) {
                String theme = value.substring(0, value.indexOf('/'));
                if (theme.isEmpty()) {
                    continue;
                }
                if (!theme.equals(upper)) {
                    upper = theme;
                    long sum = counted.stream()
                            .filter(c -> c.value().startsWith(theme + "/"))
                            .mapToLong(Register.Choice::count)
                            .sum();
                    choices.add(new Choice(
                            theme, labels.theme(theme), false, filter.themes().contains(theme), sum));
                }
                if (!value.endsWith("/")) {
                    choices.add(new Choice(
                            value, labels.theme(value), true, filter.themes().contains(value), choice.count()));
                }
            } else {
                choices.add(new Choice(
                        value,
                        name(dimension, value, labels, words),
                        false,
                        chosen(dimension, value, filter),
                        choice.count()));
            }
        }
        return choices;
    }

    private static String name(Dimension dimension, String value, Labels labels, Words words) {
        return switch (dimension) {
            case UNIT -> labels.unit(Long.parseLong(value));
            case SOURCE -> labels.document(Long.parseLong(value));
            case DUE -> words.t("register.due." + value);
            case STATE -> words.t("register.state." + value);
            case YEAR, THEME, TEXT -> value;
        };
    }

    private static boolean chosen(Dimension dimension, String value, RegisterFilter filter) {
        return filter.parameters().contains(new Parameter(dimension.parameter(), value));
    }

    @PostMapping("/views")
    String save(
            @AuthenticationPrincipal User user,
            @RequestParam String name,
            @RequestParam String query,
            @RequestParam(defaultValue = "false") boolean shared) {
        SavedView view = views.save(user, Place.REGISTER, name, sound(query), shared);
        return "redirect:/register/view/" + view.slug() + "?done=register.view.saved";
    }

    /** The query as the register itself writes it, so that nothing else is ever kept. */
    static String sound(String query) {
        List<Fault> faults = new ArrayList<>();
        MultiValueMap<String, String> parameters = RegisterFilter.parse(query);
        return address(RegisterFilter.of(parameters, faults::add), parameters, null, faults)
                .query();
    }

    @PostMapping("/views/{slug}/change")
    String change(
            @AuthenticationPrincipal User user,
            @PathVariable String slug,
            @RequestParam String name,
            @RequestParam(defaultValue = "false") boolean shared) {
        views.change(user, Place.REGISTER, slug, name, shared);
        return "redirect:/register/view/" + slug + "?done=register.view.changed";
    }

    @PostMapping("/views/{slug}/delete")
    String delete(@AuthenticationPrincipal User user, @PathVariable String slug) {
        views.delete(user, Place.REGISTER, slug);
        return "redirect:/register?done=register.view.deleted";
    }
}
