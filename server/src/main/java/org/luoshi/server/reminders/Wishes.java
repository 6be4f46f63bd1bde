package org.luoshi.server.reminders;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.audit.Refused;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Where and how people want to be told by mail. An address counts from the moment its owner typed the code that was
 * sent to it: nobody gives another's address, and a slip of the pen sends no matter to a stranger.
 */
@Component
class Wishes {
    static final Duration CODE_HOLDS = Duration.ofDays(1);
    private static final int CODE_TRIES = 5;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
                    + "@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    private final JdbcClient sql;
    private final Journal journal;
    private final Clock clock;

    Wishes(JdbcClient sql, Journal journal, Clock clock) {
        this.sql = sql;
        this.journal = journal;
        this.clock = clock;
    }

    /** Which messages go out by mail. */
    enum What {
        AT_ONCE("at-once"),
        DAILY("daily"),
        NONE("none");

        private final String key;

        What(String key) {
            this.key = key;
        }

        String key() {
            return key;
        }

        static What of(String key) {
            return Arrays.stream(values())
                    .filter(w -> w.key.equals(key))
                    .findFirst()
                    .orElseThrow(() -> new Refused("reminders.refused.what", key));
        }
    }

    /**
     * A person's wish.
     *
     * @param refusedWhy what the mail server said when it refused the address for good
     */
    record Wish(
            String address,
            What what,
            String language,
            @Nullable Instant confirmedAt,
            @Nullable Instant refusedAt,
            @Nullable String refusedWhy) {}

    /** Whether a text is one plain address: no name, no comment, no second address, nothing that ends a header. */
    static boolean isAddress(String text) {
        if (text.length() > 254
                || text.indexOf('@') > 64
                || !ADDRESS.matcher(text).matches()) {
            return false;
        }
        try {
            new InternetAddress(text, true).validate();
            return true;
        } catch (AddressException e) {
            return false;
        }
    }

    Optional<Wish> find(long account) {
        return sql.sql("""
                        select address, what, language, confirmed_at, refused_at, refused_why
                        from mail_wish where account = :account""")
                .param("account", account)
                .query((row, n) -> new Wish(
                        row.getString("address"),
                        What.of(row.getString("what")),
                        row.getString("language"),
                        instant(row.getTimestamp("confirmed_at")),
                        instant(row.getTimestamp("refused_at")),
                        row.getString("refused_why")))
                .optional();
    }

    static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }

    /** Keeps a wish; a new address, or one that was refused, is sent a code first. */
    void save(User user, String typed, What what, String language) {
        String address = typed.strip();
        if (!isAddress(address)) {
            throw new Refused("reminders.refused.address", Letter.oneLine(address));
        }
        Instant now = clock.instant();
        journal.write(user.actor(), acts -> {
            Wish before = find(user.account()).orElse(null);
            boolean same = before != null && before.address().equals(address) && before.refusedAt() == null;
            // Who asks for letters after a time without them does not get what he did not want then.
            boolean begins = before == null || before.what() == What.NONE;
            sql.sql("""
                            insert into mail_wish (account, address, what, language, since)
                            values (:account, :address, :what, :language, :now)
                            on conflict (account) do update set address = :address, what = :what, language = :language,
                              since = case when :begins then cast(:now as timestamptz) else mail_wish.since end,
                              confirmed_at = case when :same then mail_wish.confirmed_at end,
                              code = case when :same then mail_wish.code end,
                              refused_at = null, refused_why = null""")
                    .param("account", user.account())
                    .param("address", address)
                    .param("what", what.key())
                    .param("language", language.equals("en") ? "en" : "zh")
                    .param("now", Timestamp.from(now))
                    .param("begins", begins)
                    .param("same", same)
                    .update();
            if (!same) {
                askForCode(user.account(), now);
            }
            acts.note(
                    "account:" + user.account(),
                    "account.mail",
                    Map.of("what", what.key(), "language", language, "newAddress", !same));
            return true;
        });
    }

    /** Sends a code anew; at most one waits. */
    void askAgain(User user) {
        journal.write(user.actor(), acts -> {
            if (find(user.account()).filter(w -> w.confirmedAt() == null).isPresent()) {
                askForCode(user.account(), clock.instant());
            }
            return true;
        });
    }

    private void askForCode(long account, Instant now) {
        boolean many = sql.sql("""
                        select count(*) >= 5 from mail_letter
                        where account = :account and kind = 'code' and made_at > :hour""")
                .param("account", account)
                .param("hour", Timestamp.from(now.minus(Duration.ofHours(1))))
                .query(Boolean.class)
                .single();
        if (many) {
            throw new Refused("reminders.refused.many-codes");
        }
        sql.sql("""
                        update mail_letter set state = 'dropped', done_at = :now
                        where account = :account and kind = 'code' and state = 'waiting'""").param("account", account).param("now", Timestamp.from(now)).update();
        sql.sql("""
                        insert into mail_letter (account, kind, next_try, made_at) values (:account, 'code', :now, :now)""").param("account", account).param("now", Timestamp.from(now)).update();
    }

    /** A fresh code for an address that waits to be confirmed; only its hash is kept. Empty where none waits. */
    Optional<String> freshCode(long account) {
        String code = String.format(java.util.Locale.ROOT, "%06d", RANDOM.nextInt(1_000_000));
        int changed = sql.sql("""
                        update mail_wish set code = :code, code_until = :until, code_tries = 0
                        where account = :account and confirmed_at is null""")
                .param("code", Secrets.sha256(account + ":" + code))
                .param("until", Timestamp.from(clock.instant().plus(CODE_HOLDS)))
                .param("account", account)
                .update();
        return changed == 0 ? Optional.empty() : Optional.of(code);
    }

    /** Confirms an address by its code; five wrong ones make it void. False where it is wrong or too old. */
    boolean confirm(User user, String typed) {
        return journal.write(user.actor(), acts -> {
            boolean right = sql.sql("""
                            update mail_wish set code_tries = code_tries + 1,
                              confirmed_at = case when code = :code and code_until > :now and code_tries < :most
                                             then cast(:now as timestamptz) end,
                              code = case when code = :code then null else code end
                            where account = :account and confirmed_at is null and code is not null
                            returning confirmed_at is not null""")
                    .param("code", Secrets.sha256(user.account() + ":" + typed.strip()))
                    .param("now", Timestamp.from(clock.instant()))
                    .param("most", CODE_TRIES)
                    .param("account", user.account())
                    .query(Boolean.class)
                    .optional()
                    .orElse(false);
            if (right) {
                acts.note("account:" + user.account(), "account.mail-confirmed", Map.of());
            }
            return right;
        });
    }

    /** Forgets the address. */
    void remove(User user) {
        journal.write(user.actor(), acts -> {
            sql.sql("delete from mail_wish where account = :account")
                    .param("account", user.account())
                    .update();
            acts.note("account:" + user.account(), "account.mail", Map.of("what", "none", "newAddress", false));
            return true;
        });
    }
}
