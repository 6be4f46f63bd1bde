package org.luoshi.server;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.Accounts;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Actor;
import org.luoshi.server.units.Units;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A small invented county: some departments with duties and leaders, and one account of each role. The log-ins are
 * {@code clerk} and {@code second} (supervision office), {@code admin}, {@code handler} and {@code head} (housing),
 * {@code mover} (transport), {@code stranger} (education), {@code town} (a town), {@code reader}.
 */
@Component
@NullMarked
public class TestCounty {
    public static final String PASSWORD = "qinglan-2026";
    private static final LocalDate LONG_AGO = LocalDate.of(2001, 1, 1);

    private final Units units;
    private final Accounts accounts;
    private final JdbcClient sql;
    private final TransactionTemplate transaction;
    private final Map<String, Long> unitIds = new HashMap<>();

    TestCounty(Units units, Accounts accounts, JdbcClient sql, TransactionTemplate transaction) {
        this.units = units;
        this.accounts = accounts;
        this.sql = sql;
        this.transaction = transaction;
    }

    /** Empties all tables, the journal too, which only a superuser in replica role can. */
    void clear() {
        unitIds.clear();
        units.forget();
        transaction.executeWithoutResult(status -> {
            sql.sql("set local session_replication_role = replica").update();
            String tables = sql.sql("""
                            select string_agg(quote_ident(tablename), ', ') from pg_tables
                            where schemaname = 'public' and tablename not in ('flyway_schema_history', 'revision')""").query(String.class).single();
            sql.sql("truncate " + tables + " restart identity cascade").update();
            // Triggers sleep in that role.
            sql.sql("update revision set n = n + 1").update();
        });
    }

    void found() {
        unit("county", null, "青岚县人民政府", "县政府", "government");
        unit("supervision", "county", "县政府督查室", "督查室", "section");
        unit("development", "county", "县发展和改革委员会", "县发展改革委", "department", "development-reform");
        unit("industry", "county", "县工业和信息化局", "县工信局", "department", "industry");
        unit("housing", "county", "县住房和城乡建设局", "县住建局", "department", "housing");
        unit("transport", "county", "县交通运输局", "县交通局", "department", "transport");
        unit("civil", "county", "县民政局", "县民政局", "department", "civil-affairs");
        unit("education", "county", "县教育局", "县教育局", "department", "education");
        unit("liuwan", "county", "柳湾镇人民政府", "柳湾镇", "town");
        leader("何维舟", "副县长", "housing", "transport");
        leader("唐以宁", "常务副县长", "development", "industry");
        account("clerk", "周启明", "supervision", Role.SUPERVISION);
        account("second", "吴晓棠", "supervision", Role.SUPERVISION);
        account("admin", "管理员", "county", Role.ADMINISTRATOR);
        account("handler", "陆川", "housing", Role.HANDLER);
        account("reader", "沈一苇", "county", Role.READER);
        account("head", "顾明远", "housing", Role.HEAD);
        account("town", "方晴", "liuwan", Role.HANDLER);
        account("mover", "马行", "transport", Role.HANDLER);
        account("stranger", "路远", "education", Role.HANDLER);
    }

    public long unit(String key) {
        return Objects.requireNonNull(unitIds.get(key), key);
    }

    public User user(String login) {
        return accounts.loadUserByUsername(login);
    }

    public long unit(
            String key, @Nullable String parent, String name, String shortName, String kind, String... duties) {
        long id = units.found(
                Actor.SYSTEM,
                new Units.Founding(
                        key, kind, parent == null ? null : unit(parent), List.of(duties), name, shortName, LONG_AGO));
        unitIds.put(key, id);
        return id;
    }

    public long person(String name) {
        return sql.sql("insert into person (key, name) values (:key, :name) returning id")
                .param("key", "p-" + name)
                .param("name", name)
                .query(Long.class)
                .single();
    }

    /** A person who is in charge of the fields of some units, with a post in the county government. */
    public long leader(String name, String title, String... of) {
        long person = person(name);
        sql.sql("insert into post (person, unit, title, held_from) values (:person, :unit, :title, :day)")
                .param("person", person)
                .param("unit", unit("county"))
                .param("title", title)
                .param("day", LONG_AGO)
                .update();
        for (String key : of) {
            sql.sql("insert into leader_of_unit (person, unit, held_from) values (:person, :unit, :day)")
                    .param("person", person)
                    .param("unit", unit(key))
                    .param("day", LONG_AGO)
                    .update();
        }
        return person;
    }

    public long account(String login, String name, String unit, Role role) {
        return accounts.create(Actor.SYSTEM, login, person(name), unit(unit), Set.of(role), PASSWORD);
    }
}
