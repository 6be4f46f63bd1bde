package org.luoshi.server.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.luoshi.reading.packs.PackFaultsException;

class PackReaderTest {
    @TempDir
    Path folder;

    @Test
    void readsTheDemoPack() throws IOException {
        Pack pack = PackReader.read(Path.of("../packs/demo"));
        assertThat(pack.place()).isEqualTo("青岚县");
        assertThat(pack.units()).hasSizeGreaterThan(100);
        assertThat(pack.people()).hasSizeGreaterThan(50);
        assertThat(pack.years().stream().flatMap(y -> y.days().stream()).toList())
                .anyMatch(day -> day.day().equals(LocalDate.of(2026, 10, 1)) && !day.working());
    }

    @Test
    void reportsEveryFaultOfEveryFileAtOnceWithItsLine() throws IOException {
        Files.writeString(folder.resolve("units.yaml"), """
                format: luoshi-units/1
                place: 青岚县
                units:
                  - {key: a, name: 甲局, short: 甲局, kind: department, parent: nobody, founded: "2001-01-01"}
                  - {key: a, name: 乙局, short: 乙局, kind: department, founded: "2001-13-01"}
                  - {key: c, name: 丙局, kind: department, founded: "2001-01-01", closed: "2000-01-01"}
                  - {key: d, name: 丁局, short: 丁局, kind: department, parent: e}
                  - {key: e, name: 戊局, short: 戊局, kind: department, parent: d}
                """);
        Files.writeString(folder.resolve("people.yaml"), """
                format: luoshi-people/1
                people:
                  - {login: x, name: 张某, posts: [{post: 局长, unit: zzz, roles: [king], from: "2020-01-01"}]}
                """);
        assertThatThrownBy(() -> PackReader.read(folder))
                .isInstanceOf(PackFaultsException.class)
                .hasMessageContaining("units.yaml:4:")
                .hasMessageContaining("nobody")
                .hasMessageContaining("units.yaml:5:")
                .hasMessageContaining("2001-13-01")
                .hasMessageContaining("units.yaml:6:")
                .hasMessageContaining("short")
                .hasMessageContaining("units.yaml:7:")
                .hasMessageContaining("above itself")
                .hasMessageContaining("people.yaml:3:")
                .hasMessageContaining("zzz")
                .hasMessageContaining("king")
                .hasMessageContaining("calendar.yaml");
    }

    @Test
    void saysWhereAFileIsNoYaml() throws IOException {
        Files.writeString(folder.resolve("units.yaml"), "units:\n  - {key: a\n");
        Files.writeString(folder.resolve("people.yaml"), "people: []\n");
        Files.writeString(folder.resolve("calendar.yaml"), "years: []\n");
        assertThatThrownBy(() -> PackReader.read(folder))
                .hasMessageContaining("units.yaml:")
                .hasMessageContaining("not YAML");
    }

    private void smallPack(String duties) throws IOException {
        Files.writeString(folder.resolve("units.yaml"), """
                format: luoshi-units/1
                place: 青岚县
                units:
                  - {key: a, name: 甲局, short: 甲局, kind: department, duties: [stars, education]}
                """);
        Files.writeString(folder.resolve("people.yaml"), "format: luoshi-people/1\npeople: []\n");
        Files.writeString(folder.resolve("calendar.yaml"), "format: luoshi-calendar/1\nyears: []\n");
        Files.writeString(folder.resolve("duties.yaml"), duties);
    }

    @Test
    void aDutyThatTheDutiesFileLacksIsAFaultOfItsUnit() throws IOException {
        smallPack("""
                format: luoshi-duties/1
                departments:
                  - {key: stars, name: 观星局, terms: {3: [观星台]}}
                """);
        assertThatThrownBy(() -> PackReader.read(folder))
                .isInstanceOf(PackFaultsException.class)
                .hasMessageStartingWith("1 fault:")
                .hasMessageContaining("units.yaml:4:")
                .hasMessageContaining("\"education\"");
    }

    @Test
    void aFaultOfTheDutiesFileIsToldOnce() throws IOException {
        smallPack("format: luoshi-duties/1\ndepartments:\n  - {key: stars, terms: {3: [观星台]}}\n");
        assertThatThrownBy(() -> PackReader.read(folder))
                .hasMessageStartingWith("1 fault:")
                .hasMessageContaining("duties.yaml:3:");
    }

    @Test
    void namesTheDutiesThatNoUnitAnswersFor() throws IOException {
        smallPack("""
                format: luoshi-duties/1
                departments:
                  - {key: stars, name: 观星局, terms: {3: [观星台]}}
                  - {key: tides, name: 潮汐局, terms: {3: [潮汐]}}
                """);
        assertThat(PackLoader.unanswered(folder, Set.of("stars"))).containsExactly("tides");
    }
}
