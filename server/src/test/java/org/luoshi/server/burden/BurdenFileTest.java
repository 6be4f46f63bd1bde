package org.luoshi.server.burden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.luoshi.reading.packs.PackFault;
import org.luoshi.reading.packs.PackFaultsException;

class BurdenFileTest {
    private static BurdenFile read(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return BurdenFile.read(path.toString(), in);
        }
    }

    @Test
    void readsTheRulesAndTheDemoCounty() throws IOException {
        BurdenFile standard = read(Path.of("../packs/standard/burden.yaml"));
        assertThat(standard.minutes()).containsKeys("number", "text", "date", "file", "progress", "notice");
        assertThat(standard.apart()).isEqualTo(5);
        assertThat(standard.most()).isEqualTo(6);
        BurdenFile demo = read(Path.of("../packs/demo/burden.yaml"));
        assertThat(demo.requests()).extracting(BurdenFile.Sending::decision).contains("refused", "rest", "overrule");
        assertThat(demo.visits()).extracting(BurdenFile.Visit::despite).anyMatch(text -> !text.isEmpty());
    }

    @Test
    void tellsEveryFaultWithItsLine() {
        String text = """
                format: luoshi-burden/1
                minutes:
                  number: none
                  colour: 3
                inspections: {apart: 99}
                requests:
                  - at: "yesterday"
                    by: someone
                    title: 台账
                    basis: 依据
                    period: "2026-13"
                    due: "2026-11-31"
                visits:
                  - {at: "2026-02-24T09:30", by: someone, title: 检查, from: "2026-03-16", to: "2026-03-18", basis: 计划, kind: party, people: 5}
                """;
        PackFaultsException faults = catchThrowableOfType(
                PackFaultsException.class,
                () -> BurdenFile.read("burden.yaml", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
        assertThat(faults.faults()).extracting(PackFault::line).containsExactly(3, 4, 5, 7, 7, 7, 14);
        assertThat(faults.getMessage()).contains("2026-Q3", "\"2026-11-31\" is no day", "survey");
    }

    @ParameterizedTest
    @CsvSource({
        "危房 户数：, 危房户数, true",
        "ＧＤＰ, gdp, true",
        "危房户数, 危房人数, false",
    })
    void namesAreTheSameWithoutSpacesSignsWidthAndCase(String one, String other, boolean same) {
        assertThat(FieldNames.plain(one).equals(FieldNames.plain(other))).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({
        "本镇养老院数量, 养老院数, true",
        "农村危房改造户数, 农村危房改造, true",
        "新增城镇就业人数, 城镇新增就业人数, true",
        "60岁以上老人数, 65岁以上老人数, false",
        "春耕面积, 幼儿园数, false",
    })
    void namesAreAlikeInTheirCoreAndDigits(String one, String other, boolean alike) {
        assertThat(FieldNames.areAlike(FieldNames.plain(one), FieldNames.plain(other)))
                .isEqualTo(alike);
        assertThat(FieldNames.areAlike(FieldNames.plain(other), FieldNames.plain(one)))
                .isEqualTo(alike);
    }
}
