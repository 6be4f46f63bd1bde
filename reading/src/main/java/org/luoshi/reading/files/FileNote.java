package org.luoshi.reading.files;

import java.util.Locale;
import java.util.Map;

/**
 * Something a person should know of a file that was read all the same.
 *
 * @param key stable key for message files: {@code note.type-differs} (named, found), {@code note.traditional},
 *     {@code note.broken-characters} (count), {@code note.encoding} (encoding)
 * @param details what fills the sentence, by name
 */
public record FileNote(String key, Map<String, String> details) {
    public FileNote {
        details = Map.copyOf(details);
    }

    /** In Chinese for a Chinese locale, else in English. */
    public String sentence(Locale locale) {
        return Messages.sentence(key, details, locale);
    }
}
