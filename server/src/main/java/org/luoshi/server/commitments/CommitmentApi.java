package org.luoshi.server.commitments;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Span;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.commitments.Commitment.Target;
import org.luoshi.server.commitments.Commitments.Outcome;
import org.luoshi.server.commitments.Commitments.Ref;
import org.luoshi.server.documents.Documents;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The review for programs. Every change names the version it was made on, as {@code If-Match: "3"} or {@code version};
 * 409 where somebody changed the commitment since, 422 where the act is refused. An {@code Idempotency-Key} header makes
 * an act happen once however often it is sent; a repeated one answers without changes.
 */
@RestController
@Tag(name = "review", description = "Commitments of a document on their way into the register")
class CommitmentApi {
    private final Commitments commitments;
    private final Documents documents;
    private final JsonMapper json;

    CommitmentApi(Commitments commitments, Documents documents, JsonMapper json) {
        this.commitments = commitments;
        this.documents = documents;
        this.json = json;
    }

    /** References of an act on several commitments. */
    record Refs(List<Ref> commitments) {}

    /** A place in the text, in UTF-16 units. */
    record Words(int start, int end) {}

    /** Where to split, in UTF-16 units of the text, and the version seen. */
    record Cut(int version, int at) {}

    record Seen(int version) {}

    @GetMapping("/api/documents/{document}/commitments")
    @Operation(summary = "List the commitments of a document in order of its text, merged ones included")
    List<Commitment> list(@PathVariable long document) {
        documents.getDocument(document);
        return commitments.listOf(document);
    }

    @GetMapping("/api/commitments/{id}")
    @Operation(summary = "Get a commitment; its version is the ETag")
    ResponseEntity<Commitment> get(@PathVariable long id) {
        return one(commitments.get(id));
    }

    @PatchMapping("/api/commitments/{id}")
    @Operation(
            summary = "Correct a commitment",
            description = "Fields that are present are set: what, due (ISO date or null), lead (unit id or null), joint"
                    + " (unit ids), targets (the whole list; those with an id are changed in place), theme, subtheme. The"
                    + " version seen comes as If-Match or as version.")
    ResponseEntity<Commitment> edit(
            @AuthenticationPrincipal User user,
            @PathVariable long id,
            @Nullable @RequestHeader(name = "If-Match", required = false) String match,
            @Nullable @RequestHeader(name = "Idempotency-Key", required = false) String key,
            @RequestBody JsonNode changes) {
        Edit now = Edit.of(commitments.get(id).content());
        Edit edit;
        try {
            edit = new Edit(
                    changes.path("what").asString(now.what()),
                    changes.has("due") ? json.treeToValue(changes.path("due"), java.time.LocalDate.class) : now.due(),
                    changes.has("lead") ? json.treeToValue(changes.path("lead"), Long.class) : now.lead(),
                    changes.has("joint") ? List.of(json.treeToValue(changes.path("joint"), Long[].class)) : now.joint(),
                    changes.has("targets")
                            ? List.of(json.treeToValue(changes.path("targets"), Target[].class))
                            : now.targets(),
                    changes.path("theme").asString(now.theme()),
                    changes.path("subtheme").asString(now.subtheme()));
        } catch (tools.jackson.core.JacksonException e) {
            throw new Refused("review.refused.json", e.getOriginalMessage());
        }
        commitments.edit(user.actor(), new Ref(id, version(match, changes)), edit, key);
        return one(commitments.get(id));
    }

    private static int version(@Nullable String match, JsonNode body) {
        String given = match == null ? body.path("version").asString("") : match.replaceAll("[\"W/]", "");
        if (!given.matches("\\d{1,9}")) {
            throw new Refused("review.refused.version");
        }
        return Integer.parseInt(given);
    }

    private static ResponseEntity<Commitment> one(Commitment commitment) {
        return ResponseEntity.ok().eTag("\"" + commitment.version() + "\"").body(commitment);
    }

    @PostMapping("/api/documents/{document}/accept")
    @Operation(summary = "Accept commitments")
    Outcome accept(
            @AuthenticationPrincipal User user,
            @PathVariable long document,
            @Nullable @RequestHeader(name = "Idempotency-Key", required = false) String key,
            @RequestBody Refs refs) {
        return commitments.accept(user.actor(), some(refs), key);
    }

    @PostMapping("/api/documents/{document}/reject")
    @Operation(summary = "Reject commitments: they are none")
    Outcome reject(
            @AuthenticationPrincipal User user,
            @PathVariable long document,
            @Nullable @RequestHeader(name = "Idempotency-Key", required = false) String key,
            @RequestBody Refs refs) {
        return commitments.reject(user.actor(), some(refs), key);
    }

    @PostMapping("/api/documents/{document}/reopen")
    @Operation(summary = "Take back the decision on commitments: they are to be reviewed again")
    Outcome reopen(
            @AuthenticationPrincipal User user,
            @PathVariable long document,
            @Nullable @RequestHeader(name = "Idempotency-Key", required = false) String key,
            @RequestBody Refs refs) {
        return commitments.reopen(user.actor(), some(refs), key);
    }

    private static List<Ref> some(Refs refs) {
        if (refs.commitments() == null || refs.commitments().isEmpty()) {
            throw new Refused("review.refused.none");
        }
        return refs.commitments();
    }

    @PostMapping("/api/commitments/{id}/split")
    @Operation(summary = "Split a commitment in two at an offset of the text")
    Outcome split(
            @AuthenticationPrincipal User user,
            @PathVariable long id,
            @Nullable @RequestHeader(name = "Idempotency-Key", required = false) String key,
            @RequestBody Cut cut) {
        return commitments.split(user.actor(), new Ref(id, cut.version()), cut.at(), key);
    }

    @PostMapping("/api/commitments/{id}/merge")
    @Operation(summary = "Merge a commitment into the one before it in the text")
    Outcome merge(
            @AuthenticationPrincipal User user,
            @PathVariable long id,
            @Nullable @RequestHeader(name = "Idempotency-Key", required = false) String key,
            @RequestBody Seen seen) {
        return commitments.merge(user.actor(), new Ref(id, seen.version()), key);
    }

    @PostMapping("/api/documents/{document}/commitments")
    @Operation(summary = "Add a commitment from words of the text that the reader did not take for one")
    Outcome add(
            @AuthenticationPrincipal User user,
            @PathVariable long document,
            @Nullable @RequestHeader(name = "Idempotency-Key", required = false) String key,
            @RequestBody Words words) {
        if (words.start() < 0 || words.end() <= words.start()) {
            throw new Refused("review.refused.selection");
        }
        return commitments.add(user.actor(), document, new Span(words.start(), words.end()), key);
    }

    @PostMapping("/api/documents/{document}/undo")
    @Operation(summary = "Take back one's own last act in a document; 409 where somebody changed its commitments since")
    Outcome undo(
            @AuthenticationPrincipal User user,
            @PathVariable long document,
            @Nullable @RequestHeader(name = "Idempotency-Key", required = false) String key) {
        return commitments.undo(user.actor(), document, key);
    }

    @PostMapping("/api/documents/{document}/register")
    @Operation(summary = "Put all accepted commitments of a document into the register, each with its number")
    Outcome register(
            @AuthenticationPrincipal User user,
            @PathVariable long document,
            @Nullable @RequestHeader(name = "Idempotency-Key", required = false) String key) {
        return commitments.register(user.actor(), document, key);
    }
}
