package org.luoshi.server.commitments;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.commitments.Commitment.Content;
import org.luoshi.server.commitments.Commitment.State;
import org.luoshi.server.documents.Document;
import org.luoshi.server.documents.DocumentText;
import org.luoshi.server.documents.Documents;
import org.luoshi.server.units.Units;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the clerk made of the reader's proposals, as labelled examples for improving it: one JSON object a line. Offsets
 * count Unicode code points, as in all files that leave the program.
 */
@Controller
@Tag(name = "corrections", description = "Labelled examples from the review")
class Corrections {
    private final Documents documents;
    private final CommitmentStore store;
    private final Units units;
    private final JsonMapper json;

    Corrections(Documents documents, CommitmentStore store, Units units, JsonMapper json) {
        this.documents = documents;
        this.store = store;
        this.units = units;
        this.json = json;
    }

    /**
     * One example.
     *
     * @param verdict {@code kept} as proposed, {@code changed}, {@code rejected}, {@code merged} into another, or {@code
     *     added} by a person
     * @param fields what differs between proposed and confirmed
     */
    record Example(
            String document,
            String title,
            int start,
            int end,
            String text,
            String verdict,
            List<String> fields,
            @Nullable Labels proposed,
            Labels confirmed,
            Instant at) {}

    /** A reading of a passage; {@code label} is {@code commit} or {@code none}. */
    record Labels(
            String label,
            @Nullable String what,
            @Nullable LocalDate due,
            @Nullable String lead,
            @Nullable List<String> joint,
            @Nullable List<Commitment.Target> targets,
            @Nullable String theme,
            @Nullable String subtheme) {
        static final Labels NONE = new Labels("none", null, null, null, null, null, null, null);
    }

    @GetMapping({"/corrections", "/api/corrections"})
    @Operation(
            summary = "Export the clerk's decisions as labelled examples, one JSON object a line",
            description = "only=changed leaves out what was confirmed as proposed; document restricts to one document.")
    void export(
            HttpServletResponse response,
            @Nullable @RequestParam(required = false) Long document,
            @RequestParam(defaultValue = "") String only)
            throws IOException {
        response.setContentType("application/x-ndjson;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"corrections.jsonl\"");
        Map<Long, String> names = new HashMap<>();
        Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        for (Document of : documents.listDocuments()) {
            if (of.state() != Document.State.READ || (document != null && of.id() != document)) {
                continue;
            }
            DocumentText text = documents.getText(of.id());
            Map<Long, String> proposed = store.listProposed(of.id());
            for (Commitment c : store.listOf(of.id())) {
                Optional<Example> example = example(of, text, c, proposed.get(c.id()), names);
                if (example.isPresent()
                        && !(only.equals("changed") && example.get().verdict().equals("kept"))) {
                    out.write(json.writeValueAsString(example.get()));
                    out.write('\n');
                }
            }
        }
        out.flush();
    }

    private Optional<Example> example(
            Document of, DocumentText text, Commitment c, @Nullable String stored, Map<Long, String> names) {
        if (c.state() == State.PROPOSED) {
            return Optional.empty();
        }
        Content before = stored == null
                ? null
                : json.readValue(stored, Proposals.Proposed.class).content();
        List<String> fields = before == null ? List.of() : Changes.fields(before, c.content());
        String verdict = switch (c.state()) {
            case REJECTED -> "rejected";
            case MERGED -> "merged";
            default -> before == null ? "added" : fields.isEmpty() ? "kept" : "changed";
        };
        return Optional.of(new Example(
                of.sha256(),
                of.title(),
                text.text().codePointCount(0, c.passage().start()),
                text.text().codePointCount(0, c.passage().end()),
                c.passage().sentence(),
                verdict,
                fields,
                before == null ? null : labels(before, names),
                c.state() == State.REJECTED ? Labels.NONE : labels(c.content(), names),
                c.changedAt()));
    }

    private Labels labels(Content content, Map<Long, String> names) {
        return new Labels(
                "commit",
                content.what(),
                content.due(),
                content.lead() == null ? null : name(content.lead(), names),
                content.joint().stream().map(unit -> name(unit, names)).toList(),
                content.targets(),
                content.theme(),
                content.subtheme());
    }

    private String name(long unit, Map<Long, String> names) {
        return Objects.requireNonNull(
                names.computeIfAbsent(unit, id -> units.getUnit(id).name()));
    }
}
