package org.luoshi.server.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.luoshi.reading.Commitment.Proposal;
import org.luoshi.reading.SourceText;
import org.luoshi.reading.commitments.Theme;
import org.luoshi.reading.packs.PackFaultsException;

class LibraryReaderTest {
    private static final SourceText REPORT = new SourceText("报告.txt", """
            政府工作报告
            一、2025年工作回顾
            2025年，全县地区生产总值增长5.6%。
            二、2026年重点工作
            新建观星台3座，完成天文观测站改造2处。
            """);

    @TempDir
    Path pack;

    @Test
    void proposes_by_the_duties_and_themes_of_the_pack() throws IOException {
        Files.writeString(pack.resolve("duties.yaml"), """
                format: luoshi-duties/1
                departments:
                  - {key: stars, name: 观星局, theme: sky, terms: {3: [观星台, 天文]}}
                """);
        Files.writeString(pack.resolve("themes.yaml"), """
                format: luoshi-themes/1
                themes:
                  - {key: sky, name: 星空, en: Sky, terms: {3: [观星台, 天文]}}
                """);
        var reader = new LibraryReader(pack.toString());
        var commitments = reader.read(REPORT).commitments();
        assertThat(commitments).isNotEmpty().allSatisfy(commitment -> {
            assertThat(commitment.lead()).extracting(Proposal::department).containsExactly("stars");
            assertThat(commitment.theme().theme()).isEqualTo("sky");
        });
        assertThat(reader.version()).endsWith("+ duties.yaml + themes.yaml");
        var themes = new Taxonomy(reader);
        assertThat(themes.name("sky", "zh")).isEqualTo("星空");
        assertThat(themes.name("sky/none", "en")).isEqualTo("Sky");
        assertThat(themes.name("city", "zh")).as("none of this county's").isEqualTo("city");
        assertThat(themes.list()).extracting(Theme::name).containsExactly("星空");
    }

    @Test
    void uses_the_standard_files_where_the_pack_has_none() throws IOException {
        var reader = new LibraryReader(pack.toString());
        assertThat(reader.read(REPORT).commitments())
                .isEqualTo(new LibraryReader(null).read(REPORT).commitments());
        assertThat(reader.version()).doesNotContain("+");
    }

    @Test
    void tells_the_faults_of_both_files_with_their_lines() throws IOException {
        Files.writeString(pack.resolve("duties.yaml"), """
                format: luoshi-duties/1
                departments:
                  - {key: stars, name: 观星局, terms: {heavy: [观星台]}}
                """);
        Files.writeString(pack.resolve("themes.yaml"), """
                format: luoshi-themes/1
                themes:
                  - {key: sky, en: Sky}
                """);
        assertThatThrownBy(() -> new LibraryReader(pack.toString()))
                .isInstanceOf(PackFaultsException.class)
                .hasMessageContaining("duties.yaml:3:")
                .hasMessageContaining("themes.yaml:3:");
    }
}
