package org.luoshi.server.matters;

import java.util.List;
import org.luoshi.server.register.Works;
import org.luoshi.server.web.Words;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The matters that carry out an entry of the register. */
@Component
class RegisterWorks implements Works {
    private final JdbcClient sql;
    private final Types types;

    RegisterWorks(JdbcClient sql, Types types) {
        this.sql = sql;
        this.types = types;
    }

    @Override
    public List<Work> list(long entry, Words words) {
        return sql.sql("""
                        select id, number, title, light, type, type_version, state from matter
                        where commitment = :entry order by id""")
                .param("entry", entry)
                .query((row, n) -> new Work(
                        row.getLong("id"),
                        row.getString("number"),
                        row.getString("title"),
                        row.getString("light"),
                        types.get(row.getString("type"), row.getInt("type_version"))
                                .getState(row.getString("state"))
                                .name()
                                .in(words.language())))
                .list();
    }
}
