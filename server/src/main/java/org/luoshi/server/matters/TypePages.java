package org.luoshi.server.matters;

import java.util.ArrayList;
import java.util.List;
import org.luoshi.server.accounts.User;
import org.luoshi.server.matters.types.Drawing;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.web.Shell;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The matter types of the house, each with its picture and its rules, drawn from the file; and the matters that still
 * run by an older version, to be moved over by an act of their own.
 */
@Controller
public class TypePages {
    /** So many at once: each is an act of its own in the journal. */
    private static final int MOST = 500;

    private final Types types;
    private final Matters matters;
    private final JdbcClient sql;

    TypePages(Types types, Matters matters, JdbcClient sql) {
        this.types = types;
        this.matters = matters;
        this.sql = sql;
    }

    /**
     * Running matters of an older version in one state.
     *
     * @param fits whether the newest version has that state
     */
    public record Old(int version, String state, long count, boolean fits) {}

    public record View(MatterType type, String picture, List<MatterType> all, List<Old> old) {
        public long movable() {
            return old.stream().filter(Old::fits).mapToLong(Old::count).sum();
        }
    }

    @GetMapping("/matter-types")
    String first() {
        return "redirect:/matter-types/" + types.list().getFirst().key();
    }

    @GetMapping("/matter-types/{key}")
    String type(@ModelAttribute("shell") Shell shell, @PathVariable String key, Model model) {
        MatterType type = types.find(key).orElseThrow(MatterPages::none);
        String language = shell.words().language();
        List<Old> old = new ArrayList<>();
        sql.sql("""
                        select type_version, state, count(*) as n from matter
                        where type = :type and type_version < :version and not ended group by 1, 2 order by 1, 2""").param("type", key).param("version", type.version()).query(row -> {
            String state = row.getString("state");
            int version = row.getInt("type_version");
            String name = types.get(key, version).getState(state).name().in(language);
            old.add(new Old(version, name, row.getLong("n"), type.states().containsKey(state)));
        });
        model.addAttribute("view", new View(type, Drawing.of(type, language), types.list(), old));
        return "matters/type";
    }

    /** Moves the running matters of older versions over, as far as the newest version has their states. */
    @PostMapping("/matter-types/{key}/move-over")
    String moveOver(
            @AuthenticationPrincipal User user,
            @PathVariable String key,
            @RequestParam String reason,
            @RequestParam String request) {
        MatterType type = types.find(key).orElseThrow(MatterPages::none);
        List<Long> ids = sql.sql("""
                        select id from matter where type = :type and type_version < :version and not ended
                          and state = any(cast(:states as text[])) order by id limit :most""")
                .param("type", key)
                .param("version", type.version())
                .param("states", type.states().keySet().toArray(String[]::new))
                .param("most", MOST)
                .query(Long.class)
                .list();
        try {
            for (long id : ids) {
                matters.moveOver(user, id, reason, request + ":" + id);
            }
        } catch (MoveRefused refused) {
            throw MatterPages.refused(refused);
        }
        return "redirect:/matter-types/" + key + "?done=matters.done";
    }

    @PostMapping("/matters/{id:\\d+}/move-over")
    String moveOne(
            @AuthenticationPrincipal User user,
            @PathVariable long id,
            @RequestParam String reason,
            @RequestParam String request) {
        try {
            matters.moveOver(user, id, reason, request);
        } catch (MoveRefused refused) {
            throw MatterPages.refused(refused);
        }
        return "redirect:/matters/" + id + "?done=matters.done";
    }
}
