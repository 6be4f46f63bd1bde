package org.luoshi.server.documents;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.files.FileNote;
import org.luoshi.reading.files.FileRefused;

/**
 * A document without its text.
 *
 * @param refusal why it could not be read, null unless it failed
 * @param format what its content was found to be, such as {@code docx}; null before it is read
 * @param progress of the reading, per cent
 * @param taskYear the year that its tasks are planned for, null where it does not tell
 */
public record Document(
        long id,
        String title,
        String fileName,
        @Nullable String format,
        String sha256,
        long bytes,
        State state,
        int progress,
        @Nullable Refusal refusal,
        List<FileNote> notes,
        @Nullable Integer taskYear,
        String uploadedBy,
        Instant uploadedAt,
        @Nullable Instant readAt) {

    /** Where a document is on its way from file to text. */
    public enum State {
        WAITING,
        READING,
        READ,
        FAILED;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }

        public boolean isBusy() {
            return this == WAITING || this == READING;
        }
    }

    /** Why a file could not be read. */
    public record Refusal(String key, java.util.Map<String, String> details) {
        /** One sentence for the person who uploaded the file. */
        public String sentence(Locale locale) {
            for (FileRefused.Reason reason : FileRefused.Reason.values()) {
                if (key.equals("file." + reason.key())) {
                    return new FileRefused("", reason, details).sentence(locale);
                }
            }
            return key;
        }

        /** Whether the program failed rather than the file; the detail {@code number} leads to the log. */
        public boolean isFault() {
            return key.equals(FAULT);
        }

        static final String FAULT = "documents.fault";
    }
}
