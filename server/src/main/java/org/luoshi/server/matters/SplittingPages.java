package org.luoshi.server.matters;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.matters.types.Move;
import org.luoshi.server.units.UnitTree;
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

/** The page that splits a matter: a line a part. */
@Controller
public class SplittingPages {
    private static final int LINES = 6;
    private static final int MOST = 60;

    private final Splitting splitting;
    private final MatterStore store;
    private final Hindrances hindrances;
    private final Surroundings surroundings;

    SplittingPages(Splitting splitting, MatterStore store, Hindrances hindrances, Surroundings surroundings) {
        this.splitting = splitting;
        this.store = store;
        this.hindrances = hindrances;
        this.surroundings = surroundings;
    }

    public record LineView(String title, String weight, String due, List<Forms.Option> units, List<String> faults) {}

    public record View(
            Matter matter,
            List<LineView> lines,
            List<String> faults,
            boolean stale,
            List<String> hindrances,
            String request,
            int more,
            BigDecimal weights) {}

    @GetMapping("/matters/{id:\\d+}/split")
    String form(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @PathVariable long id,
            @RequestParam(defaultValue = "" + LINES) int lines,
            Model model) {
        List<Splitting.Line> blank = new ArrayList<>();
        for (int i = 0; i < Math.max(1, Math.min(MOST, lines)); i++) {
            blank.add(new Splitting.Line("", "", "1", ""));
        }
        model.addAttribute("view", view(user, shell, id, blank, List.of(), false));
        return "matters/split";
    }

    private View view(User user, Shell shell, long id, List<Splitting.Line> lines, List<Fault> faults, boolean stale) {
        Matter matter = store.find(id).orElseThrow(MatterPages::none);
        Open open = surroundings.open(matter, surroundings.typeOf(matter));
        Move move = Splitting.move(open.type, open.state).orElseThrow(MatterPages::none);
        UnitTree tree = surroundings.tree();
        List<UnitTree.Node> units = tree.on(shell.today());
        List<LineView> views = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Splitting.Line line = lines.get(i);
            String mine = i + ".";
            views.add(new LineView(
                    line.title(),
                    line.weight(),
                    line.due(),
                    units.stream()
                            .map(u -> new Forms.Option(
                                    Long.toString(u.id()),
                                    tree.brief(u.id(), shell.today()),
                                    u.depth(),
                                    Long.toString(u.id()).equals(line.unit())))
                            .toList(),
                    faults.stream()
                            .filter(f -> f.field().startsWith(mine))
                            .map(f -> FaultWords.say(shell.words(), f))
                            .toList()));
        }
        return new View(
                matter,
                views,
                faults.stream()
                        .filter(f -> !f.field().matches("\\d+\\..*"))
                        .map(f -> FaultWords.say(shell.words(), f))
                        .toList(),
                stale,
                hindrances.of(user, open, move, false).stream()
                        .map(f -> FaultWords.say(shell.words(), f))
                        .toList(),
                UUID.randomUUID().toString(),
                Math.min(MOST, lines.size() + LINES),
                store.listParts(id).stream()
                        .filter(p -> !p.ended() || p.done())
                        .map(Matter::weight)
                        .reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    @PostMapping("/matters/{id:\\d+}/split")
    Object split(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> typed,
            Model model) {
        String version = first(typed, "version");
        List<Splitting.Line> lines = new ArrayList<>();
        int count = Math.min(MOST, typed.getOrDefault("unit", List.of()).size());
        for (int i = 0; i < count; i++) {
            lines.add(new Splitting.Line(
                    at(typed, "unit", i), at(typed, "title", i), at(typed, "weight", i), at(typed, "due", i)));
        }
        try {
            splitting.split(
                    user,
                    id,
                    version.matches("\\d{1,9}") ? Integer.parseInt(version) : 0,
                    lines,
                    Journal.bound(
                            first(typed, "request").isBlank()
                                    ? UUID.randomUUID().toString()
                                    : first(typed, "request"),
                            "matter.split",
                            id,
                            lines));
            return "redirect:/matters/" + id + "?done=matters.done";
        } catch (MoveRefused refused) {
            model.addAttribute("view", view(user, shell, id, lines, refused.faults(), refused.isStale()));
            return new ModelAndView(
                    "matters/split",
                    model.asMap(),
                    refused.isStale() ? HttpStatus.CONFLICT : HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private static String first(MultiValueMap<String, String> typed, String key) {
        return at(typed, key, 0);
    }

    private static String at(MultiValueMap<String, String> typed, String key, int i) {
        List<String> values = typed.getOrDefault(key, List.of());
        return i < values.size() ? values.get(i).strip() : "";
    }
}
