package org.luoshi.server.database;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * How often the things that pages keep in memory were changed. The counts are the database's own and grow in the
 * transaction that makes a change, so that what was kept under an equal count still holds, on any number of servers.
 */
@Component
public class Revisions {
    private static final String SEEN = Revisions.class.getName();
    private static final String OF = SEEN + ".of";

    /** Stands for all units in {@code unit_revision}. */
    private static final long EVERYBODY = 0;

    private final JdbcClient sql;

    Revisions(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * The counts as one question saw them. What is read after it is at least as new as they say.
     *
     * @param people units with their names, persons, accounts with their rights, the place
     * @param register entries of the register with all that lists select and order them by
     * @param views saved views
     * @param matters matters, and which campaigns they are in
     * @param requests what units were asked for: requests for data and notices
     */
    public record Seen(long people, long register, long views, long matters, long requests) {}

    /** The counts now; while a page is only read, those of its beginning, so that it asks once. */
    public Seen now() {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (!(request instanceof ServletRequestAttributes servlet) || !onlyReads(servlet.getRequest())) {
            return read();
        }
        if (servlet.getRequest().getAttribute(SEEN) instanceof Seen seen) {
            return seen;
        }
        Seen seen = read();
        servlet.getRequest().setAttribute(SEEN, seen);
        return seen;
    }

    /**
     * How often matters were changed of which somebody may see any; a change of others' leaves it. Of whoever may see all,
     * and of the system, every change counts.
     */
    public long mattersOf(@Nullable Asking who) {
        if (who == null || who.all()) {
            return now().matters();
        }
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes servlet)
                || !onlyReads(servlet.getRequest())) {
            return readOf(who);
        }
        if (servlet.getRequest().getAttribute(OF) instanceof Of seen
                && seen.who().equals(who)) {
            return seen.matters();
        }
        long matters = readOf(who);
        servlet.getRequest().setAttribute(OF, new Of(who, matters));
        return matters;
    }

    private record Of(Asking who, long matters) {}

    private long readOf(Asking who) {
        Set<Long> units = new HashSet<>(who.units());
        units.add(EVERYBODY);
        return sql.sql("select coalesce(sum(n), 0) from unit_revision where unit = any(cast(:units as bigint[]))")
                .param("units", units.toArray(Long[]::new))
                .query(Long.class)
                .single();
    }

    private static boolean onlyReads(HttpServletRequest request) {
        return "GET".equals(request.getMethod()) || "HEAD".equals(request.getMethod());
    }

    private Seen read() {
        return sql.sql("""
                        select coalesce(sum(n) filter (where thing = 'people'), 0) as people,
                               coalesce(sum(n) filter (where thing = 'register'), 0) as register,
                               coalesce(sum(n) filter (where thing = 'views'), 0) as views,
                               coalesce(sum(n) filter (where thing = 'matters'), 0) as matters,
                               coalesce(sum(n) filter (where thing = 'requests'), 0) as requests
                        from revision""")
                .query((row, n) ->
                        new Seen(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)))
                .single();
    }
}
