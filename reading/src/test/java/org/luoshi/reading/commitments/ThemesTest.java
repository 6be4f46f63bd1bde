package org.luoshi.reading.commitments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.luoshi.reading.Span;
import org.luoshi.reading.departments.Duties;
import org.luoshi.reading.departments.Duty;
import org.luoshi.reading.packs.PackFault;
import org.luoshi.reading.packs.PackFaultsException;

class ThemesTest {
    @Test
    void everyThemeOfTheStandardDutiesIsInTheStandardThemes() {
        Themes themes = Themes.standard();
        assertThat(Duties.standard().all())
                .extracting(Duty::theme)
                .allSatisfy(theme -> assertThat(themes.find(theme)).as(theme).isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "新增规上工业企业15家, economy, industry",
        "改造老旧小区12个, city, building",
        "新建幼儿园两所, livelihood, education",
        "建成高标准农田3万亩, rural, farming",
        "开展燃气安全和消防隐患排查, safety, work-safety",
        "坚持过紧日子，压减三公经费, party-government, conduct"
    })
    void filesWordsUnderATheme(String words, String theme, String sub) {
        var finder = new ThemeFinder(Themes.standard());
        var choice = finder.find(words, new Span(0, words.length()), finder.heading(""), "");
        assertThat(choice.theme()).isEqualTo(theme);
        assertThat(choice.sub()).isEqualTo(sub);
        assertThat(choice.confidence()).isBetween(0.3, 1.0);
        assertThat(choice.evidence().rule()).isEqualTo("theme.term");
    }

    @Test
    void reportsFaultsWithLines() {
        String yaml = """
                format: luoshi-themes/1
                themes:
                  - key: a
                    name: 甲
                    en: A
                    sub:
                      - key: b
                        name: 乙
                        sub: []
                  - key: a
                    name: 丙
                    en: C
                """;
        var thrown = catchThrowableOfType(
                PackFaultsException.class,
                () -> Themes.load("themes.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))));
        assertThat(thrown.faults()).extracting(PackFault::line).containsExactly(7, 9, 10);
    }
}
