package org.luoshi.reading.files;

import java.util.Locale;
import java.util.Map;

/**
 * A file that cannot be read, with what is wrong and what to do about it. Pages translate {@link #key()} and
 * {@link #details()}; {@link #sentence(Locale)} is the same for places without message files.
 */
public final class FileRefused extends Exception {

    /** What is wrong. */
    public enum Reason {
        /** The file has no bytes, or nothing but white space. */
        EMPTY("empty"),
        /** Details: size, limit (both in MB). */
        TOO_LARGE("too-large"),
        /** Text of more than the limit. Details: size, limit (both in MB). */
        TEXT_TOO_LONG("text-too-long"),
        /** Protected by a password. Details: format. */
        ENCRYPTED("encrypted"),
        /** Details: format, detail (where the reader stopped). */
        DAMAGED("damaged"),
        /** Unpacks to far more than a document does. Details: format, part. */
        BOMB("bomb"),
        /** Declares a document type or entities. Details: format, part. */
        ENTITIES("entities"),
        /** Carries macros. Details: format. */
        MACRO("macro"),
        /** Pages without any text, most likely scanned. Details: format, pages. */
        NO_TEXT("no-text"),
        /** Text whose fonts do not tell which characters they show. Details: format. */
        GARBLED("garbled"),
        /** Text in an encoding other than those known. */
        ENCODING("encoding"),
        /** A kind that is known and not read. Details: found (xlsx, rtf, picture …). */
        UNSUPPORTED("unsupported"),
        /** Content that is no document at all. Details: named (the extension). */
        NOT_A_DOCUMENT("not-a-document"),
        /** The file cannot be opened. Details: detail. */
        UNREADABLE("unreadable");

        private final String key;

        Reason(String key) {
            this.key = key;
        }

        /** Stable key, such as {@code no-text}. */
        public String key() {
            return key;
        }
    }

    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final String file;
    private final transient Map<String, String> details;

    /** A refusal that an application makes itself, such as {@link Reason#UNREADABLE}. */
    public FileRefused(String file, Reason reason, Map<String, String> details) {
        super(reason.key() + " " + details + ": " + file);
        this.reason = reason;
        this.file = file;
        this.details = Map.copyOf(details);
    }

    public Reason reason() {
        return reason;
    }

    /** Key for message files: {@code file.} and the reason's key. */
    public String key() {
        return "file." + reason.key();
    }

    /** The file's name without folders. */
    public String file() {
        return file;
    }

    /** What fills the sentence, by name; which names there are stands with each {@link Reason}. */
    public Map<String, String> details() {
        return details;
    }

    /** What is wrong, where and what to do: in Chinese for a Chinese locale, else in English. The file is not named. */
    public String sentence(Locale locale) {
        return Messages.sentence(key(), details, locale);
    }
}
