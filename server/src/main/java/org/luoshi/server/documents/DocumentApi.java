package org.luoshi.server.documents;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Figure;
import org.luoshi.reading.Outline;
import org.luoshi.reading.Segment;
import org.luoshi.reading.files.FileNote;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Refused;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Documents for programs. */
@RestController
@RequestMapping("/api/documents")
@Tag(name = "documents", description = "Work reports and other texts: upload, state of the reading, what was found")
class DocumentApi {
    private final Documents documents;
    private final List<Harvest> harvests;

    DocumentApi(Documents documents, List<Harvest> harvests) {
        this.documents = documents;
        this.harvests = harvests;
    }

    /**
     * A document.
     *
     * @param state waiting, reading, read or failed
     * @param reason why it failed, as a sentence
     */
    record Summary(
            long id,
            String title,
            String fileName,
            @Nullable String format,
            String sha256,
            long bytes,
            String state,
            int progress,
            @Nullable String reasonKey,
            @Nullable String reason,
            List<String> notes,
            @Nullable Integer taskYear,
            String uploadedBy,
            Instant uploadedAt,
            @Nullable Instant readAt,
            Harvest.Progress review) {}

    /** A document with its text and what was found in it; offsets count UTF-16 units of {@code text}. */
    record Full(Summary document, String text, Outline outline, List<Segment> segments, List<Figure> figures) {}

    @GetMapping
    @Operation(summary = "List all documents, newest first")
    List<Summary> list(Locale locale) {
        List<Document> all = documents.listDocuments();
        Map<Long, Harvest.Progress> progress =
                progress(all.stream().map(Document::id).toList());
        return all.stream().map(d -> summary(d, progress, locale)).toList();
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            summary = "Upload one or more files",
            description = "Each part named files is stored and read in the background; a file whose bytes are here"
                    + " already is answered with the document it was stored as and again = true. 201 where at least one"
                    + " was stored, else 200.")
    ResponseEntity<List<Documents.Received>> upload(
            @AuthenticationPrincipal User user, @RequestParam("files") List<MultipartFile> files) {
        List<Documents.Received> received = new ArrayList<>();
        for (MultipartFile file : files) {
            received.add(documents.upload(user.actor(), DocumentPages.uploadOf(file)));
        }
        if (received.isEmpty()) {
            throw new Refused("documents.refused.no-file");
        }
        boolean stored = received.stream().anyMatch(r -> !r.again());
        return ResponseEntity.status(stored ? HttpStatus.CREATED : HttpStatus.OK)
                .body(received);
    }

    @GetMapping("/{id}")
    @Operation(summary = "Get a document with its outline, segments and figures; 422 while it is not read")
    Full get(@PathVariable long id, Locale locale) {
        Document document = documents.getDocument(id);
        DocumentText text = documents.getText(id);
        return new Full(
                summary(document, progress(List.of(id)), locale),
                text.text(),
                text.outline(),
                text.segments(),
                text.figures());
    }

    @GetMapping("/{id}/state")
    @Operation(summary = "Get the state of a document without its text, for waiting until it is read")
    Summary state(@PathVariable long id, Locale locale) {
        return summary(documents.getDocument(id), progress(List.of(id)), locale);
    }

    private Map<Long, Harvest.Progress> progress(List<Long> ids) {
        return harvests.isEmpty() ? Map.of() : harvests.getFirst().progress(ids);
    }

    private static Summary summary(Document d, Map<Long, Harvest.Progress> progress, Locale locale) {
        return new Summary(
                d.id(),
                d.title(),
                d.fileName(),
                d.format(),
                d.sha256(),
                d.bytes(),
                d.state().key(),
                d.progress(),
                d.refusal() == null ? null : d.refusal().key(),
                d.refusal() == null ? null : d.refusal().sentence(locale),
                d.notes().stream().map((FileNote note) -> note.sentence(locale)).toList(),
                d.taskYear(),
                d.uploadedBy(),
                d.uploadedAt(),
                d.readAt(),
                progress.getOrDefault(d.id(), Harvest.Progress.NONE));
    }
}
