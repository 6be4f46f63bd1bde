package org.luoshi.server.matters;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.Who;
import org.luoshi.server.web.Shell;
import org.luoshi.writing.PlainTable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * A list as a file: with the columns that its type names where one type is chosen, else with those that all have. Read
 * in pages, so that a hundred thousand rows need no more memory than one page.
 */
@Controller
public class ExportPages {
    private static final int BATCH = 500;
    /** A page of .pdf stays in memory until all are written. */
    private static final long MOST_IN_PDF = 20_000;

    private static final List<String> COMMON =
            List.of("number", "title", "type", "lead", "joint", "due", "progress", "state", "light", "closed");
    private static final List<String> RESULTS =
            List.of("number", "title", "type", "lead", "result", "due", "closed", "state");
    /** The figures of the duties by the keys of their words. */
    private static final List<String> DUTIES = List.of(
            "matters.duty.lead",
            "matters.duty.joint",
            "matters.duty.ended",
            "matters.lights.red",
            "matters.lights.yellow",
            "matters.due.overdue");

    private static final Map<String, Integer> WIDTHS = Map.of(
            "number", 22, "title", 60, "lead", 28, "joint", 30, "due", 20, "progress", 16, "state", 20, "light", 16);

    private final MatterLists lists;
    private final MatterStore store;
    private final Types types;
    private final Surroundings surroundings;
    private final Cells cells;
    private final Clock clock;

    ExportPages(
            MatterLists lists, MatterStore store, Types types, Surroundings surroundings, Cells cells, Clock clock) {
        this.lists = lists;
        this.store = store;
        this.types = types;
        this.surroundings = surroundings;
        this.cells = cells;
        this.clock = clock;
    }

    @GetMapping("/matters/export.{format:xlsx|docx|pdf}")
    void export(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @PathVariable String format,
            @RequestParam MultiValueMap<String, String> parameters,
            HttpServletResponse response)
            throws IOException {
        Listing listing = Listing.of(parameters);
        LocalDate today = listing.on() == null ? LocalDate.now(clock) : listing.on();
        MatterWords words = new MatterWords(shell.words(), surroundings.tree(), today);
        MatterType type = listing.types().size() == 1
                ? types.find(listing.types().getFirst()).orElse(null)
                : null;
        Standing standing = surroundings.standing(user);
        boolean duties = listing.view() == Listing.View.DUTIES;
        List<String> common = listing.view() == Listing.View.RESULTS ? RESULTS : COMMON;
        List<String> keys = type == null || type.export().isEmpty() ? common : type.export();
        List<PlainTable.Column> columns = keys.stream()
                .map(key -> new PlainTable.Column(
                        Cells.heading(key, type, shell), WIDTHS.getOrDefault(key, 30), !key.equals("title")))
                .toList();
        long rows = format.equals("pdf") && !duties ? lists.count(listing) : 0;
        if (rows > MOST_IN_PDF) {
            throw new Refused("matters.refused.pdf-rows", rows, MOST_IN_PDF);
        }
        String title = shell.place() + (type == null ? shell.t("matters.title") : words.type(type));
        String note = shell.t("matters.export.note", today.toString());
        PlainTable table = duties
                ? duties(title, note, lists.duties(listing), words, shell)
                : new PlainTable(
                        title, note, columns, () -> new Rows(listing, row -> cells(row, keys, words, standing, shell)));
        response.setContentType(
                switch (format) {
                    case "xlsx" -> "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
                    case "pdf" -> "application/pdf";
                    default -> "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
                });
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(title + "." + format, StandardCharsets.UTF_8)
                        .build()
                        .toString());
        switch (format) {
            case "xlsx" -> table.writeXlsx(response.getOutputStream());
            case "pdf" -> table.writePdf(response.getOutputStream());
            default -> table.writeDocx(response.getOutputStream());
        }
    }

    private static PlainTable duties(
            String title, String note, List<MatterLists.Duty> duties, MatterWords words, Shell shell) {
        List<PlainTable.Column> columns = new ArrayList<>();
        columns.add(new PlainTable.Column(shell.t("matters.column.unit"), 60, false));
        DUTIES.forEach(key -> columns.add(new PlainTable.Column(shell.t(key), 24, true)));
        List<List<String>> rows = duties.stream()
                .map(duty -> List.of(
                        words.unitInFull(duty.unit()),
                        Long.toString(duty.lead()),
                        Long.toString(duty.joint()),
                        Long.toString(duty.ended()),
                        Long.toString(duty.red()),
                        Long.toString(duty.yellow()),
                        Long.toString(duty.overdue())))
                .toList();
        return new PlainTable(title, note, columns, rows);
    }

    private interface Each {
        List<String> cells(Matter matter);
    }

    private List<String> cells(Matter matter, List<String> keys, MatterWords words, Standing standing, Shell shell) {
        MatterType type = types.get(matter.type(), matter.typeVersion());
        Set<Who> to = standing.to(matter);
        List<String> row = new ArrayList<>(keys.size());
        for (String key : keys) {
            row.add(cells.of(matter, type, key, words, to, shell));
        }
        return row;
    }

    /** The matters of a listing, read a page at a time. */
    private final class Rows implements Iterator<List<String>> {
        private final Listing listing;
        private final Each each;
        private List<Matter> page = List.of();
        private int at;
        private long read;

        Rows(Listing listing, Each each) {
            this.listing = listing;
            this.each = each;
        }

        @Override
        public boolean hasNext() {
            if (at == page.size()) {
                page = read(lists.list(listing, read, BATCH).stream()
                        .map(MatterLists.Row::id)
                        .toList());
                read += BATCH;
                at = 0;
            }
            return at < page.size();
        }

        /** In the order of the ids; one that went meanwhile is left out. */
        private List<Matter> read(List<Long> ids) {
            LocalDate on = listing.on();
            Map<Long, Matter> found = (on == null ? store.list(ids) : store.listAt(ids, Listing.endOf(on)))
                    .stream().collect(Collectors.toMap(Matter::id, Function.identity()));
            return ids.stream().map(found::get).filter(Objects::nonNull).toList();
        }

        @Override
        public List<String> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return each.cells(page.get(at++));
        }
    }
}
