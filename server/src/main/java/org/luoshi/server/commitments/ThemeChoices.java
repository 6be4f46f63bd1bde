package org.luoshi.server.commitments;

import java.util.List;
import java.util.stream.Stream;
import org.luoshi.reading.commitments.Theme;
import org.luoshi.server.web.Words;

/** The themes that a commitment can be filed under, as the form offers them. */
public final class ThemeChoices {
    private ThemeChoices() {}

    /** A theme with the finer ones below it; values are {@code theme/subtheme}, {@code theme/} for the theme alone. */
    public record Group(String name, List<Choice> choices) {}

    public record Choice(String value, String name) {}

    public static List<Group> list(List<Theme> themes, Words words) {
        return themes.stream()
                .map(theme -> new Group(name(theme, words), choices(theme, words)))
                .toList();
    }

    private static List<Choice> choices(Theme theme, Words words) {
        Stream<Choice> alone =
                Stream.of(new Choice(theme.key() + "/", words.t("review.theme.alone", name(theme, words))));
        return Stream.concat(
                        alone,
                        theme.sub().stream().map(sub -> new Choice(theme.key() + "/" + sub.key(), name(sub, words))))
                .toList();
    }

    private static String name(Theme theme, Words words) {
        return words.language().startsWith("en") ? theme.en() : theme.name();
    }
}
