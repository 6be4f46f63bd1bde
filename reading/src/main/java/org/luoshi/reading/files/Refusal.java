package org.luoshi.reading.files;

import java.util.HashMap;
import java.util.Map;

/**
 * Why a reader of one format stopped. {@link SourceFiles} adds the file's name and the format and makes a
 * {@link FileRefused} of it.
 */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    final FileRefused.Reason reason;
    private final transient Map<String, String> details;

    private Refusal(FileRefused.Reason reason, Map<String, String> details) {
        super(reason.key() + " " + details, null, false, false);
        this.reason = reason;
        this.details = details;
    }

    static Refusal of(FileRefused.Reason reason) {
        return new Refusal(reason, Map.of());
    }

    static Refusal of(FileRefused.Reason reason, String name, String value) {
        return new Refusal(reason, Map.of(name, value));
    }

    static Refusal tooLong(FileRefused.Reason reason, long size, long limit) {
        return new Refusal(
                reason,
                Map.of("size", Long.toString((size + (1 << 20) - 1) >> 20), "limit", Long.toString(limit >> 20)));
    }

    /** What was damaged, by a key under {@code term.} in the message files. */
    static Refusal damaged(String detail) {
        return of(FileRefused.Reason.DAMAGED, "detail", detail);
    }

    FileRefused in(String file, String format) {
        Map<String, String> all = new HashMap<>(details);
        all.putIfAbsent("format", format);
        return new FileRefused(file, reason, all);
    }
}
