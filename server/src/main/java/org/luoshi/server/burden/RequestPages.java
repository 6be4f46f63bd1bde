package org.luoshi.server.burden;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.units.UnitTree;
import org.luoshi.server.units.Units;
import org.luoshi.server.web.Shell;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** Requests for data: those that were sent, those that wait, and the form of a new one. */
@Controller
public class RequestPages {
    private static final int MOST = 300;

    private final Requests requests;
    private final RequestStore store;
    private final BurdenRules rules;
    private final Units units;

    RequestPages(Requests requests, RequestStore store, BurdenRules rules, Units units) {
        this.requests = requests;
        this.store = store;
        this.rules = rules;
        this.units = units;
    }

    /** A request in the list. */
    public record Line(
            long id,
            String title,
            String asker,
            String due,
            int fields,
            int minutes,
            String answered,
            boolean withdrawn,
            String repeats) {}

    /** Something that waits for the unit. */
    public record Waiting(
            long answer,
            String title,
            String asker,
            String unit,
            String period,
            String due,
            boolean late,
            String state,
            int fields,
            int minutes) {}

    public record ListView(String tab, List<Waiting> waiting, List<Line> lines, boolean mayAsk, boolean all) {}

    public record PlaceView(
            RequestStore.Refusal refusal,
            String asker,
            String holder,
            String period,
            List<Held> held,
            String address,
            boolean shared) {}

    /** What a unit said there. */
    public record Held(String unit, String value, String why) {}

    @GetMapping("/requests")
    String list(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @RequestParam(required = false, defaultValue = "waiting") String tab,
            Model model) {
        UnitTree tree = units.tree();
        LocalDate today = shell.today();
        Set<Long> mine = tree.worksFor(user.unit());
        List<String> states = tab.equals("answered") ? List.of("sent") : List.of("open", "draft", "signing");
        List<Waiting> waiting = tab.equals("sent") || tab.equals("all")
                ? List.of()
                : store.waiting(mine, states, today, MOST).stream()
                        .map(o -> new Waiting(
                                o.answer(),
                                o.title(),
                                tree.brief(o.asker(), today),
                                tree.brief(o.unit(), today),
                                Period.of(o.period()).say(shell.words()),
                                o.due().toString(),
                                o.due().isBefore(today) && !o.state().equals("sent"),
                                o.state(),
                                o.fields(),
                                o.minutes()))
                        .toList();
        List<Line> lines = tab.equals("sent") || tab.equals("all")
                ? store.sent(tab.equals("sent") ? mine : null, today, MOST).stream()
                        .map(l -> new Line(
                                l.id(),
                                l.title(),
                                tree.brief(l.asker(), today),
                                l.due() == null ? "" : l.due().toString(),
                                l.fields(),
                                l.minutes(),
                                l.answered() + "/" + l.asked(),
                                l.state().equals("withdrawn"),
                                l.repeats()))
                        .toList()
                : List.of();
        model.addAttribute("view", new ListView(tab, waiting, lines, Requests.mayAsk(user), user.is(Role.SUPERVISION)));
        return "burden/requests";
    }

    @GetMapping("/requests/new")
    String fresh(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @RequestParam MultiValueMap<String, String> typed,
            Model model) {
        if (!Requests.mayAsk(user)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        MultiValueMap<String, String> begin = new LinkedMultiValueMap<>(typed);
        begin.putIfAbsent("shared", List.of("true"));
        begin.putIfAbsent(
                "period", List.of(Period.monthOf(shell.today()).before().key()));
        model.addAttribute("view", view(form(begin, shell), shell, List.of(), Map.of(), user, key()));
        return "burden/request-new";
    }

    private RequestForm form(MultiValueMap<String, String> typed, Shell shell) {
        return new RequestForm(typed, units.tree(), rules.rules(), shell.today());
    }

    private RequestFormView view(
            RequestForm form, Shell shell, List<Place> places, Map<Place, Long> refusals, User user, String key) {
        return new RequestFormView(
                form,
                shell.words(),
                units.tree(),
                shell.today(),
                rules.rules(),
                places,
                refusals,
                user.is(Role.SUPERVISION),
                key);
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    @PostMapping("/requests")
    Object send(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @RequestParam MultiValueMap<String, String> typed,
            Model model) {
        RequestForm form = form(typed, shell);
        String key = form.value("request").isEmpty() ? key() : form.value("request");
        if (form.value("act").equals("more")) {
            model.addAttribute("view", view(form, shell, List.of(), Map.of(), user, key));
            return "burden/request-new";
        }
        Request.Asked asked = form.read();
        if (asked == null) {
            return again(model, view(form, shell, List.of(), Map.of(), user, key), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        Request.Asked others = withoutOwn(asked, user);
        if (others.units().isEmpty()) {
            form.faults().put("unit", List.of("burden.refused.own-unit"));
            return again(model, view(form, shell, List.of(), Map.of(), user, key), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        Requests.Decision decision = switch (form.value("act")) {
            case "rest" -> new Requests.Decision.Rest();
            case "overrule" -> new Requests.Decision.Overrule(form.value("reason"));
            default -> new Requests.Decision.Ask();
        };
        if (decision instanceof Requests.Decision.Overrule overrule
                && overrule.reason().isBlank()) {
            form.faults().put("reason", List.of("burden.refused.overrule-reason"));
        }
        try {
            if (!form.faults().isEmpty()) {
                // The places are shown again beside the missing reason.
                decision = new Requests.Decision.Ask();
            }
            long id = requests.send(user, others, decision, form.different(form.filled()), key);
            return "redirect:/requests/" + id + "?done=burden.done.sent";
        } catch (Stands stands) {
            Map<Place, Long> refusals = requests.noteRefusal(user, others, stands.exact(), key);
            if (Requests.leavesNothing(others, stands.exact())) {
                form.faults().put("all", List.of("burden.refused.nothing-left"));
            }
            return again(
                    model, view(form, shell, stands.places(), refusals, user, key), HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (Refused refused) {
            List<String> fault = new ArrayList<>(List.of(refused.key()));
            for (Object argument : refused.arguments()) {
                fault.add(String.valueOf(argument));
            }
            form.faults().put("all", fault);
            return again(
                    model,
                    view(form, shell, List.of(), Map.of(), user, key),
                    refused.isConflict() ? HttpStatus.CONFLICT : HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private static Request.Asked withoutOwn(Request.Asked asked, User user) {
        Set<Long> others = new java.util.LinkedHashSet<>(asked.units());
        others.remove(user.unit());
        return new Request.Asked(
                asked.title(),
                asked.basis(),
                others,
                asked.lines(),
                asked.repeats(),
                asked.period(),
                asked.until(),
                asked.due(),
                asked.signed(),
                asked.shared());
    }

    private static ModelAndView again(Model model, RequestFormView view, HttpStatus status) {
        model.addAttribute("view", view);
        return new ModelAndView("burden/request-new", model.asMap(), status);
    }

    @PostMapping("/requests/{id:\\d+}/withdraw")
    String withdraw(
            @AuthenticationPrincipal User user,
            @PathVariable long id,
            @RequestParam(required = false, defaultValue = "") String reason) {
        requests.withdraw(user, store.find(id).orElseThrow(RequestPages::none), reason);
        return "redirect:/requests/" + id + "?done=burden.done.withdrawn";
    }

    static ResponseStatusException none() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }

    /** Where the answer stands that was not asked for again; with the values, where their holder shares them. */
    @GetMapping("/requests/refusals/{id:\\d+}")
    String place(@ModelAttribute("shell") Shell shell, @PathVariable long id, Model model) {
        RequestStore.Refusal refusal = store.findRefusal(id).orElseThrow(RequestPages::none);
        UnitTree tree = units.tree();
        LocalDate today = shell.today();
        List<Held> held = new ArrayList<>();
        boolean shared = false;
        Long field = refusal.placeField();
        Map<Long, Request.Value> values = field == null ? Map.of() : values(refusal, field);
        for (long unit : refusal.units()) {
            Request.Value value = values.get(unit);
            shared |= value != null;
            held.add(new Held(
                    tree.brief(unit, today), value == null ? "" : value.value(), value == null ? "" : value.absent()));
        }
        model.addAttribute(
                "view",
                new PlaceView(
                        refusal,
                        tree.brief(refusal.asker(), today),
                        brief(tree, refusal.placeUnit(), today),
                        Period.of(refusal.period()).say(shell.words()),
                        held,
                        switch (refusal.place()) {
                            case "register" -> "/register/" + refusal.placeId();
                            case "matter" -> "/matters/" + refusal.placeId();
                            default ->
                                store.find(refusal.placeId()).isPresent() ? "/requests/" + refusal.placeId() : "";
                        },
                        shared));
        return "burden/place";
    }

    /** What units said there, as far as the person may see it. */
    private Map<Long, Request.Value> values(RequestStore.Refusal refusal, long field) {
        Map<Long, Long> answers = requests.placeAnswers(field, refusal.units(), Period.of(refusal.period()));
        Map<RequestStore.Spot, Request.Value> shared = store.shared(answers.values().stream()
                .map(answer -> new RequestStore.Spot(answer, field))
                .toList());
        Map<Long, Request.Value> values = new HashMap<>();
        answers.forEach((unit, answer) -> {
            Request.Value value = shared.get(new RequestStore.Spot(answer, field));
            if (value != null) {
                values.put(unit, value);
            }
        });
        return values;
    }

    private static String brief(UnitTree tree, @Nullable Long unit, LocalDate today) {
        return unit == null ? "" : tree.brief(unit, today);
    }
}
