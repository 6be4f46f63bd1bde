package org.luoshi.server.documents;

import java.util.List;
import java.util.Optional;
import org.luoshi.reading.commitments.Theme;
import org.springframework.stereotype.Component;

/** The themes that commitments are filed under: the county's own where its pack holds a {@code themes.yaml}. */
@Component
public class Taxonomy {
    private final List<Theme> themes;

    Taxonomy(LibraryReader reader) {
        this.themes = reader.taxonomy().all();
    }

    public List<Theme> list() {
        return themes;
    }

    /**
     * The name of a theme.
     *
     * @param key {@code theme} or {@code theme/subtheme}; the finer level is named where the taxonomy has it
     * @return the key itself where the taxonomy no longer has it
     */
    public String name(String key, String language) {
        int slash = key.indexOf('/');
        Optional<Theme> theme = find(themes, slash < 0 ? key : key.substring(0, slash));
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
