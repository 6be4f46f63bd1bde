package org.luoshi.server.register;

import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.database.Kept;
import org.luoshi.server.database.Revisions;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Filters kept under a name, each with an address of its own; a shared one is seen by all, changed by its owner. */
@Component
public class SavedViews {
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int MOST = 50;
    private static final int LONGEST_NAME = 40;

    private final JdbcClient sql;
    private final Journal journal;
    private final Revisions revisions;
    private final SecureRandom random = new SecureRandom();
    private final Kept<Asked, List<SavedView>> seen = new Kept<>(100_000, List::size);

    /** The lists that views are kept of. */
    public enum Place {
        REGISTER,
        MATTERS;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Asked(long account, Place place) {}

    SavedViews(JdbcClient sql, Journal journal, Revisions revisions) {
        this.sql = sql;
        this.journal = journal;
        this.revisions = revisions;
    }

    /**
     * A saved view.
     *
     * @param owner name of the person who saved it
     * @param query filter and order as a query string
     */
    public record SavedView(
            long id, String slug, long account, String owner, String name, String query, boolean shared) {
        public boolean isOf(User user) {
            return account == user.account();
        }
    }

    private static final String SELECT = """
            select v.id, v.slug, v.account, p.name as owner, v.name, v.query, v.shared
            from saved_view v join account a on a.id = v.account join person p on p.id = a.person
            where v.place = :place and (v.account = :account or v.shared)""";

    /** A person's own views and those that others share, own ones first. */
    public List<SavedView> list(User user, Place place) {
        Revisions.Seen now = revisions.now();
        return seen.get(now.views() + now.people(), new Asked(user.account(), place), () -> read(user, place));
    }

    private List<SavedView> read(User user, Place place) {
        return sql.sql(SELECT + " order by (v.account = :account) desc, v.id")
                .param("account", user.account())
                .param("place", place.key())
                .query(SavedView.class)
                .list();
    }

    /** A view that the person may see. */
    public Optional<SavedView> find(User user, Place place, String slug) {
        return sql.sql(SELECT + " and v.slug = :slug")
                .param("account", user.account())
                .param("place", place.key())
                .param("slug", slug)
                .query(SavedView.class)
                .optional();
    }

    public SavedView save(User user, Place place, String name, String query, boolean shared) {
        String checked = checked(name);
        return journal.write(user.actor(), acts -> {
            long have = sql.sql("select count(*) from saved_view where account = :account")
                    .param("account", user.account())
                    .query(Long.class)
                    .single();
            if (have >= MOST) {
                throw new Refused("register.view.refused.many", MOST);
            }
            String slug = slug();
            long id = sql.sql("""
                            insert into saved_view (slug, account, place, name, query, shared)
                            values (:slug, :account, :place, :name, :query, :shared) returning id""")
                    .param("place", place.key())
                    .param("slug", slug)
                    .param("account", user.account())
                    .param("name", checked)
                    .param("query", query)
                    .param("shared", shared)
                    .query(Long.class)
                    .single();
            acts.note("view:" + id, "view.save", Map.of("name", checked, "query", query, "shared", shared));
            return new SavedView(id, slug, user.account(), user.name(), checked, query, shared);
        });
    }

    public void change(User user, Place place, String slug, String name, boolean shared) {
        String checked = checked(name);
        journal.write(user.actor(), acts -> {
            SavedView view = own(user, place, slug);
            sql.sql("update saved_view set name = :name, shared = :shared where id = :id")
                    .param("name", checked)
                    .param("shared", shared)
                    .param("id", view.id())
                    .update();
            acts.note(
                    "view:" + view.id(),
                    "view.change",
                    Map.of("before", view.name(), "name", checked, "shared", shared));
            return true;
        });
    }

    public void delete(User user, Place place, String slug) {
        journal.write(user.actor(), acts -> {
            SavedView view = own(user, place, slug);
            sql.sql("delete from saved_view where id = :id")
                    .param("id", view.id())
                    .update();
            acts.note("view:" + view.id(), "view.delete", Map.of("name", view.name(), "query", view.query()));
            return true;
        });
    }

    private SavedView own(User user, Place place, String slug) {
        return find(user, place, slug)
                .filter(view -> view.isOf(user))
                .orElseThrow(() -> new Refused("register.view.refused.not-own"));
    }

    private static String checked(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty()) {
            throw new Refused("register.view.refused.name");
        }
        if (stripped.length() > LONGEST_NAME) {
            throw new Refused("register.view.refused.long", LONGEST_NAME, stripped.length());
        }
        return stripped;
    }

    private String slug() {
        StringBuilder slug = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            slug.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return slug.toString();
    }
}
