package org.luoshi.bench;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a figure must be. Null limits hold nothing.
 *
 * @param atLeast the smallest value that passes
 * @param atMost the largest value that passes
 * @param ratioAtLeast the smallest ratio to the compared figure that passes
 * @param ratioAtMost the largest ratio to the compared figure that passes
 */
record Bar(
        @Nullable Double atLeast,
        @Nullable Double atMost,
        @Nullable Double ratioAtLeast,
        @Nullable Double ratioAtMost) {

    /** For a figure that only informs. */
    static final Bar NONE = new Bar(null, null, null, null);

    static Bar atLeast(double value) {
        return new Bar(value, null, null, null);
    }

    static Bar atMost(double value) {
        return new Bar(null, value, null, null);
    }

    Bar andRatioAtLeast(double ratio) {
        return new Bar(atLeast, atMost, ratio, ratioAtMost);
    }

    boolean holds(double value, @Nullable Double ratio) {
        return (atLeast == null || value >= atLeast)
                && (atMost == null || value <= atMost)
                && (ratioAtLeast == null || (ratio != null && ratio >= ratioAtLeast))
                && (ratioAtMost == null || (ratio != null && ratio <= ratioAtMost));
    }

    String words(@Nullable String with) {
        StringBuilder words = new StringBuilder();
        append(words, "≥ %s", atLeast);
        append(words, "≤ %s", atMost);
        append(words, "≥ %s × " + with, ratioAtLeast);
        append(words, "≤ %s × " + with, ratioAtMost);
        return words.toString();
    }

    private static void append(StringBuilder words, String form, @Nullable Double limit) {
        if (limit != null) {
            String figure = limit == Math.rint(limit)
                    ? Long.toString(Math.round(limit))
                    : String.format(Locale.ROOT, "%s", limit);
            words.append(words.isEmpty() ? "" : ", ").append(form.replace("%s", figure));
        }
    }
}
