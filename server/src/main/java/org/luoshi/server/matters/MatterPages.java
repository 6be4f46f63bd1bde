package org.luoshi.server.matters;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.matters.types.Effect;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.Move;
import org.luoshi.server.web.Shell;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** A matter: what it is, how it stands, why, what can be done, what was done. */
@Controller
public class MatterPages {
    private static final int HISTORY = 200;

    private final Matters matters;
    private final MatterStore store;
    private final Types types;
    private final Hindrances hindrances;
    private final Surroundings surroundings;
    private final Forms forms;
    private final Files files;
    private final MatterSheet sheet;
    private final JdbcClient sql;
    private final Clock clock;

    MatterPages(
            Matters matters,
            MatterStore store,
            Types types,
            Hindrances hindrances,
            Surroundings surroundings,
            Forms forms,
            Files files,
            MatterSheet sheet,
            JdbcClient sql,
            Clock clock) {
        this.matters = matters;
        this.store = store;
        this.types = types;
        this.hindrances = hindrances;
        this.surroundings = surroundings;
        this.forms = forms;
        this.files = files;
        this.sheet = sheet;
        this.sql = sql;
        this.clock = clock;
    }

    @GetMapping("/matters/{id:\\d+}")
    String matter(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String on,
            Model model) {
        LocalDate day = day(on);
        Matter matter = day == null
                ? store.find(id).orElseThrow(MatterPages::none)
                : store.findAt(id, Listing.endOf(day)).orElseThrow(MatterPages::none);
        model.addAttribute("view", sheet.view(user, shell, matter, day));
        return "matters/matter";
    }

    static @Nullable LocalDate day(@Nullable String text) {
        try {
            return text == null || text.isBlank() ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new Refused("matters.refused.on", String.valueOf(text));
        }
    }

    static ResponseStatusException none() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "No such matter");
    }

    /** A form for a move; what was typed is kept where the move was refused. */
    public record DoView(
            Matter matter,
            MatterType type,
            Move move,
            String name,
            List<Forms.Input> inputs,
            List<String> faults,
            boolean stale,
            String request,
            String state,
            List<String> hindrances) {}

    @GetMapping("/matters/{id:\\d+}/do/{move}")
    String form(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @PathVariable long id,
            @PathVariable String move,
            Model model) {
        DoView view = doView(user, shell, id, move, Map.of(), List.of(), false);
        if (view.move().does() == Effect.SPLIT) {
            return "redirect:/matters/" + id + "/split";
        }
        model.addAttribute("view", view);
        return "matters/do";
    }

    private DoView doView(
            User user, Shell shell, long id, String key, Map<String, String> typed, List<Fault> faults, boolean stale) {
        Matter matter = store.find(id).orElseThrow(MatterPages::none);
        MatterType type = types.get(matter.type(), matter.typeVersion());
        Move move = type.findMove(key).orElseThrow(MatterPages::none);
        Open open = surroundings.open(matter, type);
        List<Forms.Input> inputs = forms.of(user, open, move, typed, faults, shell.words(), shell.today());
        boolean withFiles = move.asks().containsKey("files");
        return new DoView(
                matter,
                type,
                move,
                move.name().in(shell.words().language()),
                inputs,
                Forms.general(faults, inputs, shell.words()),
                stale,
                UUID.randomUUID().toString(),
                type.getState(matter.state()).name().in(shell.words().language()),
                hindrances.of(user, open, move, withFiles).stream()
                        .map(f -> FaultWords.say(shell.words(), f))
                        .toList());
    }

    @PostMapping("/matters/{id:\\d+}/do/{move}")
    Object act(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @PathVariable long id,
            @PathVariable String move,
            @RequestParam MultiValueMap<String, String> parameters,
            @RequestParam(value = "files", required = false) @Nullable List<MultipartFile> sent,
            Model model) {
        Map<String, String> typed = typed(parameters);
        String version = typed.getOrDefault("version", "0");
        try {
            matters.act(
                    user,
                    id,
                    new Matters.Asked(
                            move, version.matches("\\d{1,9}") ? Integer.parseInt(version) : 0, typed, uploads(sent)),
                    typed.getOrDefault("request", UUID.randomUUID().toString()));
            String back = typed.getOrDefault("back", "");
            return "redirect:"
                    + (back.equals("inbox") ? "/inbox?done=matters.done" : "/matters/" + id + "?done=matters.done");
        } catch (MoveRefused refused) {
            model.addAttribute("view", doView(user, shell, id, move, typed, refused.faults(), refused.isStale()));
            return new org.springframework.web.servlet.ModelAndView(
                    "matters/do",
                    model.asMap(),
                    refused.isStale() ? HttpStatus.CONFLICT : HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    /** The values of a form; several of one name are joined with commas. */
    static Map<String, String> typed(MultiValueMap<String, String> parameters) {
        Map<String, String> typed = new LinkedHashMap<>();
        parameters.forEach((name, values) -> {
            if (!name.equals("_csrf") && !name.equals("files")) {
                typed.put(
                        name,
                        String.join(
                                ",", values.stream().filter(Objects::nonNull).toList()));
            }
        });
        return typed;
    }

    static List<Files.Upload> uploads(@Nullable List<MultipartFile> sent) {
        List<Files.Upload> uploads = new ArrayList<>();
        for (MultipartFile file : sent == null ? List.<MultipartFile>of() : sent) {
            String name = file.getOriginalFilename();
            if (name != null && !name.isEmpty()) {
                uploads.add(new Files.Upload() {
                    @Override
                    public String name() {
                        return name;
                    }

                    @Override
                    public long bytes() {
                        return file.getSize();
                    }

                    @Override
                    public InputStream open() throws IOException {
                        return file.getInputStream();
                    }
                });
            }
        }
        return uploads;
    }

    public record NewView(
            MatterType type,
            List<MatterType> types,
            List<Forms.Input> inputs,
            List<String> faults,
            String request,
            @Nullable Long duplicate) {}

    @GetMapping("/matters/new")
    String fresh(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @RequestParam MultiValueMap<String, String> parameters,
            Model model) {
        List<MatterType> mine =
                types.list().stream().filter(t -> matters.mayCreate(user, t)).toList();
        if (mine.isEmpty()) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        String asked = parameters.getFirst("type");
        MatterType type =
                mine.stream().filter(t -> t.key().equals(asked)).findFirst().orElse(mine.getFirst());
        model.addAttribute("view", newView(shell, type, mine, typed(parameters), List.of()));
        return "matters/new";
    }

    private NewView newView(
            Shell shell, MatterType type, List<MatterType> mine, Map<String, String> typed, List<Fault> faults) {
        List<Forms.Input> inputs = forms.fresh(type, typed, faults, shell.words(), shell.today());
        Long duplicate = faults.stream()
                .filter(f -> f.key().equals("matters.fault.duplicate"))
                .map(f -> (Long) f.arguments().get(1))
                .findFirst()
                .orElse(null);
        return new NewView(
                type,
                mine,
                inputs,
                Forms.general(faults, inputs, shell.words()),
                UUID.randomUUID().toString(),
                duplicate);
    }

    @PostMapping("/matters")
    Object create(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @RequestParam MultiValueMap<String, String> parameters,
            Model model) {
        Map<String, String> typed = typed(parameters);
        MatterType type = types.find(typed.getOrDefault("type", "")).orElseThrow(MatterPages::none);
        try {
            long id = matters.create(
                    user,
                    new Matters.Draft(type.key(), typed),
                    typed.getOrDefault("request", UUID.randomUUID().toString()));
            return "redirect:/matters/" + id;
        } catch (MoveRefused refused) {
            List<MatterType> mine = types.list().stream()
                    .filter(t -> matters.mayCreate(user, t))
                    .toList();
            model.addAttribute("view", newView(shell, type, mine, typed, refused.faults()));
            return new org.springframework.web.servlet.ModelAndView(
                    "matters/new", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @PostMapping("/matters/{id:\\d+}/override")
    String override(
            @AuthenticationPrincipal User user,
            @PathVariable long id,
            @RequestParam int version,
            @RequestParam String state,
            @RequestParam String reason,
            @RequestParam String request) {
        try {
            matters.override(user, id, version, state, reason, request);
        } catch (MoveRefused refused) {
            throw refused(refused);
        }
        return "redirect:/matters/" + id + "?done=matters.done";
    }

    /** Answers as if there were none where the person may not see it. */
    private void seen(long id) {
        if (store.find(id).isEmpty()) {
            throw none();
        }
    }

    static org.luoshi.server.audit.Refused refused(MoveRefused refused) {
        Fault fault = refused.faults().getFirst();
        return new org.luoshi.server.audit.Refused(
                fault.key(), fault.arguments().stream().map(String::valueOf).toArray());
    }

    @PostMapping("/matters/{id:\\d+}/follow")
    String follow(@AuthenticationPrincipal User user, @PathVariable long id, @RequestParam boolean on) {
        seen(id);
        sql.sql(
                        on
                                ? "insert into follower (matter, account) values (:matter, :account) on conflict do nothing"
                                : "delete from follower where matter = :matter and account = :account")
                .param("matter", id)
                .param("account", user.account())
                .update();
        return "redirect:/matters/" + id;
    }

    /** Opens a personal field; every opening is in the journal. */
    @PostMapping("/matters/{id:\\d+}/personal/{field}")
    String personal(
            @AuthenticationPrincipal User user, @PathVariable long id, @PathVariable String field, Model model) {
        seen(id);
        try {
            model.addAttribute("value", matters.openPersonal(user, id, field));
        } catch (MoveRefused refused) {
            throw refused(refused);
        }
        model.addAttribute("matter", id);
        return "matters/personal";
    }

    /** Evidence, always as a download: nothing that somebody sent runs in the reader's browser. */
    @GetMapping("/matters/{id:\\d+}/files/{file:\\d+}")
    ResponseEntity<StreamingResponseBody> file(@PathVariable long id, @PathVariable long file) {
        Files.Stored stored = files.find(file).filter(f -> f.matter() == id).orElseThrow(MatterPages::none);
        // Read here, in the role of the person who asks: the answer is written on another thread.
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .contentLength(stored.bytes())
                .header("X-Content-Type-Options", "nosniff")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(stored.name(), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(out -> files.write(file, out));
    }

    static BigDecimal share(long part, long whole) {
        return whole == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(part * 100).divide(BigDecimal.valueOf(whole), 1, RoundingMode.HALF_UP);
    }
}
