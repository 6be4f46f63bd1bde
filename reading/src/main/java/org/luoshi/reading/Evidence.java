package org.luoshi.reading;

import org.jspecify.annotations.Nullable;

/**
 * Why something was read as it was.
 *
 * @param rule the rule's or model's name, a stable key such as {@code deadline.month-end}; pages translate it by
 *     message files
 * @param words the words of the text that it rests on, where there are such words
 * @param detail what fills the sentence of the rule (a term of a duty, a share of votes), empty where nothing does
 */
public record Evidence(String rule, @Nullable Span words, String detail) {
    public static Evidence of(String rule) {
        return new Evidence(rule, null, "");
    }

    public static Evidence of(String rule, Span words) {
        return new Evidence(rule, words, "");
    }
}
