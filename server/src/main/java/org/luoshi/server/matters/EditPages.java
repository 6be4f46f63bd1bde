package org.luoshi.server.matters;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.luoshi.server.accounts.User;
import org.luoshi.server.matters.types.Field;
import org.luoshi.server.matters.types.Who;
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

/** The form that changes what a matter says, outside a move. */
@Controller
public class EditPages {
    private final Edits edits;
    private final MatterStore store;
    private final Forms forms;
    private final Surroundings surroundings;

    EditPages(Edits edits, MatterStore store, Forms forms, Surroundings surroundings) {
        this.edits = edits;
        this.store = store;
        this.forms = forms;
        this.surroundings = surroundings;
    }

    /** What a joint unit does, as an input. */
    public record Part(long unit, String name, String task, String share, String fault) {}

    public record View(
            Matter matter,
            List<Forms.Input> inputs,
            List<Part> parts,
            List<String> faults,
            boolean stale,
            String request) {}

    @GetMapping("/matters/{id:\\d+}/edit")
    String form(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @PathVariable long id,
            Model model) {
        model.addAttribute("view", view(user, shell, id, null, List.of(), false));
        return "matters/edit";
    }

    private View view(
            User user,
            Shell shell,
            long id,
            @org.jspecify.annotations.Nullable Map<String, String> typed,
            List<Fault> faults,
            boolean stale) {
        Matter matter = store.find(id).orElseThrow(MatterPages::none);
        Open open = edits.open(user, matter);
        if (open == null) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        Map<String, String> values = new LinkedHashMap<>();
        Set<Who> standing = surroundings.standing(user).to(open);
        List<Field> fields = edits.fieldsOf(user, open);
        for (Field field : fields) {
            boolean hidden = field.isHiddenFrom(standing);
            String known = hidden ? "" : open.value(field.key());
            values.put(field.key(), typed == null ? known : typed.getOrDefault(field.key(), ""));
        }
        List<Forms.Input> inputs = forms.of(fields, values, faults, shell.words(), shell.today());
        List<Part> parts = new ArrayList<>();
        if (edits.mayShare(user, open)) {
            edits.parts(id).forEach((unit, part) -> {
                String fault = Forms.fault("share-" + unit, faults, shell.words());
                parts.add(new Part(
                        unit,
                        surroundings.tree().brief(unit, shell.today()),
                        typed == null ? part.task() : typed.getOrDefault("task-" + unit, ""),
                        typed == null ? part.share() : typed.getOrDefault("share-" + unit, ""),
                        fault.isEmpty() ? Forms.fault("task-" + unit, faults, shell.words()) : fault));
            });
        }
        return new View(
                matter,
                inputs,
                parts,
                faults.stream()
                        .filter(f -> inputs.stream().noneMatch(i -> i.key().equals(f.field()))
                                && !f.field().startsWith("share-")
                                && !f.field().startsWith("task-"))
                        .map(f -> FaultWords.say(shell.words(), f))
                        .toList(),
                stale,
                UUID.randomUUID().toString());
    }

    @PostMapping("/matters/{id:\\d+}/edit")
    Object edit(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> parameters,
            Model model) {
        Map<String, String> form = MatterPages.typed(parameters);
        Matter matter = store.find(id).orElseThrow(MatterPages::none);
        Open open = edits.open(user, matter);
        if (open == null) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        // A box that is not ticked and a list of which nothing is chosen are not sent at all.
        Map<String, String> typed = new LinkedHashMap<>();
        edits.fieldsOf(user, open)
                .forEach(field -> typed.put(
                        field.key(), form.getOrDefault(field.key(), field.kind() == Field.Kind.FLAG ? "false" : "")));
        Map<Long, Edits.Part> parts = new LinkedHashMap<>();
        open.joint.forEach(unit -> {
            String task = form.get("task-" + unit);
            if (task != null) {
                parts.put(unit, new Edits.Part(task, Objects.requireNonNullElse(form.get("share-" + unit), "")));
            }
        });
        String version = form.getOrDefault("version", "");
        try {
            edits.edit(
                    user,
                    id,
                    new Edits.Wanted(version.matches("\\d{1,9}") ? Integer.parseInt(version) : 0, typed, parts),
                    form.getOrDefault("request", UUID.randomUUID().toString()));
            return "redirect:/matters/" + id + "?done=matters.done";
        } catch (MoveRefused refused) {
            model.addAttribute("view", view(user, shell, id, form, refused.faults(), refused.isStale()));
            return new ModelAndView(
                    "matters/edit",
                    model.asMap(),
                    refused.isStale() ? HttpStatus.CONFLICT : HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }
}
