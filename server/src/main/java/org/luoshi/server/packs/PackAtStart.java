package org.luoshi.server.packs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.departments.PackFaultsException;
import org.luoshi.server.matters.LivingYear;
import org.luoshi.server.web.Shells;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Loads the pack that {@code luoshi.pack} names, and tells the person at the terminal where to go. */
@Component
@Order(1)
class PackAtStart implements ApplicationRunner {
    /** The demo's password is public; an installation for real use sets its own with LUOSHI_FIRST_PASSWORD. */
    private static final String DEMO_PASSWORD = "luoshi-demo";

    private final PackLoader packs;
    private final PackDocuments documents;
    private final LivingYear year;
    private final Shells shells;
    private final JdbcClient sql;
    private final @Nullable String folder;
    private final boolean withDocuments;
    private final int port;
    private final String password;

    PackAtStart(
            PackLoader packs,
            PackDocuments documents,
            LivingYear year,
            Shells shells,
            JdbcClient sql,
            @Value("${luoshi.pack:#{null}}") @Nullable String folder,
            @Value("${luoshi.pack-documents:true}") boolean withDocuments,
            @Value("${server.port}") int port,
            @Value("${LUOSHI_FIRST_PASSWORD:" + DEMO_PASSWORD + "}") String password) {
        this.packs = packs;
        this.documents = documents;
        this.year = year;
        this.shells = shells;
        this.sql = sql;
        this.folder = folder;
        this.withDocuments = withDocuments;
        this.port = port;
        this.password = password;
    }

    @Override
    @SuppressWarnings("SystemOut") // the sentence for the person who started the program is not a log line
    public void run(ApplicationArguments arguments) throws IOException {
        if (folder != null) {
            try {
                packs.load(Path.of(folder), password);
                if (withDocuments) {
                    documents.loadOnce(Path.of(folder));
                    year.playOnce(Path.of(folder).resolve("year.yaml"));
                }
            } catch (PackFaultsException e) {
                System.err.println(e.getMessage());
                throw e;
            }
        }
        StringBuilder text = new StringBuilder("\n落实 ")
                .append(shells.place())
                .append("  http://localhost:")
                .append(port)
                .append('\n');
        if (folder != null && password.equals(DEMO_PASSWORD)) {
            text.append("演示账户，密码都是 ").append(DEMO_PASSWORD).append(" / demo accounts, all with this password:\n");
            for (String role : new String[] {"supervision", "head", "handler", "reader", "administrator"}) {
                logIn(role).ifPresent(text::append);
            }
        }
        System.out.println(text);
    }

    private Optional<String> logIn(String role) {
        return sql.sql("""
                        select a.login, p.name, n.short_name from account a
                          join account_role r on r.account = a.id
                          join person p on p.id = a.person
                          join unit_name n on n.unit = a.unit and n.valid_to is null
                        where r.role = :role and a.active order by a.id limit 1""")
                .param("role", role)
                .query((row, n) ->
                        "  %-14s %-14s %s · %s%n".formatted(role, row.getString(1), row.getString(2), row.getString(3)))
                .optional();
    }
}
