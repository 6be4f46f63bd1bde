package org.luoshi.server.matters;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.web.Shell;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Hands chosen entries of the register down and says what became of each. */
@Controller
public class HandDownPages {
    private static final int MOST = 500;

    private final HandDown handDown;
    private final JdbcClient sql;

    HandDownPages(HandDown handDown, JdbcClient sql) {
        this.handDown = handDown;
        this.sql = sql;
    }

    /** @param matter that carries the entry out, null where it was refused */
    public record Line(
            long entry,
            String number,
            String what,
            String said,
            boolean good,
            @Nullable Long matter) {}

    /** Repeating it does no harm: an entry is never made a matter twice. */
    @PostMapping("/matters/from-register")
    String handDown(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @RequestParam(name = "id", required = false) @Nullable List<Long> ids,
            Model model) {
        if (!handDown.may(user)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        List<Line> lines = new ArrayList<>();
        for (long id : new LinkedHashSet<>(ids == null ? List.<Long>of() : ids)) {
            if (lines.size() == MOST) {
                break;
            }
            lines.add(line(shell, id, handDown.handDown(user, id)));
        }
        model.addAttribute("lines", lines);
        return "matters/handed";
    }

    private Line line(Shell shell, long id, HandDown.Outcome outcome) {
        record Named(String number, String what) {}
        Named entry = sql.sql("select coalesce(number, '') as number, what from commitment where id = :id")
                .param("id", id)
                .query((row, n) -> new Named(row.getString(1), row.getString(2)))
                .optional()
                .orElse(new Named("", ""));
        return switch (outcome) {
            case HandDown.Outcome.Handed handed ->
                new Line(id, entry.number(), entry.what(), shell.t("letters.handed"), true, handed.matter());
            case HandDown.Outcome.Drafted drafted ->
                new Line(id, entry.number(), entry.what(), shell.t("letters.drafted"), false, drafted.matter());
            case HandDown.Outcome.Known known ->
                new Line(id, entry.number(), entry.what(), shell.t("letters.known"), true, known.matter());
            case HandDown.Outcome.Refused refused ->
                new Line(
                        id,
                        entry.number(),
                        entry.what(),
                        String.join(
                                " ",
                                refused.faults().stream()
                                        .map(f -> FaultWords.say(shell.words(), f))
                                        .toList()),
                        false,
                        null);
        };
    }
}
