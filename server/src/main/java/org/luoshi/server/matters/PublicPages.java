package org.luoshi.server.matters;

import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.PublicState;
import org.luoshi.server.web.Shells;
import org.luoshi.server.web.Words;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What is marked public, for everybody, without a log-in: the matter, who answers, until when, how far it is. Never the
 * inner state, the lights, the notices, what people wrote, or the number of what is hidden.
 */
@Controller
public class PublicPages {
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final JdbcClient sql;
    private final Types types;
    private final Surroundings surroundings;
    private final Shells shells;
    private final Clock clock;
    private volatile @Nullable Kept kept;

    private record Kept(List<Row> rows, Instant at) {}

    PublicPages(JdbcClient sql, Types types, Surroundings surroundings, Shells shells, Clock clock) {
        this.sql = sql;
        this.types = types;
        this.surroundings = surroundings;
        this.shells = shells;
        this.clock = clock;
    }

    /** A matter as the public sees it. */
    private record Row(
            String number,
            String type,
            String title,
            PublicState state,
            @Nullable Long lead,
            @Nullable LocalDate due,
            @Nullable BigDecimal progress,
            @Nullable Instant closedAt) {}

    /** A line of the page or of the data. */
    public record Line(
            String number,
            String type,
            String title,
            String unit,
            @Nullable LocalDate due,
            String state,
            @Nullable BigDecimal progress,
            String closed) {}

    public record Choice(String value, String name, boolean chosen) {}

    public record View(
            Words words,
            String place,
            List<Line> lines,
            List<Choice> types,
            List<Choice> states,
            String asOf,
            String query) {}

    @GetMapping("/public")
    ResponseEntity<?> unused() {
        return ResponseEntity.status(303).header("Location", "/public/matters").build();
    }

    @GetMapping("/public/matters")
    String page(
            HttpServletRequest request,
            @RequestParam(required = false, defaultValue = "") String type,
            @RequestParam(required = false, defaultValue = "") String state,
            Model model) {
        Words words = shells.words(request);
        List<Row> rows = rows();
        List<Choice> kinds = types.list().stream()
                .filter(MatterType::publishable)
                .map(t -> new Choice(
                        t.key(), t.name().in(words.language()), t.key().equals(type)))
                .toList();
        List<Choice> states = new ArrayList<>();
        for (PublicState one : PublicState.values()) {
            if (one != PublicState.HIDDEN) {
                states.add(new Choice(
                        one.key(),
                        words.t("matters.public." + one.key()),
                        one.key().equals(state)));
            }
        }
        model.addAttribute(
                "view",
                new View(
                        words,
                        shells.place(),
                        lines(rows, type, state, words),
                        kinds,
                        states,
                        words.time(clock.instant()).substring(0, 10),
                        "type=" + type.replaceAll("[^a-z-]", "") + "&state=" + state.replaceAll("[^a-z-]", "")));
        return "matters/public";
    }

    /** The same as data. */
    @GetMapping(value = "/public/matters.json", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<List<Line>> data(
            HttpServletRequest request,
            @RequestParam(required = false, defaultValue = "") String type,
            @RequestParam(required = false, defaultValue = "") String state) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(KEPT).cachePublic())
                .body(lines(rows(), type, state, shells.words(request)));
    }

    private List<Line> lines(List<Row> rows, String type, String state, Words words) {
        MatterWords said = new MatterWords(words, surroundings.tree(), LocalDate.now(clock));
        List<Line> lines = new ArrayList<>();
        for (Row row : rows) {
            if ((type.isEmpty() || row.type().equals(type))
                    && (state.isEmpty() || row.state().key().equals(state))) {
                lines.add(new Line(
                        row.number(),
                        types.get(row.type()).name().in(words.language()),
                        row.title(),
                        said.unitInFull(row.lead()),
                        row.due(),
                        words.t("matters.public." + row.state().key()),
                        row.progress(),
                        said.dayOf(row.closedAt())));
            }
        }
        return lines;
    }

    private List<Row> rows() {
        Kept found = kept;
        Instant now = clock.instant();
        if (found == null || found.at().plus(KEPT).isBefore(now)) {
            found = new Kept(read(), now);
            kept = found;
        }
        return found.rows();
    }

    private List<Row> read() {
        List<Row> rows = new ArrayList<>();
        sql.sql("""
                        select number, type, type_version, title, state, lead, due, progress, closed_at
                        from public_matter order by type, number""").query(row -> {
            Row read = row(row);
            if (read != null) {
                rows.add(read);
            }
        });
        return rows;
    }

    /** Null where the type is not for the public, or its state is hidden. */
    private @Nullable Row row(ResultSet row) throws SQLException {
        MatterType type = types.get(row.getString("type"), row.getInt("type_version"));
        PublicState state = type.getState(row.getString("state")).seen();
        if (!type.publishable() || state == PublicState.HIDDEN) {
            return null;
        }
        return new Row(
                row.getString("number"),
                type.key(),
                row.getString("title"),
                state,
                row.getObject("lead", Long.class),
                row.getObject("due", LocalDate.class),
                row.getBigDecimal("progress"),
                MatterStore.instant(row, "closed_at"));
    }

    /** Has the next question read anew; for tests. */
    void forget() {
        kept = null;
    }
}
