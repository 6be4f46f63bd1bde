package org.luoshi.reading.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The sentences of this package in two languages; {@code {name}} stands for a detail. */
final class Messages {
    private static final Properties CHINESE = load("messages_zh.properties");
    private static final Properties ENGLISH = load("messages_en.properties");

    private Messages() {}

    static String sentence(String key, Map<String, String> details, Locale locale) {
        Properties words = locale.getLanguage().equals("zh") ? CHINESE : ENGLISH;
        String sentence = words.getProperty(key, key);
        for (Map.Entry<String, String> detail : details.entrySet()) {
            @Nullable
            String term = detail.getKey().equals("named") ? null : words.getProperty("term." + detail.getValue());
            sentence = sentence.replace("{" + detail.getKey() + "}", term == null ? detail.getValue() : term);
        }
        return sentence;
    }

    private static Properties load(String resource) {
        Properties properties = new Properties();
        try (InputStream in = Messages.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The resource " + resource + " is missing from the jar");
            }
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
