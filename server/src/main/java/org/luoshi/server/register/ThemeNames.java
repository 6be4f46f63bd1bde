package org.luoshi.server.register;

import java.util.List;
import java.util.Optional;
import org.luoshi.reading.commitments.Theme;
import org.luoshi.reading.commitments.Themes;

/** Names of the themes' keys, by the taxonomy that the reader files commitments under. */
final class ThemeNames {
    private static final class Standard {
        static final List<Theme> THEMES = Themes.standard().all();
    }

    private ThemeNames() {}

    /**
     * The name of a theme.
     *
     * @param key {@code theme} or {@code theme/subtheme}; the finer level is named where the taxonomy has it
     * @return the key itself where the taxonomy no longer has it
     */
    static String name(String key, String language) {
        int slash = key.indexOf('/');
        Optional<Theme> theme = find(Standard.THEMES, slash < 0 ? key : key.substring(0, slash));
        Optional<Theme> sub =
                slash < 0 ? Optional.empty() : theme.flatMap(t -> find(t.sub(), key.substring(slash + 1)));
        return sub.or(() -> theme)
                .map(t -> language.startsWith("en") ? t.en() : t.name())
                .orElse(key);
    }

    private static Optional<Theme> find(List<Theme> themes, String key) {
        return themes.stream().filter(theme -> theme.key().equals(key)).findFirst();
    }
}
