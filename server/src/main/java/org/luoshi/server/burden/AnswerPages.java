package org.luoshi.server.burden;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Refused;
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
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.servlet.ModelAndView;

/** The form in which a unit answers. */
@Controller
public class AnswerPages {
    private final Answers answers;
    private final RequestStore store;
    private final Units units;

    AnswerPages(Answers answers, RequestStore store, Units units) {
        this.answers = answers;
        this.store = store;
        this.units = units;
    }

    /**
     * An input.
     *
     * @param source from where the value was taken; empty: nobody took it from anywhere
     * @param last what was said the last time
     * @param theirs what somebody else has kept meanwhile, where it is not what was typed
     */
    public record Input(
            Request.Field field,
            String about,
            String value,
            String absent,
            String fault,
            String source,
            String sourceAddress,
            String last,
            String theirs,
            @Nullable Long file,
            String fileName) {}

    /** A field that is not asked, because it stands elsewhere. */
    public record Spared(String name, String where) {}

    public record View(
            Request request,
            Request.Round round,
            Request.Answer answer,
            String asker,
            String unit,
            String period,
            boolean late,
            List<Input> inputs,
            List<Spared> spared,
            int minutes,
            boolean shown,
            boolean mayAnswer,
            boolean maySign,
            boolean maySendBack,
            String conflict,
            int faults,
            String key) {}

    @GetMapping("/requests/answers/{id:\\d+}")
    String form(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @PathVariable long id,
            Model model) {
        model.addAttribute("view", view(user, shell, id, null, Map.of(), ""));
        return "burden/answer";
    }

    private View view(
            User user,
            Shell shell,
            long id,
            Answers.@Nullable Typed typed,
            Map<Long, AnswerChecks.Checked> faults,
            String conflict) {
        Request.Answer answer = store.findAnswer(id).orElseThrow(RequestPages::none);
        Request request = store.find(answer.request()).orElseThrow(RequestPages::none);
        Request.Round round = store.rounds(request.id()).stream()
                .filter(r -> r.id() == answer.round())
                .findFirst()
                .orElseThrow(RequestPages::none);
        UnitTree tree = units.tree();
        LocalDate today = shell.today();
        boolean may = answers.mayAnswer(user, answer)
                && (answer.state().equals("open") || answer.state().equals("draft"))
                && request.state().equals("sent");
        Map<Long, Request.Value> values =
                store.values(id).stream().collect(Collectors.toMap(Request.Value::field, v -> v));
        List<Input> inputs = new ArrayList<>();
        int minutes = 0;
        for (Request.Field field : answers.fieldsOf(answer)) {
            // What was typed too late is no answer: who may not answer any more sees what was kept.
            Input input = input(
                    shell,
                    answer,
                    round,
                    field,
                    values.get(field.id()),
                    may ? typed : null,
                    faults.get(field.id()),
                    may,
                    !conflict.isEmpty());
            inputs.add(input);
            minutes += field.minutes();
        }
        Map<Long, String> names =
                store.fields(request.id()).stream().collect(Collectors.toMap(Request.Field::id, Request.Field::name));
        List<Spared> spared = store.known(round.id()).stream()
                .filter(k -> k.unit() == answer.unit())
                .map(k -> new Spared(names.getOrDefault(k.field(), ""), k.placeTitle()))
                .toList();
        return new View(
                request,
                round,
                answer,
                tree.brief(request.asker(), today),
                tree.brief(answer.unit(), today),
                Period.of(round.period()).say(shell.words()),
                round.due().isBefore(today) && !answer.state().equals("sent"),
                inputs,
                spared,
                minutes,
                answers.maySee(user, answer),
                may,
                answer.state().equals("signing") && answers.maySign(user, answer),
                answer.state().equals("signing") && answers.maySign(user, answer)
                        || answer.state().equals("sent") && answers.mayReturn(user, answer),
                conflict,
                faults.size(),
                UUID.randomUUID().toString());
    }

    private Input input(
            Shell shell,
            Request.Answer answer,
            Request.Round round,
            Request.Field field,
            Request.@Nullable Value kept,
            Answers.@Nullable Typed typed,
            AnswerChecks.@Nullable Checked fault,
            boolean may,
            boolean conflict) {
        String about = field.period() == null ? round.period() : field.period();
        String value = kept == null ? "" : kept.value();
        String absent = kept == null ? "" : kept.absent();
        String source = "";
        String address = "";
        String last = "";
        String theirs = "";
        if (typed != null) {
            value = typed.values().getOrDefault(field.id(), value);
            absent = typed.absent().getOrDefault(field.id(), "");
            theirs = conflict ? theirs(shell, answer, field, kept, value, absent) : "";
        } else if (may && field.kind() != Request.Kind.FILE) {
            if (kept == null) {
                RequestStore.Said said =
                        store.said(answer.unit(), field, about, answer.id()).orElse(null);
                if (said != null) {
                    value = said.value();
                    source = shell.t("burden.answer.source", said.title());
                    address = "/requests/answers/" + said.answer();
                }
            }
            last = store.said(answer.unit(), field, null, answer.id())
                    .filter(s -> !s.period().equals(about))
                    .map(s ->
                            shell.t("burden.answer.last", Period.of(s.period()).say(shell.words()), s.value()))
                    .orElse("");
        }
        return new Input(
                field,
                Period.of(about).say(shell.words()),
                value,
                absent,
                fault == null || fault.fault() == null
                        ? ""
                        : shell.t(fault.fault(), fault.arguments().toArray()),
                source,
                address,
                last,
                theirs,
                kept == null ? null : kept.file(),
                kept == null || kept.fileName() == null ? "" : kept.fileName());
    }

    /** What somebody else has kept in place of what was typed; empty where it is the same. */
    private static String theirs(
            Shell shell,
            Request.Answer answer,
            Request.Field field,
            Request.@Nullable Value kept,
            String typed,
            String absent) {
        String value = kept == null ? "" : kept.value();
        String why = kept == null ? "" : kept.absent();
        boolean same = field.kind() == Request.Kind.FILE
                || AnswerChecks.check(field.kind(), typed).value().equals(value);
        if (same && absent.strip().equals(why)) {
            return "";
        }
        String said = !why.isEmpty()
                ? shell.t("burden.cell.absent", why)
                : value.isEmpty() ? shell.t("burden.cell.missing") : value;
        return shell.t("burden.answer.theirs", answer.changedBy(), said);
    }

    @PostMapping("/requests/answers/{id:\\d+}")
    Object save(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> form,
            jakarta.servlet.http.HttpServletRequest sent,
            Model model) {
        Answers.Typed typed = typed(form, sent);
        boolean send = "send".equals(form.getFirst("act"));
        String key = form.getFirst("request");
        try {
            String state = answers.save(
                    user,
                    id,
                    typed,
                    send,
                    key == null || key.isEmpty() ? UUID.randomUUID().toString() : key);
            return "redirect:/requests/answers/" + id + "?done=burden.done." + state;
        } catch (Answers.Wrong wrong) {
            model.addAttribute("view", view(user, shell, id, typed, wrong.faults(), ""));
            return new ModelAndView("burden/answer", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (Refused refused) {
            if (!refused.isConflict()) {
                throw refused;
            }
            model.addAttribute(
                    "view", view(user, shell, id, typed, Map.of(), shell.t(refused.key(), refused.arguments())));
            return new ModelAndView("burden/answer", model.asMap(), HttpStatus.CONFLICT);
        }
    }

    private static Answers.Typed typed(
            MultiValueMap<String, String> form, jakarta.servlet.http.HttpServletRequest sent) {
        Map<Long, String> values = new LinkedHashMap<>();
        Map<Long, String> absent = new LinkedHashMap<>();
        form.forEach((name, texts) -> {
            String text = texts.isEmpty() || texts.getFirst() == null ? "" : texts.getFirst();
            if (name.matches("v\\d{1,18}")) {
                values.put(Long.parseLong(name.substring(1)), text);
            } else if (name.matches("a\\d{1,18}")) {
                absent.put(Long.parseLong(name.substring(1)), text);
            }
        });
        Map<Long, org.luoshi.server.matters.Files.Upload> uploads = new HashMap<>();
        if (sent instanceof MultipartHttpServletRequest multipart) {
            multipart.getFileMap().forEach((name, file) -> {
                String called = file.getOriginalFilename();
                if (name.matches("f\\d{1,18}") && called != null && !called.isEmpty()) {
                    uploads.put(Long.parseLong(name.substring(1)), new Sent(called, file));
                }
            });
        }
        String version = form.getFirst("version");
        return new Answers.Typed(
                version != null && version.matches("\\d{1,9}") ? Integer.parseInt(version) : 0,
                values,
                absent,
                uploads);
    }

    private record Sent(String name, org.springframework.web.multipart.MultipartFile file)
            implements org.luoshi.server.matters.Files.Upload {
        @Override
        public long bytes() {
            return file.getSize();
        }

        @Override
        public java.io.InputStream open() throws java.io.IOException {
            return file.getInputStream();
        }
    }

    @PostMapping("/requests/answers/{id:\\d+}/sign")
    String sign(
            @AuthenticationPrincipal User user,
            @PathVariable long id,
            @RequestParam int version,
            @RequestParam String request) {
        answers.sign(user, id, version, request);
        return "redirect:/requests/answers/" + id + "?done=burden.done.sent";
    }

    @PostMapping("/requests/answers/{id:\\d+}/send-back")
    String sendBack(
            @AuthenticationPrincipal User user,
            @PathVariable long id,
            @RequestParam int version,
            @RequestParam(required = false, defaultValue = "") String reason,
            @RequestParam String request) {
        long of = store.findAnswer(id).orElseThrow(RequestPages::none).request();
        answers.sendBack(user, id, version, reason, request);
        return "redirect:/requests/" + of + "?done=burden.done.back";
    }
}
