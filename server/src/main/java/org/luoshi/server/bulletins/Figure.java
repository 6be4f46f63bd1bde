package org.luoshi.server.bulletins;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What is counted of a period. {@code e} is a matter as it stood at the end of the last day, {@code s} as it stood
 * before the first: what happened later changes no bulletin. {@code after} is the day after the last of the period, or
 * today where that comes first: what is due today is not late yet. Done is what is struck off, even if it is watched or
 * rated before it is closed: what the unit had to do ends there.
 */
public enum Figure {
    /** Under way at some time of the period. */
    ACTIVE("(e.given_at is not null or e.ended)"
            + " and (s.id is null or s.struck_at is null or e.struck_at is null or e.struck_at >= :begins)"),
    GIVEN("e.given_at >= :begins and e.given_at < :ends"),
    /** Whose last deadline lies in the days of the period that are over; called off, merged and suspended ones fall out. */
    DUE("e.due >= :from and e.due < :after and (e.done or e.given_at is not null"
            + " and e.type || '/' || e.state <> all(cast(:held as text[]))"
            + " and e.type || '/' || e.state <> all(cast(:off as text[])))"),
    /** Of those due, done by the end of their day. */
    ON_TIME("e.due >= :from and e.due < :after and (e.done or not e.ended)"
            + " and e.struck_at < (e.due + 1)::timestamp at time zone 'Asia/Shanghai'"),
    DONE("(e.done or not e.ended) and e.struck_at >= :begins and e.struck_at < :ends"),
    /** Of those done in the period, after their deadline. */
    LATE("(e.done or not e.ended) and e.struck_at >= :begins and e.struck_at < :ends"
            + " and e.struck_at >= (e.due + 1)::timestamp at time zone 'Asia/Shanghai'"),
    /** Ended in the period without being done: done in part, or not to be done. */
    UNDONE("e.ended and not e.done and e.given_at is not null and e.struck_at >= :begins and e.struck_at < :ends"
            + " and e.type || '/' || e.state <> all(cast(:off as text[]))"),
    /** Sent back by the check at least once in the period; who has no part in it before the period counts nothing. */
    BOUNCED("e.bounced > coalesce(s.bounced, 0) and (s.id is not null or e.created_at >= :begins)"),
    EXTENDED("e.extended > coalesce(s.extended, 0) and (s.id is not null or e.created_at >= :begins)"),
    /** Handed down, not struck off, not suspended, and past the deadline when the period ended. */
    OVERDUE("e.struck_at is null and e.given_at is not null and e.due < :after"
            + " and e.type || '/' || e.state <> all(cast(:held as text[]))"),
    OPEN("e.struck_at is null and e.given_at is not null");

    private final String condition;

    Figure(String condition) {
        this.condition = condition;
    }

    String condition() {
        return condition;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Figure> find(String key) {
        return Arrays.stream(values()).filter(f -> f.key().equals(key)).findFirst();
    }
}
