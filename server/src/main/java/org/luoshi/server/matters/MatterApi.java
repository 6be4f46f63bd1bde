package org.luoshi.server.matters;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.matters.types.Field;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.Move;
import org.luoshi.server.matters.types.Who;
import org.luoshi.server.web.Languages;
import org.luoshi.server.web.Words;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/**
 * Matters for programs: the same lists, the same moves, the same refusals as on the pages. Personal fields never leave
 * through it.
 */
@RestController
@Tag(name = "matters", description = "Anything tracked from being given to being closed")
class MatterApi {
    private static final int LARGEST_PAGE = 500;

    private final Matters matters;
    private final MatterStore store;
    private final MatterLists lists;
    private final Hindrances hindrances;
    private final Edits edits;
    private final Types types;
    private final Surroundings surroundings;
    private final Languages languages;

    MatterApi(
            Matters matters,
            MatterStore store,
            MatterLists lists,
            Hindrances hindrances,
            Edits edits,
            Types types,
            Surroundings surroundings,
            Languages languages) {
        this.edits = edits;
        this.matters = matters;
        this.store = store;
        this.lists = lists;
        this.hindrances = hindrances;
        this.types = types;
        this.surroundings = surroundings;
        this.languages = languages;
    }

    /** A page of a list; {@code total} counts all that the filter leaves. */
    record Page(long total, int page, int size, List<Item> matters) {}

    /** A matter in a list. Progress in per cent, null: unknown. Light is red, yellow, green or gray. */
    record Item(
            long id,
            String number,
            String type,
            String title,
            String state,
            boolean ended,
            @Nullable Long lead,
            List<Long> joint,
            @Nullable LocalDate due,
            @Nullable BigDecimal progress,
            String light,
            @Nullable Instant closedAt) {}

    /**
     * A matter whole.
     *
     * @param fields what its type adds, as far as the caller may see it; personal ones are masked
     * @param moves what the caller could do now
     */
    record Whole(
            long id,
            String number,
            String type,
            int typeVersion,
            String title,
            String what,
            String state,
            boolean ended,
            @Nullable Long lead,
            List<Long> joint,
            @Nullable Long checker,
            @Nullable Long leader,
            @Nullable LocalDate due,
            @Nullable LocalDate firstDue,
            @Nullable BigDecimal progress,
            int unverified,
            String light,
            String why,
            @Nullable Long parent,
            @Nullable Long commitment,
            Map<String, String> fields,
            List<String> moves,
            @Nullable Instant givenAt,
            @Nullable Instant closedAt,
            Instant changedAt,
            int version) {}

    /** A type as programs need it: its fields, states and moves by their keys. */
    record TypeOf(
            String key, int version, String name, List<FieldOf> fields, List<String> states, List<MoveOf> moves) {}

    record FieldOf(String key, String name, String kind, boolean required) {}

    record MoveOf(String key, String name, List<String> from, Map<String, String> asks) {}

    /** What is sent to make a matter: values by the keys of its type's fields. */
    record NewMatter(@Nullable String type, @Nullable Map<String, @Nullable String> fields) {}

    /** What is sent to move a matter, with the version of it that the caller looked at. */
    record NewMove(int version, @Nullable Map<String, @Nullable String> inputs) {}

    /** What is sent to change fields outside a move; fields that are not named stay as they are. */
    record NewValues(int version, @Nullable Map<String, @Nullable String> fields) {}

    /** What was sent; null is as good as not sent. */
    private static Map<String, String> present(@Nullable Map<String, @Nullable String> sent) {
        Map<String, String> present = new LinkedHashMap<>();
        if (sent != null) {
            sent.forEach((key, text) -> {
                if (text != null) {
                    present.put(key, text);
                }
            });
        }
        return present;
    }

    @GetMapping("/api/matter-types")
    @Operation(summary = "The types of matters with their fields, states and moves")
    List<TypeOf> types(Locale locale) {
        String language = words(locale).language();
        return types.list().stream()
                .map(type -> new TypeOf(
                        type.key(),
                        type.version(),
                        type.name().in(language),
                        type.fields().values().stream()
                                .map(f -> new FieldOf(
                                        f.key(), f.name().in(language), f.kind().key(), f.required()))
                                .toList(),
                        List.copyOf(type.states().keySet()),
                        type.moves().values().stream()
                                .map(move -> move(move, language))
                                .toList()))
                .toList();
    }

    private Words words(Locale locale) {
        return languages.words(locale.toLanguageTag());
    }

    private static MoveOf move(Move move, String language) {
        Map<String, String> asks = new LinkedHashMap<>();
        move.asks().forEach((key, need) -> asks.put(key, need ? "needed" : "optional"));
        return new MoveOf(move.key(), move.name().in(language), List.copyOf(move.from()), asks);
    }

    @GetMapping("/api/matters")
    @Operation(
            summary = "Matters by filter, sorted, one page of them",
            description = "The parameters are those of the page /matters; repeat one for several values.")
    @Parameter(name = "q", description = "words that must all be found, or a number")
    @Parameter(name = "type", description = "key of a type")
    @Parameter(name = "state", description = "open, ended, or the key of a state")
    @Parameter(name = "unit", description = "unit id; stands for its subtree")
    @Parameter(name = "part", description = "lead or joint: how the unit takes part")
    @Parameter(name = "light", description = "red, yellow, green or gray")
    @Parameter(name = "due", description = "overdue, week or month")
    @Parameter(name = "campaign", description = "campaign id")
    @Parameter(name = "on", description = "a past day, ISO: the list as it stood at its end")
    @Parameter(name = "sort", description = "number, title, lead, due, progress, state, light or closed")
    @Parameter(name = "dir", description = "asc or desc")
    Page list(
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(defaultValue = "50") int size,
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters) {
        if (page < 1 || size < 1 || size > LARGEST_PAGE) {
            throw new org.luoshi.server.audit.Refused("matters.refused.page", page, size, LARGEST_PAGE);
        }
        Listing listing = Listing.of(parameters);
        return new Page(
                lists.count(listing),
                page,
                size,
                lists.list(listing, (page - 1L) * size, size).stream()
                        .map(row -> new Item(
                                row.id(),
                                row.number(),
                                row.type(),
                                row.title(),
                                row.state(),
                                row.ended(),
                                row.lead(),
                                row.joint(),
                                row.due(),
                                row.progress(),
                                row.light(),
                                row.closedAt()))
                        .toList());
    }

    @GetMapping("/api/matters/{id}")
    @Operation(summary = "A matter, with what can be done to it now")
    @Parameter(name = "on", description = "a past day, ISO: the matter as it stood at its end, with nothing to be done")
    Whole matter(
            @AuthenticationPrincipal User user,
            Locale locale,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String on) {
        LocalDate day = MatterPages.day(on);
        return day == null
                ? whole(user, words(locale), store.find(id).orElseThrow(MatterPages::none))
                : whole(
                        user,
                        words(locale),
                        store.findAt(id, Listing.endOf(day)).orElseThrow(MatterPages::none),
                        day);
    }

    private Whole whole(User user, Words words, Matter matter) {
        return whole(user, words, matter, null);
    }

    private Whole whole(User user, Words words, Matter matter, @Nullable LocalDate on) {
        MatterType type = types.get(matter.type(), matter.typeVersion());
        Set<Who> standing = surroundings.standing(user).to(matter);
        Map<String, String> fields = new LinkedHashMap<>();
        for (Field field : type.seenBy(standing)) {
            String value = matter.fields().getOrDefault(field.key(), "");
            if (!field.isCore() && !value.isEmpty()) {
                fields.put(field.key(), field.kind() == Field.Kind.PERSONAL ? "***" : value);
            }
        }
        Open open = surroundings.open(matter, type);
        LocalDate today = on == null ? surroundings.today() : on;
        return new Whole(
                matter.id(),
                matter.number(),
                matter.type(),
                matter.typeVersion(),
                matter.title(),
                matter.what(),
                matter.state(),
                matter.ended(),
                matter.lead(),
                matter.joint(),
                matter.checker(),
                matter.leader(),
                matter.due(),
                matter.firstDue(),
                matter.progress(),
                matter.unverified(),
                matter.light().key(),
                new MatterWords(words, surroundings.tree(), today).why(type, matter),
                matter.parent(),
                matter.commitment(),
                fields,
                type.moves().values().stream()
                        .filter(move -> on == null
                                && hindrances.of(user, open, move, true).isEmpty())
                        .map(Move::key)
                        .toList(),
                matter.givenAt(),
                matter.closedAt(),
                matter.changedAt(),
                matter.version());
    }

    @PostMapping("/api/matters")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Make a matter",
            description = "Repeated with the same Idempotency-Key it answers with the matter that the first one made.")
    Whole create(
            @AuthenticationPrincipal User user,
            Locale locale,
            @RequestHeader("Idempotency-Key") String key,
            @RequestBody NewMatter wanted) {
        String type = wanted.type();
        if (type == null) {
            throw new MoveRefused(List.of(Fault.of("type", "matters.fault.sent", "type")), false);
        }
        if (types.find(type).isEmpty()) {
            throw MatterPages.none();
        }
        long id = matters.create(user, new Matters.Draft(type, present(wanted.fields())), key);
        return whole(user, words(locale), store.find(id).orElseThrow(MatterPages::none));
    }

    @PostMapping(value = "/api/matters/{id}/moves/{move}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Move a matter",
            description = "Refused with every reason at once; with status 409 where somebody else changed it first.")
    Whole act(
            @AuthenticationPrincipal User user,
            Locale locale,
            @PathVariable long id,
            @PathVariable String move,
            @RequestHeader("Idempotency-Key") String key,
            @RequestBody NewMove wanted) {
        return act(
                user, locale, id, new Matters.Asked(move, wanted.version(), present(wanted.inputs()), List.of()), key);
    }

    @PostMapping(value = "/api/matters/{id}/moves/{move}", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(summary = "Move a matter with evidence", description = "Inputs as parts named by their keys.")
    Whole actWithFiles(
            @AuthenticationPrincipal User user,
            Locale locale,
            @PathVariable long id,
            @PathVariable String move,
            @RequestHeader("Idempotency-Key") String key,
            @RequestParam int version,
            @RequestParam MultiValueMap<String, String> parameters,
            @RequestParam(required = false) @Nullable List<MultipartFile> files) {
        Map<String, String> inputs = MatterPages.typed(parameters);
        inputs.remove("version");
        return act(user, locale, id, new Matters.Asked(move, version, inputs, MatterPages.uploads(files)), key);
    }

    @PostMapping("/api/matters/{id}/fields")
    @Operation(
            summary = "Change fields of a matter outside a move",
            description = "As far as its type lets the person; a field that is not named stays as it is.")
    Whole edit(
            @AuthenticationPrincipal User user,
            Locale locale,
            @PathVariable long id,
            @RequestHeader("Idempotency-Key") String key,
            @RequestBody NewValues wanted) {
        if (store.find(id).isEmpty()) {
            throw MatterPages.none();
        }
        Map<String, String> fields = present(wanted.fields());
        if (fields.isEmpty()) {
            throw new MoveRefused(List.of(Fault.of("fields", "matters.fault.sent", "fields")), false);
        }
        edits.edit(user, id, new Edits.Wanted(wanted.version(), fields, Map.of()), key);
        return whole(user, words(locale), store.find(id).orElseThrow(MatterPages::none));
    }

    private Whole act(User user, Locale locale, long id, Matters.Asked asked, String key) {
        if (store.find(id).isEmpty()) {
            throw MatterPages.none();
        }
        return whole(user, words(locale), matters.act(user, id, asked, key));
    }

    /** Every reason, each with the input that it is about. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(MoveRefused refused, Locale locale) {
        Words words = words(locale);
        HttpStatus status = refused.isStale() ? HttpStatus.CONFLICT : HttpStatus.UNPROCESSABLE_CONTENT;
        List<Map<String, String>> faults = new ArrayList<>();
        for (Fault fault : refused.faults()) {
            faults.add(Map.of("field", fault.field(), "key", fault.key(), "sentence", FaultWords.say(words, fault)));
        }
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(status, faults.getFirst().get("sentence"));
        problem.setTitle(words.t("error.refused"));
        problem.setProperty("faults", faults);
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
