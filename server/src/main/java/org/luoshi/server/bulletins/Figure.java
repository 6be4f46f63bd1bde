package org.luoshi.server.bulletins;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What is counted of a period. {@code e} is a matter as it stood at the end of the last day, {@code s} as it stood
 * before the first: what happened later changes no bulletin.
 */
public enum Figure {
    /** Under way at some time of the period. */
    ACTIVE("(e.given_at is not null or e.ended) and (s.id is null or not s.ended)"),
    GIVEN("e.given_at >= :begins and e.given_at < :ends"),
    /** Whose last deadline lies in the period; called off or merged ones fall out. */
    DUE("e.due between :from and :to and (not e.ended or e.done)"),
    /** Of those due, done by the end of their day. */
    ON_TIME(
            "e.due between :from and :to and e.done and e.closed_at < (e.due + 1)::timestamp at time zone 'Asia/Shanghai'"),
    DONE("e.done and e.closed_at >= :begins and e.closed_at < :ends"),
    /** Of those done in the period, after their deadline. */
    LATE("e.done and e.closed_at >= :begins and e.closed_at < :ends"
            + " and e.closed_at >= (e.due + 1)::timestamp at time zone 'Asia/Shanghai'"),
    /** Sent back by the check at least once in the period. */
    BOUNCED("e.bounced > coalesce(s.bounced, 0)"),
    EXTENDED("e.extended > coalesce(s.extended, 0)"),
    /** Not ended and past the deadline when the period ended. */
    OVERDUE("not e.ended and e.due < :after"),
    OPEN("not e.ended and e.given_at is not null");

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
