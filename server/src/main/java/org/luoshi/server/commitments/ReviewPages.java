package org.luoshi.server.commitments;

import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Span;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.commitments.Commitments.Outcome;
import org.luoshi.server.commitments.Commitments.Ref;
import org.luoshi.server.web.Shell;
import org.luoshi.server.web.Shells;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The review of a document: text on the left, commitments on the right. */
@Controller
class ReviewPages {
    /** Sent by the page's script, which wants the changed parts as JSON; without it an act ends in a redirect. */
    private static final String BY_SCRIPT = "X-Luoshi-Script";

    private final Commitments commitments;
    private final ReviewDesk desk;
    private final EditForm form;
    private final TemplateEngine templates;
    private final Shells shells;

    ReviewPages(Commitments commitments, ReviewDesk desk, EditForm form, TemplateEngine templates, Shells shells) {
        this.commitments = commitments;
        this.desk = desk;
        this.form = form;
        this.templates = templates;
        this.shells = shells;
    }

    @GetMapping("/documents/{document}/review")
    String review(
            Model model,
            HttpServletRequest request,
            @PathVariable long document,
            @Nullable @RequestParam(required = false) String view,
            @Nullable @RequestParam(required = false) String sort,
            @Nullable @RequestParam(required = false) Long item) {
        Shell shell = shells.of(request);
        ReviewDesk.Filter filter = new ReviewDesk.Filter(ReviewRows.View.of(view), ReviewRows.Sort.of(sort), item);
        model.addAttribute("page", desk.page(document, filter, shell.words()));
        return "commitments/review";
    }

    @GetMapping("/documents/{document}/review/items/{id}")
    String item(Model model, HttpServletRequest request, @PathVariable long document, @PathVariable long id) {
        Shell shell = shells.of(request);
        model.addAttribute("editor", desk.editor(document, id, shell.words()));
        return "commitments/editor";
    }

    /**
     * What has changed in a document since an entry of its stream, and who else is here.
     *
     * @param at the commitment that the asker looks at
     */
    @GetMapping("/documents/{document}/review/changes")
    ResponseEntity<Answer> changes(
            @AuthenticationPrincipal User user,
            HttpServletRequest request,
            @PathVariable long document,
            @RequestParam int since,
            @Nullable @RequestParam(required = false) Long at) {
        Shell shell = shells.of(request);
        ReviewDesk.News news = desk.news(document, since, user, at, shell.words());
        Answer answer = news.ids().isEmpty() && news.gone().isEmpty()
                ? Answer.quiet(news.seq(), news.people())
                : answer(document, news.ids(), news.gone(), shell, news.seq(), news.sentence(), news.people());
        return ResponseEntity.ok().header("Cache-Control", "no-store").body(answer);
    }

    /**
     * What the script gets.
     *
     * @param rows rendered rows by id
     * @param blocks rendered paragraphs by index
     * @param focus the commitment to look at next, null for the present one
     * @param versions present versions by id
     */
    record Answer(
            boolean ok,
            boolean conflict,
            @Nullable String sentence,
            int seq,
            Map<String, String> rows,
            List<Long> gone,
            Map<String, String> blocks,
            ReviewDesk.@Nullable Counts counts,
            @Nullable String people,
            @Nullable Long focus,
            Map<String, Integer> versions,
            List<String> changes) {
        static Answer quiet(int seq, String people) {
            return new Answer(
                    true, false, null, seq, Map.of(), List.of(), Map.of(), null, people, null, Map.of(), List.of());
        }

        static Answer refused(String sentence, boolean conflict, List<String> changes, Map<String, Integer> versions) {
            return new Answer(
                    false, conflict, sentence, 0, Map.of(), List.of(), Map.of(), null, null, null, versions, changes);
        }
    }

    @PostMapping("/documents/{document}/review/{act}")
    Object act(
            @AuthenticationPrincipal User user,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            @PathVariable long document,
            @PathVariable String act,
            @Nullable @RequestParam(required = false) List<String> ref,
            @Nullable @RequestParam(required = false) String key) {
        Shell shell = shells.of(request);
        boolean byScript = request.getHeader(BY_SCRIPT) != null;
        List<Ref> refs = refs(ref);
        Outcome outcome;
        try {
            outcome = perform(user, request, document, act, refs, key);
        } catch (Refused refused) {
            if (byScript) {
                return refusal(refused, refs, shell);
            }
            if (refused.isConflict() && refs.size() == 1 && EditForm.isIn(request)) {
                response.setStatus(409);
                ReviewDesk.Filter filter = new ReviewDesk.Filter(
                        ReviewRows.View.ALL,
                        ReviewRows.Sort.DOUBT,
                        refs.getFirst().id());
                model.addAttribute(
                        "page",
                        desk.page(document, filter, shell.words())
                                .withTyped(typed(request), conflictLines(refs.getFirst(), shell)));
                return "commitments/review";
            }
            throw refused;
        }
        if (byScript) {
            List<Long> ids = outcome.changed().stream().map(Commitment::id).toList();
            Answer answer = answer(
                    document,
                    ids,
                    outcome.gone(),
                    shell,
                    desk.seq(document),
                    desk.done(act, outcome, shell.words()),
                    null);
            return ResponseEntity.ok(answer);
        }
        return "redirect:" + next(document, act, outcome, refs, request, shell);
    }

    private Outcome perform(
            User user, HttpServletRequest request, long document, String act, List<Ref> refs, @Nullable String key) {
        return switch (act) {
            case "accept" ->
                refs.size() == 1 && EditForm.isIn(request)
                        ? commitments.accept(user.actor(), refs.getFirst(), edit(request, document, refs), key)
                        : commitments.accept(user.actor(), some(refs), key);
            case "reject" -> commitments.reject(user.actor(), some(refs), key);
            case "reopen" -> commitments.reopen(user.actor(), some(refs), key);
            case "edit" -> commitments.edit(user.actor(), some(refs).getFirst(), edit(request, document, refs), key);
            case "split" -> commitments.split(user.actor(), some(refs).getFirst(), number(request, "at"), key);
            case "merge" -> commitments.merge(user.actor(), some(refs).getFirst(), key);
            case "add" ->
                commitments.add(user.actor(), document, span(number(request, "start"), number(request, "end")), key);
            case "undo" -> commitments.undo(user.actor(), document, key);
            case "register" -> commitments.register(user.actor(), document, key);
            default -> throw new Refused("review.refused.act", act);
        };
    }

    private Edit edit(HttpServletRequest request, long document, List<Ref> refs) {
        Commitment of = commitments.get(some(refs).getFirst().id());
        return form.parse(request, of, desk.taskYear(document));
    }

    private static Span span(int start, int end) {
        if (start < 0 || end <= start) {
            throw new Refused("review.refused.selection");
        }
        return new Span(start, end);
    }

    private static List<Ref> some(List<Ref> refs) {
        if (refs.isEmpty()) {
            throw new Refused("review.refused.none");
        }
        return refs;
    }

    private static int number(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        if (value == null || !value.matches("\\d{1,9}")) {
            throw new Refused("review.refused.place");
        }
        return Integer.parseInt(value);
    }

    private static List<Ref> refs(@Nullable List<String> given) {
        List<Ref> refs = new ArrayList<>();
        if (given != null) {
            for (String ref : given) {
                if (!ref.matches("\\d{1,18}:\\d{1,9}")) {
                    throw new Refused("review.refused.none");
                }
                int colon = ref.indexOf(':');
                refs.add(new Ref(Long.parseLong(ref.substring(0, colon)), Integer.parseInt(ref.substring(colon + 1))));
            }
        }
        return refs;
    }

    private ResponseEntity<Answer> refusal(Refused refused, List<Ref> refs, Shell shell) {
        Map<String, Integer> versions = new LinkedHashMap<>();
        List<String> changes = List.of();
        if (refused.isConflict()) {
            commitments
                    .list(refs.stream().map(Ref::id).toList())
                    .forEach(c -> versions.put(Long.toString(c.id()), c.version()));
            if (refs.size() == 1) {
                changes = conflictLines(refs.getFirst(), shell);
            }
        }
        String sentence = shell.t(refused.key(), refused.arguments());
        return ResponseEntity.status(refused.isConflict() ? 409 : 422)
                .body(Answer.refused(sentence, refused.isConflict(), changes, versions));
    }

    private List<String> conflictLines(Ref ref, Shell shell) {
        List<String> lines = new ArrayList<>();
        for (Journal.Entry entry : commitments.listChangesAfter(ref.id(), ref.version())) {
            lines.add(desk.change(entry, shell.words()));
        }
        return lines;
    }

    /** What the person changed in the form since it was shown; what he left alone is the other's to change. */
    private static Map<String, String> typed(HttpServletRequest request) {
        Map<String, String> typed = new LinkedHashMap<>();
        for (String name : List.of("what", "due", "lead", "theme")) {
            String value = request.getParameter(name);
            if (value != null && !value.equals(request.getParameter("was-" + name))) {
                typed.put(name, value);
            }
        }
        return typed;
    }

    private Answer answer(
            long document,
            List<Long> ids,
            List<Long> gone,
            Shell shell,
            int seq,
            @Nullable String sentence,
            @Nullable String people) {
        ReviewDesk.Parts parts = desk.parts(document, ids, gone, shell.words());
        Map<String, String> rows = new LinkedHashMap<>();
        Map<String, Integer> versions = new LinkedHashMap<>();
        for (ReviewRows.Row row : parts.rows()) {
            StringOutput html = new StringOutput();
            templates.render("commitments/row.jte", Map.of("shell", shell, "row", row, "document", document), html);
            rows.put(Long.toString(row.id()), html.toString());
            versions.put(Long.toString(row.id()), row.version());
        }
        Map<String, String> blocks = new LinkedHashMap<>();
        for (ReviewText.Block block : parts.blocks()) {
            StringOutput html = new StringOutput();
            templates.render("commitments/block.jte", Map.of("block", block), html);
            blocks.put(Integer.toString(block.index()), html.toString());
        }
        return new Answer(
                true,
                false,
                sentence,
                seq,
                rows,
                parts.gone(),
                blocks,
                parts.counts(),
                people,
                parts.focus(),
                versions,
                List.of());
    }

    /** Where a page without script goes after an act: to the commitment that comes next. */
    private String next(
            long document, String act, Outcome outcome, List<Ref> refs, HttpServletRequest request, Shell shell) {
        if (act.equals("register")) {
            return "/register?source=" + document + "&done=review.done.register";
        }
        String view = request.getParameter("view");
        String sort = request.getParameter("sort");
        StringBuilder url = new StringBuilder("/documents/")
                .append(document)
                .append("/review?done=review.done.")
                .append(act);
        if (view != null) {
            url.append("&view=").append(URLEncoder.encode(view, StandardCharsets.UTF_8));
        }
        if (sort != null) {
            url.append("&sort=").append(URLEncoder.encode(sort, StandardCharsets.UTF_8));
        }
        Long item = desk.after(document, act, outcome, refs, ReviewRows.Sort.of(sort), shell.words());
        if (item != null) {
            url.append("&item=").append(item).append("#c").append(item);
        }
        return url.toString();
    }
}
