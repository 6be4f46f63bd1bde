package org.luoshi.server.web;

import java.text.MessageFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The words of one language, for templates: {@code words.t("review.accept")}. */
public final class Words {
    private final String language;
    private final Map<String, String> texts;
    private final Map<String, MessageFormat> formats = new ConcurrentHashMap<>();
    private final DateTimeFormatter day;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.of("Asia/Shanghai"));

    Words(String language, Map<String, String> texts) {
        this.language = language;
        this.texts = texts;
        this.day = DateTimeFormatter.ofPattern(t("shell.date-format"), locale());
    }

    /** {@code zh-CN} or {@code en}, for the lang attribute. */
    public String language() {
        return language;
    }

    public boolean has(String key) {
        return texts.containsKey(key);
    }

    /**
     * The text of a key, filled with arguments by {@link MessageFormat}.
     *
     * @return the key itself where no text exists, so that a page never breaks; a test finds such keys
     */
    public String t(String key, @Nullable Object... arguments) {
        String text = texts.get(key);
        if (text == null) {
            return key;
        }
        if (arguments.length == 0) {
            return text.indexOf('\'') < 0 ? text : text.replace("''", "'");
        }
        // A format is costly to parse, cheap to copy, and not safe to share.
        MessageFormat format = formats.computeIfAbsent(key, missing -> new MessageFormat(text, locale()));
        return ((MessageFormat) format.clone()).format(arguments);
    }

    /** 1月19日 周一, or Mon 19 Jan. */
    public String day(LocalDate day) {
        return this.day.format(day);
    }

    /** 2026-01-19 08:30, Beijing time. */
    public String time(Instant at) {
        return TIME.format(at);
    }

    private Locale locale() {
        return Locale.forLanguageTag(language);
    }
}
