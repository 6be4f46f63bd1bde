package org.luoshi.server.documents;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Refused;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** The list of documents, and the way in for new ones. */
@Controller
public class DocumentPages {
    private final Documents documents;
    private final List<Harvest> harvests;

    DocumentPages(Documents documents, List<Harvest> harvests) {
        this.documents = documents;
        this.harvests = harvests;
    }

    /** A row of the list. */
    public record Row(Document document, Harvest.Progress progress) {}

    /**
     * The page.
     *
     * @param again documents that were uploaded a second time
     * @param busy whether one is being read, so that the page looks again soon
     */
    public record Page(List<Row> rows, List<Document> again, boolean busy) {}

    @GetMapping("/documents")
    String list(Model model, @Nullable @RequestParam(required = false) List<Long> again) {
        model.addAttribute("page", page(again == null ? List.of() : again));
        return "documents/list";
    }

    /** The rows alone, for a page that waits for a reading to end. */
    @GetMapping("/documents/rows")
    String rows(Model model) {
        model.addAttribute("page", page(List.of()));
        return "documents/rows";
    }

    private Page page(List<Long> again) {
        List<Document> all = documents.listDocuments();
        List<Long> ids = all.stream().map(Document::id).toList();
        Map<Long, Harvest.Progress> progress =
                harvests.isEmpty() ? Map.of() : harvests.getFirst().progress(ids);
        return new Page(
                all.stream()
                        .map(d -> new Row(d, progress.getOrDefault(d.id(), Harvest.Progress.NONE)))
                        .toList(),
                all.stream().filter(d -> again.contains(d.id())).toList(),
                all.stream().anyMatch(d -> d.state().isBusy()));
    }

    @PostMapping("/documents")
    String upload(@AuthenticationPrincipal User user, @RequestParam("files") List<MultipartFile> files) {
        List<String> again = new ArrayList<>();
        int stored = 0;
        for (MultipartFile file : files) {
            if (file.getOriginalFilename() == null || file.getOriginalFilename().isEmpty()) {
                continue;
            }
            Documents.Received received = documents.upload(user.actor(), uploadOf(file));
            if (received.again()) {
                again.add("again=" + received.document());
            } else {
                stored++;
            }
        }
        if (stored == 0 && again.isEmpty()) {
            throw new Refused("documents.refused.no-file");
        }
        if (stored > 0) {
            again.add("done=documents.done.uploaded");
        }
        return "redirect:/documents?" + String.join("&", again);
    }

    static Documents.Upload uploadOf(MultipartFile file) {
        String name = file.getOriginalFilename();
        return new Documents.Upload(name == null ? "" : name, file.getSize(), file::getInputStream);
    }

    @GetMapping("/documents/{id}")
    String document(@PathVariable long id) {
        Document document = documents.getDocument(id);
        return document.state() == Document.State.READ
                ? "redirect:/documents/" + id + "/review"
                : "redirect:/documents#d" + id;
    }

    /** The file as it came in. */
    @GetMapping("/documents/{id}/file")
    ResponseEntity<byte[]> file(@PathVariable long id) {
        Document document = documents.getDocument(id);
        byte[] content = documents
                .findFile(id)
                .orElseThrow(() -> new Refused("documents.refused.no-content", document.fileName()));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(
                        "Content-Disposition",
                        ContentDisposition.attachment()
                                .filename(document.fileName(), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(content);
    }

    @PostMapping("/documents/{id}/dismiss")
    String dismiss(@AuthenticationPrincipal User user, @PathVariable long id) {
        documents.dismiss(user.actor(), id);
        return "redirect:/documents";
    }

    @PostMapping("/documents/{id}/title")
    String rename(@AuthenticationPrincipal User user, @PathVariable long id, @RequestParam String title) {
        if (title.isBlank() || title.length() > 200) {
            throw new Refused("documents.refused.title");
        }
        documents.rename(user.actor(), id, title.strip());
        return "redirect:/documents/" + id + "/review";
    }
}
