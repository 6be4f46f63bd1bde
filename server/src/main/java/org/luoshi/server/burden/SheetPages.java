package org.luoshi.server.burden;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.accounts.User;
import org.luoshi.server.units.UnitTree;
import org.luoshi.server.units.Units;
import org.luoshi.server.web.Shell;
import org.luoshi.writing.PlainTable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** A request with its answers as a table: who answered, what, and what was taken from elsewhere. */
@Controller
public class SheetPages {
    private final RequestStore store;
    private final Requests requests;
    private final Answers answers;
    private final Units units;
    private final JdbcClient sql;

    SheetPages(RequestStore store, Requests requests, Answers answers, Units units, JdbcClient sql) {
        this.store = store;
        this.requests = requests;
        this.answers = answers;
        this.units = units;
        this.sql = sql;
    }

    /**
     * A cell.
     *
     * @param state value, absent, missing, known (it stands elsewhere) or file
     */
    public record Cell(String state, String text, String address) {}

    /** The answer of a unit. */
    public record Row(
            long unit, String name, @Nullable Long answer, String state, String at, String by, List<Cell> cells) {}

    /** A period to choose. */
    public record Turn(long id, String name, boolean chosen, boolean coming) {}

    public record View(
            Request request,
            String asker,
            List<Request.Field> fields,
            List<Turn> rounds,
            Request.Round round,
            String period,
            List<Row> rows,
            int answered,
            int minutes,
            boolean own,
            boolean mayWithdraw) {}

    @GetMapping("/requests/{id:\\d+}")
    String request(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable Long round,
            Model model) {
        model.addAttribute("view", view(user, shell, id, round));
        return "burden/request";
    }

    private View view(User user, Shell shell, long id, @Nullable Long wanted) {
        Request request = store.find(id).orElseThrow(RequestPages::none);
        UnitTree tree = units.tree();
        LocalDate today = shell.today();
        List<Request.Round> rounds = store.rounds(id);
        Request.Round round = rounds.stream()
                .filter(r -> wanted != null && r.id() == wanted)
                .findFirst()
                .orElseGet(() -> rounds.stream()
                        .filter(r -> !r.askedOn().isAfter(today))
                        .reduce((a, b) -> b)
                        .orElse(rounds.getFirst()));
        List<Request.Field> fields = store.fields(id);
        List<Row> rows = rows(shell, tree, round, fields);
        boolean own = requests.isOf(user, request.asker()) || user.is(Role.SUPERVISION);
        return new View(
                request,
                tree.brief(request.asker(), today),
                fields,
                rounds.stream()
                        .map(r -> new Turn(
                                r.id(),
                                Period.of(r.period()).say(shell.words()),
                                r.id() == round.id(),
                                r.askedOn().isAfter(today)))
                        .toList(),
                round,
                Period.of(round.period()).say(shell.words()),
                rows,
                (int) rows.stream().filter(r -> r.state().equals("sent")).count(),
                fields.stream().mapToInt(Request.Field::minutes).sum(),
                own,
                own && request.state().equals("sent"));
    }

    private List<Row> rows(Shell shell, UnitTree tree, Request.Round round, List<Request.Field> fields) {
        Map<Long, Request.Answer> answers =
                store.answers(round.id()).stream().collect(Collectors.toMap(Request.Answer::unit, a -> a));
        Map<String, Request.Known> known = store.known(round.id()).stream()
                .collect(Collectors.toMap(k -> k.unit() + "|" + k.field(), k -> k, (a, b) -> a));
        Set<Long> spared = known.values().stream().map(Request.Known::unit).collect(Collectors.toSet());
        Map<RequestStore.Spot, Request.Value> shared = store.shared(known.values().stream()
                .map(SheetPages::spot)
                .filter(Objects::nonNull)
                .toList());
        Map<Long, Map<Long, Request.Value>> sentValues = store.sentValues(round.id());
        List<Row> rows = new ArrayList<>();
        for (UnitTree.Node node : tree.ordered()) {
            Request.Answer answer = answers.get(node.id());
            if (answer == null && !spared.contains(node.id())) {
                continue;
            }
            Map<Long, Request.Value> values =
                    answer == null ? Map.of() : sentValues.getOrDefault(answer.id(), Map.of());
            boolean sent = answer != null && answer.state().equals("sent");
            List<Cell> cells = new ArrayList<>();
            for (Request.Field field : fields) {
                Request.Known elsewhere = known.get(node.id() + "|" + field.id());
                cells.add(
                        elsewhere != null
                                ? elsewhere(elsewhere, shared)
                                : cell(field, sent ? values.get(field.id()) : null, shell));
            }
            rows.add(new Row(
                    node.id(),
                    tree.brief(node.id(), shell.today()),
                    answer == null ? null : answer.id(),
                    answer == null ? "spared" : answer.state(),
                    answer == null || answer.sentAt() == null
                            ? ""
                            : shell.words().time(answer.sentAt()),
                    answer == null || !sent ? "" : answer.signedBy().isEmpty() ? answer.changedBy() : answer.signedBy(),
                    cells));
        }
        return rows;
    }

    private static Cell cell(Request.Field field, Request.@Nullable Value value, Shell shell) {
        if (value == null) {
            return new Cell("missing", shell.t("burden.cell.missing"), "");
        }
        if (!value.absent().isEmpty()) {
            return new Cell("absent", value.absent(), "");
        }
        return field.kind() == Request.Kind.FILE && value.file() != null
                ? new Cell("file", value.value(), "/requests/files/" + value.file())
                : new Cell("value", value.value(), "");
    }

    private static RequestStore.@Nullable Spot spot(Request.Known known) {
        Long answer = known.answer();
        Long field = known.placeField();
        return answer == null || field == null ? null : new RequestStore.Spot(answer, field);
    }

    private static Cell elsewhere(Request.Known known, Map<RequestStore.Spot, Request.Value> shared) {
        RequestStore.Spot spot = spot(known);
        Request.Value value = spot == null ? null : shared.get(spot);
        return new Cell("known", value == null ? "" : value.value(), "/requests/refusals/" + known.refusal());
    }

    @GetMapping("/requests/{id:\\d+}/answers.xlsx")
    void export(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable Long round,
            HttpServletResponse response)
            throws IOException {
        View view = view(user, shell, id, round);
        List<PlainTable.Column> columns = new ArrayList<>();
        columns.add(new PlainTable.Column(shell.t("burden.unit"), 34, false));
        for (Request.Field field : view.fields()) {
            columns.add(new PlainTable.Column(
                    field.measure().isEmpty()
                            ? field.name()
                            : shell.t("burden.with-measure", field.name(), field.measure()),
                    30,
                    true));
        }
        columns.add(new PlainTable.Column(shell.t("burden.answered-at"), 30, true));
        columns.add(new PlainTable.Column(shell.t("burden.answered-by"), 20, true));
        List<List<String>> lines = new ArrayList<>();
        for (Row row : view.rows()) {
            List<String> line = new ArrayList<>();
            line.add(row.name());
            for (Cell cell : row.cells()) {
                line.add(
                        switch (cell.state()) {
                            case "absent" -> shell.t("burden.cell.absent", cell.text());
                            case "known" -> cell.text().isEmpty() ? shell.t("burden.cell.known") : cell.text();
                            default -> cell.text();
                        });
            }
            line.add(row.at());
            line.add(row.by());
            lines.add(line);
        }
        send(
                response,
                view.request().title() + " " + view.period(),
                new PlainTable(
                        view.request().title(),
                        shell.t(
                                "burden.export.note",
                                view.asker(),
                                view.period(),
                                shell.today().toString()),
                        columns,
                        lines));
    }

    static void send(HttpServletResponse response, String name, PlainTable table) throws IOException {
        response.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(name.replaceAll("[\\\\/:*?\"<>|\\p{Cntrl}]", "_") + ".xlsx", StandardCharsets.UTF_8)
                        .build()
                        .toString());
        table.writeXlsx(response.getOutputStream());
    }

    private record Stored(String name, byte[] content) {}

    /** A file of an answer, for whoever may see the answer; always a download. One that was replaced was never sent. */
    @GetMapping("/requests/files/{id:\\d+}")
    ResponseEntity<byte[]> file(@AuthenticationPrincipal User user, @PathVariable long id) {
        boolean visible = sql.sql("select v.answer from data_value v where v.file = :id")
                .param("id", id)
                .query(Long.class)
                .optional()
                .flatMap(store::findAnswer)
                .filter(answer -> answers.maySee(user, answer))
                .isPresent();
        if (!visible) {
            throw RequestPages.none();
        }
        Stored stored = sql.sql("select f.name, f.content from data_file f where f.id = :id")
                .param("id", id)
                .query((row, n) -> new Stored(row.getString(1), row.getBytes(2)))
                .optional()
                .orElseThrow(RequestPages::none);
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(stored.name(), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .header(HttpHeaders.CONTENT_TYPE, "application/octet-stream")
                .header("X-Content-Type-Options", "nosniff")
                .body(stored.content());
    }
}
