package org.luoshi.server.reminders;

import java.time.Instant;

/**
 * A letter ready to be sent. Nothing in it can begin a header of its own: what would end a line is taken out.
 *
 * @param id with {@code madeAt} the same at every attempt, so that a reader's mailbox knows a repeated letter
 * @param at the moment of this attempt
 */
record Letter(long id, Instant madeAt, String to, String subject, String text, String html, Instant at) {
    private static final int LONGEST_SUBJECT = 150;

    Letter {
        subject = oneLine(subject);
        if (subject.codePointCount(0, subject.length()) > LONGEST_SUBJECT) {
            subject = subject.substring(0, subject.offsetByCodePoints(0, LONGEST_SUBJECT - 1)) + "…";
        }
    }

    /** Text without controls, line and paragraph separators and characters that turn the direction of writing. */
    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]+", " ")
                .strip();
    }
}
