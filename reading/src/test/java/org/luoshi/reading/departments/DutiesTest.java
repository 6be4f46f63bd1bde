package org.luoshi.reading.departments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.luoshi.reading.packs.PackFault;
import org.luoshi.reading.packs.PackFaultsException;

class DutiesTest {
    private static Duties load(String yaml) throws IOException {
        return Duties.load("duties.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<PackFault> faults(String yaml) {
        return catchThrowableOfType(PackFaultsException.class, () -> load(yaml)).faults();
    }

    @Test
    void theStandardFileHasTheUsualDepartmentsOfACounty() {
        Duties duties = Duties.standard();
        assertThat(duties.all()).hasSizeBetween(45, 80);
        assertThat(duties.get("education").name()).isEqualTo("教育局");
        assertThat(duties.find("no-such")).isEmpty();
        assertThatThrownBy(() -> duties.get("no-such")).hasMessageContaining("no-such");
    }

    @Test
    void reportsEveryFaultAtOnceWithItsLine() {
        List<PackFault> faults = faults("""
                format: luoshi-duties/1
                departments:
                  - key: education
                    name: 教育局
                    terms: {3: [学校, 学校]}
                  - key: education
                    name: 教体局
                    colour: red
                    terms: {heavy: [体育]}
                  - key: Water
                    aliases: [水务局]
                """);
        assertThat(faults).extracting(PackFault::line).containsExactly(5, 6, 8, 9, 10, 10, 10);
        assertThat(faults.get(0).message()).contains("学校").contains("stands twice");
        assertThat(faults.get(1).message()).contains("education").contains("line 3");
        assertThat(faults.get(2).message()).contains("colour").contains("aliases, key, name, stems, terms, theme");
        assertThat(faults.get(3).message()).contains("heavy").contains("number above 0");
        assertThat(faults.subList(4, 7))
                .extracting(PackFault::message)
                .anyMatch(m -> m.contains("Water") && m.contains("small Latin letters"))
                .anyMatch(m -> m.contains("lacks \"name\""))
                .anyMatch(m -> m.contains("lacks \"terms\""));
    }

    @Test
    void refusesOneNameForTwoDepartments() {
        assertThat(faults("""
                format: luoshi-duties/1
                departments:
                  - key: roads
                    name: 交通局
                    terms: {3: [公路]}
                  - key: rails
                    name: 铁路办
                    aliases: [交通局]
                    terms: {3: [铁路]}
                """)).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isEqualTo(8);
            assertThat(fault.message()).contains("交通局").contains("roads");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[", "format: [", "- 1", "a: &x [*x]", "departments: 7\nformat: other", "\u0000"})
    void tellsWhatIsWrongWithAFileThatIsNone(String yaml) {
        assertThatThrownBy(() -> load(yaml))
                .isInstanceOf(PackFaultsException.class)
                .hasMessageContaining("duties.yaml:");
    }
}
