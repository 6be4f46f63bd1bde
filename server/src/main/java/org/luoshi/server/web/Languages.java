package org.luoshi.server.web;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** All message files of all modules: {@code messages/MODULE.zh.properties} and {@code messages/MODULE.en.properties}. */
@Component
public class Languages {
    private final Words chinese;
    private final Words english;

    Languages() {
        chinese = new Words("zh-CN", load("zh"));
        english = new Words("en", load("en"));
    }

    private static Map<String, String> load(String language) {
        Map<String, String> texts = new TreeMap<>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:messages/*." + language + ".properties")) {
                Properties properties = new Properties();
                try (InputStreamReader reader = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
                    properties.load(reader);
                }
                properties.forEach((key, text) -> {
                    if (texts.put((String) key, (String) text) != null) {
                        throw new IllegalStateException("Two message files of " + language + " hold the key " + key);
                    }
                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    /** Chinese, unless English is asked for. */
    public Words words(@Nullable String tag) {
        return tag != null && tag.startsWith("en") ? english : chinese;
    }
}
