package org.luoshi.server.imports;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.matters.Campaigns;
import org.luoshi.server.matters.FaultWords;
import org.luoshi.server.matters.Types;
import org.luoshi.server.matters.types.Field;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.web.Shell;
import org.luoshi.writing.PlainTable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
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
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/** Taking a list in, matching its columns, looking at what would come of it, and bringing it in. */
@Controller
public class ImportPages {
    private static final int MOST_COLUMNS_MATCHED = 200;

    private final SheetImports imports;
    private final ImportStore store;
    private final ImportUndo undo;
    private final DraftViews drafts;
    private final Types types;
    private final Campaigns campaigns;

    ImportPages(
            SheetImports imports,
            ImportStore store,
            ImportUndo undo,
            DraftViews drafts,
            Types types,
            Campaigns campaigns) {
        this.imports = imports;
        this.undo = undo;
        this.store = store;
        this.drafts = drafts;
        this.types = types;
        this.campaigns = campaigns;
    }

    public record Kind(String key, String name) {}

    /**
     * The list of imports, and the way in for another.
     *
     * @param refused what was wrong with the last file
     */
    public record ListView(List<SheetImport> imports, List<Kind> kinds, String chosen, String refused) {
        public String kind(SheetImport taken) {
            return kinds.stream()
                    .filter(kind -> kind.key().equals(taken.type()))
                    .map(Kind::name)
                    .findFirst()
                    .orElse(taken.type());
        }
    }

    /** An import that has run, or is running. */
    public record DoneView(
            SheetImport taken,
            String kind,
            List<ImportStore.Outcome> made,
            List<ImportStore.Outcome> known,
            List<ImportStore.Outcome> left,
            List<ImportStore.Outcome> undone,
            int untouched,
            int page,
            int pages) {}

    @GetMapping("/imports")
    String list(@ModelAttribute("shell") Shell shell, @RequestParam(defaultValue = "") String type, Model model) {
        model.addAttribute("view", view(shell, type, ""));
        return "imports/list";
    }

    private ListView view(Shell shell, String type, String refused) {
        return new ListView(imports.list(), kinds(shell), type, refused);
    }

    private List<Kind> kinds(Shell shell) {
        return types.list().stream()
                .map(type -> new Kind(type.key(), type.name().in(shell.words().language())))
                .toList();
    }

    @PostMapping("/imports")
    String take(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @RequestParam String type,
            @RequestParam MultipartFile file,
            Model model,
            HttpServletResponse response)
            throws IOException {
        String sent = file.getOriginalFilename();
        String name = sent == null || sent.isBlank() ? "?" : sent;
        try (InputStream content = file.getInputStream()) {
            return "redirect:/imports/" + imports.take(user, type, name, content);
        } catch (Refused refused) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("view", view(shell, type, shell.t(refused.key(), refused.arguments())));
            return "imports/list";
        }
    }

    @GetMapping("/imports/{id:\\d+}")
    String one(
            @ModelAttribute("shell") Shell shell,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String show,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(defaultValue = "") String twice,
            Model model) {
        SheetImport taken = taken(id);
        return switch (taken.state()) {
            case DRAFT -> {
                model.addAttribute("view", drafts.view(shell, taken, show, Math.max(1, page), campaigns.list(), twice));
                yield "imports/draft";
            }
            case RUNNING, DONE, UNDOING, UNDONE -> {
                model.addAttribute("view", done(shell, taken, Math.max(1, page)));
                yield "imports/done";
            }
            case DROPPED -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        };
    }

    /** How far a running import is, for a page that waits for it. */
    @GetMapping("/imports/{id:\\d+}/state")
    String state(
            @ModelAttribute("shell") Shell shell, @PathVariable long id, Model model, HttpServletResponse response) {
        SheetImport taken = taken(id);
        if (!taken.state().isAtWork()) {
            response.setHeader("HX-Redirect", "/imports/" + id);
        }
        model.addAttribute("taken", taken);
        return "imports/running";
    }

    private DoneView done(Shell shell, SheetImport taken, int page) {
        int size = DraftViews.PAGE;
        long from = (page - 1L) * size;
        int most = Math.max(Math.max(taken.made(), taken.undone()), Math.max(taken.known(), taken.leftOut()));
        return new DoneView(
                taken,
                imports.typeOf(taken).name().in(shell.words().language()),
                store.outcomes(taken.id(), taken.chosen(), "made", from, size),
                store.outcomes(taken.id(), taken.chosen(), "known", from, size),
                store.outcomes(taken.id(), taken.chosen(), "left-out", from, size).stream()
                        .map(row -> masked(taken, row))
                        .toList(),
                store.outcomes(taken.id(), taken.chosen(), "undone", from, size),
                undo.count(taken),
                page,
                Math.max(1, (most + size - 1) / size));
    }

    /** A row that is shown on a page: what is personal in it stays masked. */
    private ImportStore.Outcome masked(SheetImport taken, ImportStore.Outcome row) {
        MatterType type = imports.typeOf(taken);
        List<String> cells = new ArrayList<>(row.cells());
        taken.matching().columns().forEach((column, key) -> {
            Field field = type.field(key);
            boolean personal = field != null && field.kind() == Field.Kind.PERSONAL;
            if (personal && column < cells.size() && !cells.get(column).isEmpty()) {
                cells.set(column, "***");
            }
        });
        return new ImportStore.Outcome(
                row.row(), row.outcome(), row.matter(), row.number(), row.title(), List.copyOf(cells));
    }

    private SheetImport taken(long id) {
        return imports.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    @PostMapping("/imports/{id:\\d+}/sheet")
    String sheet(
            @AuthenticationPrincipal User user,
            @PathVariable long id,
            @RequestParam int version,
            @RequestParam int table,
            @RequestParam int head) {
        imports.choose(user, id, version, table, head);
        return "redirect:/imports/" + id;
    }

    @PostMapping("/imports/{id:\\d+}/match")
    String match(
            @AuthenticationPrincipal User user,
            @PathVariable long id,
            @RequestParam int version,
            @RequestParam MultiValueMap<String, String> form) {
        SheetImport taken = taken(id);
        Map<Integer, String> columns = new TreeMap<>();
        String twice = "";
        for (int c = 0; c < MOST_COLUMNS_MATCHED; c++) {
            String field = first(form, "column-" + c);
            if (columns.containsValue(field)) {
                // The first keeps it; the page says so, and nothing else that was matched is lost.
                twice = field;
            } else if (!field.isEmpty()) {
                columns.put(c, field);
            }
        }
        Map<String, String> names = new TreeMap<>(taken.matching().names());
        List<String> asked = form.getOrDefault("name", List.of());
        List<String> meant = form.getOrDefault("means", List.of());
        for (int i = 0; i < Math.min(asked.size(), meant.size()); i++) {
            if (!meant.get(i).isBlank()) {
                names.put(asked.get(i), meant.get(i));
            }
        }
        form.getOrDefault("forget", List.of()).forEach(names::remove);
        String campaign = first(form, "campaign");
        imports.match(
                user,
                id,
                version,
                new SheetImport.Matching(
                        columns,
                        names,
                        taken.matching().headings(),
                        !first(form, "past").isEmpty(),
                        !first(form, "hand-down").isEmpty(),
                        campaign.matches("\\d{1,18}") ? Long.valueOf(campaign) : null));
        return "redirect:/imports/" + id + (twice.isEmpty() ? "" : "?twice=" + twice);
    }

    private static String first(MultiValueMap<String, String> form, String name) {
        String text = form.getFirst(name);
        return text == null ? "" : text;
    }

    @PostMapping("/imports/{id:\\d+}/run")
    String run(
            @AuthenticationPrincipal User user,
            @PathVariable long id,
            @RequestParam int version,
            @RequestParam boolean whole) {
        imports.begin(user, id, version, whole);
        return "redirect:/imports/" + id;
    }

    /** Takes back what was made and nobody touched since. */
    @PostMapping("/imports/{id:\\d+}/undo")
    String undo(
            @AuthenticationPrincipal User user,
            @PathVariable long id,
            @RequestParam int version,
            @RequestParam(defaultValue = "") String reason) {
        undo.begin(user, id, version, reason);
        return "redirect:/imports/" + id;
    }

    @PostMapping("/imports/{id:\\d+}/drop")
    String drop(@AuthenticationPrincipal User user, @PathVariable long id) {
        imports.drop(user, id);
        return "redirect:/imports";
    }

    /**
     * The rows that are to be mended, each with what is wrong with it: mended there, the file comes in again, so that it
     * holds personal fields too; that it was fetched is in the journal.
     */
    @GetMapping("/imports/{id:\\d+}/faulty.xlsx")
    void faulty(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @PathVariable long id,
            HttpServletResponse response)
            throws IOException {
        SheetImport taken = taken(id);
        if (taken.state().isAtWork()) {
            throw Refused.conflict("imports.refused.changed");
        }
        imports.openRows(user, taken);
        Look look = imports.look(taken);
        MatterType type = imports.typeOf(taken);
        List<PlainTable.Column> columns = new ArrayList<>();
        columns.add(new PlainTable.Column(shell.t("imports.mend"), 60, false));
        List<String> headings = taken.headings();
        headings.forEach(heading -> columns.add(new PlainTable.Column(heading, 30, false)));
        List<List<String>> rows = new ArrayList<>();
        for (Look.Seen row : look.of(Look.Kind.FAULTY)) {
            List<String> cells = new ArrayList<>();
            cells.add(shell.t("imports.row", row.line().row()) + " " + String.join(" ", faults(shell, type, row)));
            for (int c = 0; c < headings.size(); c++) {
                cells.add(row.line().cell(c));
            }
            rows.add(cells);
        }
        String title = shell.t("imports.faulty.title", taken.fileName());
        send(response, title, new PlainTable(title, shell.t("imports.faulty.note"), columns, rows));
    }

    static List<String> faults(Shell shell, MatterType type, Look.Seen row) {
        return row.faults().stream()
                .map(fault -> {
                    Field field = type.field(fault.field());
                    String sentence = FaultWords.say(shell.words(), fault);
                    return field == null
                            ? sentence
                            : shell.t(
                                    "imports.fault",
                                    field.name().in(shell.words().language()),
                                    sentence);
                })
                .toList();
    }

    /** An empty table with the columns of a type, for who begins a list. */
    @GetMapping("/imports/template.xlsx")
    void template(@ModelAttribute("shell") Shell shell, @RequestParam String type, HttpServletResponse response)
            throws IOException {
        MatterType found = types.find(type).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        String language = shell.words().language();
        List<PlainTable.Column> columns = new ArrayList<>();
        columns.add(new PlainTable.Column(shell.t("imports.key"), 20, true));
        for (Field field : found.fields().values()) {
            columns.add(new PlainTable.Column(field.name().in(language) + (field.required() ? "*" : ""), 34, false));
        }
        String title = found.name().in(language);
        send(response, title, new PlainTable(title, shell.t("imports.template.note"), columns, List.of()));
    }

    private static void send(HttpServletResponse response, String title, PlainTable table) throws IOException {
        response.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(title.replaceAll("\\.xlsx$", "") + ".xlsx", StandardCharsets.UTF_8)
                        .build()
                        .toString());
        table.writeXlsx(response.getOutputStream());
    }
}
