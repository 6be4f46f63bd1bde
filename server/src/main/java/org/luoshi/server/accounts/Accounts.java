package org.luoshi.server.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.audit.Actor;
import org.luoshi.server.audit.Journal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Accounts and their log-in state. Five wrong passwords in a row lock an account for fifteen minutes. */
@Component
public class Accounts implements UserDetailsService {
    static final int FAILURES_TO_LOCK = 5;
    static final Duration LOCKED_FOR = Duration.ofMinutes(15);
    static final int SHORTEST_PASSWORD = 8;

    private final JdbcClient sql;
    private final Journal journal;
    private final PasswordEncoder passwords;
    private final Clock clock;

    Accounts(JdbcClient sql, Journal journal, PasswordEncoder passwords, Clock clock) {
        this.sql = sql;
        this.journal = journal;
        this.passwords = passwords;
        this.clock = clock;
    }

    /** How a person wants to see pages; null where the browser decides. */
    public record Preferences(
            @Nullable String language,
            @Nullable String theme,
            @Nullable String density) {}

    /** A row of the list of accounts. */
    public record Row(
            long id,
            String login,
            String name,
            String unit,
            Set<Role> roles,
            boolean active,
            @Nullable Instant lockedUntil) {}

    @Override
    public User loadUserByUsername(String login) {
        return find(login).orElseThrow(() -> new UsernameNotFoundException("no such account"));
    }

    private static final String SELECT = """
            select a.id, a.login, p.name, a.unit, a.active, a.password, a.locked_until,
                   (select string_agg(role, ',') from account_role r where r.account = a.id) as roles
            from account a join person p on p.id = a.person
            """;

    /** An open account with the rights it has now and without its password; empty for one that was closed. */
    public Optional<User> findCurrent(long account) {
        Optional<User> found = sql.sql(SELECT + "where a.id = :id and a.active")
                .param("id", account)
                .query((row, n) -> user(row))
                .optional();
        found.ifPresent(User::eraseCredentials);
        return found;
    }

    private Optional<User> find(String login) {
        return sql.sql(SELECT + "where a.login = :login")
                .param("login", login.strip().toLowerCase(Locale.ROOT))
                .query((row, n) -> user(row))
                .optional();
    }

    private User user(ResultSet row) throws SQLException {
        Timestamp locked = row.getTimestamp("locked_until");
        return new User(
                row.getLong("id"),
                row.getString("login"),
                row.getString("name"),
                row.getLong("unit"),
                roles(row.getString("roles")),
                row.getBoolean("active"),
                locked != null && locked.toInstant().isAfter(clock.instant()),
                row.getString("password"));
    }

    private static Set<Role> roles(@Nullable String list) {
        return list == null
                ? Set.of()
                : Arrays.stream(list.split(",", -1)).map(Role::of).collect(Collectors.toUnmodifiableSet());
    }

    /** Creates an account; the password is stored only as a salted hash. */
    public long create(Actor actor, String login, long person, long unit, Set<Role> roles, String password) {
        return createHashed(actor, login, person, unit, roles, hash(password));
    }

    /** The salted hash of a password. */
    public String hash(String password) {
        if (password.length() < SHORTEST_PASSWORD) {
            throw new IllegalArgumentException("A password has at least " + SHORTEST_PASSWORD + " characters");
        }
        return Objects.requireNonNull(passwords.encode(password));
    }

    /** Creates an account with a hash from {@link #hash}: one slow hash serves a whole pack of first passwords. */
    public long createHashed(Actor actor, String login, long person, long unit, Set<Role> roles, String hash) {
        return journal.write(actor, acts -> {
            long id = sql.sql("""
                            insert into account (login, person, unit, password) values (:login, :person, :unit, :password)
                            returning id""")
                    .param("login", login.toLowerCase(Locale.ROOT))
                    .param("person", person)
                    .param("unit", unit)
                    .param("password", hash)
                    .query(Long.class)
                    .single();
            for (Role role : roles) {
                sql.sql("insert into account_role (account, role) values (:account, :role)")
                        .param("account", id)
                        .param("role", role.key())
                        .update();
            }
            acts.note(
                    "account:" + id,
                    "account.create",
                    Map.of(
                            "login",
                            login,
                            "unit",
                            unit,
                            "roles",
                            roles.stream().map(Role::key).sorted().toList()));
            return id;
        });
    }

    /** Counts a wrong password, and locks the account at the fifth. */
    void failed(String login) {
        String key = login.strip().toLowerCase(Locale.ROOT);
        Instant now = clock.instant();
        journal.write(new Actor(null, key), acts -> {
            List<Long> locked = sql.sql("""
                            update account set
                              failures = case when failures + 1 >= :most then 0 else failures + 1 end,
                              locked_until = case when failures + 1 >= :most then :until else locked_until end
                            where login = :login and (locked_until is null or locked_until <= :now)
                            returning case when failures = 0 then id else -id end""")
                    .param("most", FAILURES_TO_LOCK)
                    .param("until", Timestamp.from(now.plus(LOCKED_FOR)))
                    .param("now", Timestamp.from(now))
                    .param("login", key)
                    .query(Long.class)
                    .list();
            for (long id : locked) {
                acts.note("account:" + Math.abs(id), id > 0 ? "account.lock" : "account.wrong-password", Map.of());
            }
            return locked.size();
        });
    }

    void succeeded(User user) {
        journal.write(user.actor(), acts -> {
            sql.sql("update account set failures = 0, locked_until = null where id = :id")
                    .param("id", user.account())
                    .update();
            acts.note("account:" + user.account(), "account.log-in", Map.of());
            return true;
        });
    }

    /** Until when the account is locked, empty where it is not or does not exist. */
    Optional<Instant> lockedUntil(String login) {
        return sql.sql("select locked_until from account where login = :login and locked_until > :now")
                .param("login", login.strip().toLowerCase(Locale.ROOT))
                .param("now", Timestamp.from(clock.instant()))
                .query((row, n) -> row.getTimestamp(1).toInstant())
                .optional();
    }

    public void unlock(Actor actor, long account) {
        journal.write(actor, acts -> {
            sql.sql("update account set failures = 0, locked_until = null where id = :id")
                    .param("id", account)
                    .update();
            acts.note("account:" + account, "account.unlock", Map.of());
            return true;
        });
    }

    public void setActive(Actor actor, long account, boolean active) {
        journal.write(actor, acts -> {
            sql.sql("update account set active = :active where id = :id")
                    .param("active", active)
                    .param("id", account)
                    .update();
            if (!active) {
                sql.sql("""
                                delete from spring_session
                                where principal_name = (select login from account where id = :id)""").param("id", account).update();
            }
            acts.note("account:" + account, active ? "account.enable" : "account.disable", Map.of());
            return true;
        });
    }

    /**
     * Puts an account into a unit with a role. What it was in another unit, head or handler, ends there and does not come
     * along; the journal keeps it ({@code left}, {@code had}). Other roles stay.
     */
    public void assign(Actor actor, long account, long unit, Role role) {
        journal.write(actor, acts -> {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("unit", unit);
            event.put("role", role.key());
            sql.sql("select unit from account where id = :id and unit <> :unit for update")
                    .param("id", account)
                    .param("unit", unit)
                    .query(Long.class)
                    .optional()
                    .ifPresent(left -> {
                        event.put("left", left);
                        event.put(
                                "had",
                                sql.sql("""
                                                delete from account_role where account = :id and role in ('head', 'handler')
                                                returning role""")
                                        .param("id", account)
                                        .query(String.class)
                                        .list());
                    });
            sql.sql("update account set unit = :unit where id = :id")
                    .param("unit", unit)
                    .param("id", account)
                    .update();
            sql.sql("insert into account_role (account, role) values (:id, :role) on conflict do nothing")
                    .param("id", account)
                    .param("role", role.key())
                    .update();
            acts.note("account:" + account, "account.assign", event);
            return true;
        });
    }

    /** Takes a role from an account; one that has no other may still look. */
    public void release(Actor actor, long account, Role role) {
        journal.write(actor, acts -> {
            sql.sql("delete from account_role where account = :id and role = :role")
                    .param("id", account)
                    .param("role", role.key())
                    .update();
            sql.sql("""
                            insert into account_role (account, role)
                            select :id, 'reader' where not exists (select 1 from account_role where account = :id)""").param("id", account).update();
            acts.note("account:" + account, "account.release", Map.of("role", role.key()));
            return true;
        });
    }

    /** Changes a person's own password; false where the old one is wrong. */
    public boolean changePassword(User user, String old, String fresh) {
        String stored = sql.sql("select password from account where id = :id")
                .param("id", user.account())
                .query(String.class)
                .single();
        if (!passwords.matches(old, stored)) {
            return false;
        }
        return journal.write(user.actor(), acts -> {
            sql.sql("update account set password = :password where id = :id")
                    .param("password", passwords.encode(fresh))
                    .param("id", user.account())
                    .update();
            acts.note("account:" + user.account(), "account.password", Map.of());
            return true;
        });
    }

    public Preferences preferences(long account) {
        return sql.sql("select language, theme, density from account where id = :id")
                .param("id", account)
                .query((row, n) -> new Preferences(row.getString(1), row.getString(2), row.getString(3)))
                .optional()
                .orElse(new Preferences(null, null, null));
    }

    public void setPreferences(User user, Preferences preferences) {
        sql.sql("update account set language = :language, theme = :theme, density = :density where id = :id")
                .param("language", preferences.language())
                .param("theme", preferences.theme())
                .param("density", preferences.density())
                .param("id", user.account())
                .update();
    }

    public List<Row> listAccounts() {
        return sql.sql("""
                        select a.id, a.login, p.name, n.short_name, a.active, a.locked_until,
                               (select string_agg(role, ',') from account_role r where r.account = a.id) as roles
                        from account a join person p on p.id = a.person
                          join unit_name n on n.unit = a.unit and n.valid_to is null
                        order by a.login""")
                .query((row, n) -> new Row(
                        row.getLong("id"),
                        row.getString("login"),
                        row.getString("name"),
                        row.getString("short_name"),
                        roles(row.getString("roles")),
                        row.getBoolean("active"),
                        Optional.ofNullable(row.getTimestamp("locked_until"))
                                .map(Timestamp::toInstant)
                                .filter(until -> until.isAfter(clock.instant()))
                                .orElse(null)))
                .list();
    }
}
