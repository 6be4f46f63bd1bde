package org.luoshi.server.reminders;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.calendar.Calendars;
import org.luoshi.server.calendar.WorkingTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The queue of letters. Any number of servers may work on it: a letter is locked while it is sent and marked in the
 * same transaction. Who is killed between the server's yes and the mark sends that one letter again (with the same
 * Message-ID), no other.
 */
final class Outbox {
    private static final Logger log = LoggerFactory.getLogger(Outbox.class);
    /** What was told longer ago and not mailed then (no server was set, say) is not mailed any more. */
    static final Duration FRESH = Duration.ofDays(7);

    static final Duration GIVES_UP = Duration.ofDays(3);
    static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    static final LocalTime MORNING = LocalTime.of(8, 0);
    private static final int MOST = 500;
    private static final Duration LONGEST_ROUND = Duration.ofMinutes(2);

    private final JdbcClient sql;
    private final TransactionTemplate transaction;
    private final LetterWriter writer;
    private final Calendars calendars;
    private final Clock clock;
    private final MailSettings settings;
    private final Postbox postbox;

    Outbox(
            JdbcClient sql,
            TransactionTemplate transaction,
            LetterWriter writer,
            Calendars calendars,
            Clock clock,
            MailSettings settings) {
        this.sql = sql;
        this.transaction = transaction;
        this.writer = writer;
        this.calendars = calendars;
        this.clock = clock;
        this.settings = settings;
        this.postbox = new Postbox(settings);
    }

    private enum Step {
        DONE,
        SENT,
        NOTHING,
        STOP
    }

    /** Makes the letters that are due and sends what waits; answers how many were sent. */
    int round() {
        if (!settings.on()) {
            return 0;
        }
        gather();
        long begun = System.nanoTime();
        int sent = 0;
        for (int i = 0; i < MOST && System.nanoTime() - begun < LONGEST_ROUND.toNanos(); i++) {
            Step step = transaction.execute(status -> one());
            if (step == Step.NOTHING || step == Step.STOP) {
                break;
            }
            sent += step == Step.SENT ? 1 : 0;
        }
        return sent;
    }

    /** One letter for all that an account was told since the last one; what was read on the page needs no letter. */
    private void gather() {
        Instant now = clock.instant();
        WorkingTime time = calendars.time();
        ZonedDateTime here = now.atZone(time.zone());
        LocalDate today = here.toLocalDate();
        boolean morning = time.days().isWorking(today) && !here.toLocalTime().isBefore(MORNING);
        List<Long> accounts = sql.sql("""
                        select w.account from mail_wish w join account a on a.id = w.account and a.active
                        where w.confirmed_at is not null and w.refused_at is null
                          and (w.what = 'at-once' or w.what = 'daily' and :morning and w.daily_on is distinct from :today)
                          and exists (select 1 from message g where g.account = w.account and g.at >= w.since
                            and g.at >= :oldest and g.letter is null and g.read_at is null)""")
                .param("morning", morning)
                .param("today", today)
                .param("oldest", Timestamp.from(now.minus(FRESH)))
                .query(Long.class)
                .list();
        for (long account : accounts) {
            transaction.executeWithoutResult(status -> gather(account, today, now));
        }
    }

    private record Kept(String what, Instant since) {}

    private void gather(long account, LocalDate today, Instant now) {
        Optional<Kept> kept = sql.sql("""
                        select what, since from mail_wish where account = :account
                          and (what = 'at-once' or daily_on is distinct from :today) for update skip locked""")
                .param("account", account)
                .param("today", today)
                .query((row, n) ->
                        new Kept(row.getString(1), row.getTimestamp(2).toInstant()))
                .optional();
        if (kept.isEmpty()) {
            return;
        }
        Instant oldest = now.minus(FRESH);
        Instant since = kept.get().since();
        List<Long> ids = sql.sql("""
                        select id from message where account = :account and at >= :since and letter is null
                          and read_at is null order by at, id""")
                .param("account", account)
                .param("since", Timestamp.from(since.isAfter(oldest) ? since : oldest))
                .query(Long.class)
                .list();
        boolean daily = kept.get().what().equals("daily");
        if (!ids.isEmpty()) {
            long letter = sql.sql("""
                            insert into mail_letter (account, kind, next_try, made_at)
                            values (:account, :kind, :now, :now) returning id""")
                    .param("account", account)
                    .param("kind", daily ? "daily" : "messages")
                    .param("now", Timestamp.from(now))
                    .query(Long.class)
                    .single();
            sql.sql("update message set letter = :letter where id = any(:ids)")
                    .param("letter", letter)
                    .param("ids", ids.toArray(Long[]::new))
                    .update();
        }
        if (daily) {
            sql.sql("update mail_wish set daily_on = :today where account = :account")
                    .param("today", today)
                    .param("account", account)
                    .update();
        }
    }

    private Step one() {
        Instant now = clock.instant();
        LetterWriter.Waiting waiting = sql.sql("""
                        select id, account, kind, address, tries, made_at from mail_letter
                        where state = 'waiting' and next_try <= :now order by next_try, id limit 1
                        for update skip locked""")
                .param("now", Timestamp.from(now))
                .query((row, n) -> new LetterWriter.Waiting(
                        row.getLong("id"),
                        row.getLong("account"),
                        row.getString("kind"),
                        row.getString("address"),
                        row.getInt("tries"),
                        row.getTimestamp("made_at").toInstant()))
                .optional()
                .orElse(null);
        if (waiting == null) {
            return Step.NOTHING;
        }
        Postbox.Outcome outcome;
        try {
            Letter letter = writer.write(waiting, settings.address(), now).orElse(null);
            if (letter == null) {
                end(waiting, "dropped", null, now);
                return Step.DONE;
            }
            outcome = postbox.send(letter);
        } catch (RuntimeException e) {
            log.error("Letter {} could not be written; it is tried again", waiting.id(), e);
            later(waiting, e.getClass().getSimpleName(), now);
            return Step.DONE;
        }
        return switch (outcome) {
            case Postbox.Outcome.Accepted accepted -> {
                end(waiting, "sent", null, now);
                sql.sql("update message set mailed_at = :now where letter = :letter")
                        .param("now", Timestamp.from(now))
                        .param("letter", waiting.id())
                        .update();
                yield Step.SENT;
            }
            case Postbox.Outcome.Later later -> {
                later(waiting, later.why(), now);
                yield Step.DONE;
            }
            case Postbox.Outcome.Unreachable unreachable -> {
                log.warn("The mail server {} takes no letters: {}", settings.host(), unreachable.why());
                later(waiting, unreachable.why(), now);
                yield Step.STOP;
            }
            case Postbox.Outcome.Refused refused -> {
                end(waiting, "failed", refused.why(), now);
                if (refused.address() && waiting.address() == null) {
                    sql.sql("update mail_wish set refused_at = :now, refused_why = :why where account = :account")
                            .param("now", Timestamp.from(now))
                            .param("why", refused.why())
                            .param("account", waiting.account())
                            .update();
                }
                yield Step.DONE;
            }
        };
    }

    /** Pauses of 1, 2, 4 … minutes, an hour at most; after three days it is given up. */
    private void later(LetterWriter.Waiting waiting, String why, Instant now) {
        if (waiting.madeAt().plus(GIVES_UP).isBefore(now)) {
            end(waiting, "failed", why, now);
            return;
        }
        Duration pause = Duration.ofMinutes(1L << Math.min(waiting.tries(), 10));
        sql.sql("update mail_letter set tries = tries + 1, next_try = :next, problem = :why where id = :id")
                .param("next", Timestamp.from(now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE)))
                .param("why", why)
                .param("id", waiting.id())
                .update();
    }

    private void end(LetterWriter.Waiting waiting, String state, @Nullable String why, Instant now) {
        sql.sql("""
                        update mail_letter set state = :state, tries = tries + 1, problem = coalesce(:why, problem),
                          done_at = :now where id = :id""")
                .param("state", state)
                .param("why", why, java.sql.Types.VARCHAR)
                .param("now", Timestamp.from(now))
                .param("id", waiting.id())
                .update();
    }
}
