package org.luoshi.server.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.luoshi.reading.packs.PackFaultsException;

class CalendarFileTest {
    private static List<CalendarFile.Loaded> read(String years) throws IOException {
        return CalendarFile.read(
                "calendar.yaml",
                new ByteArrayInputStream(
                        ("format: luoshi-calendar/1\nyears:\n" + years).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void readsTheYearsOfTheHouse() throws IOException {
        try (InputStream in = Files.newInputStream(Path.of("..", "packs", "standard", "calendar.yaml"))) {
            assertThat(CalendarFile.read("calendar.yaml", in)).hasSizeGreaterThan(3);
        }
    }

    @Test
    void refusesAYearWithoutHolidays() {
        assertThatThrownBy(() -> read("  - {year: 2028, source: x, holidays: []}\n"))
                .isInstanceOf(PackFaultsException.class)
                .hasMessageContaining("The year 2028 has no holidays");
        assertThatThrownBy(() -> read("  - {year: 2028, source: x}\n")).hasMessageContaining("has no holidays");
    }

    @Test
    void refusesDaysOfAnotherYearMakeUpDaysInTheWeekAndAYearSaidTwice() {
        String right =
                "  - {year: 2028, source: x, holidays: [{name: 元旦, from: \"2027-12-31\", to: \"2028-01-02\"}]}\n";
        assertThatThrownBy(() -> read(right + right
                        + "  - {year: 2029, source: x, holidays: [{name: 国庆节, from: \"2028-10-01\", to: \"2028-10-07\"}],"
                        + " makeUpDays: [\"2028-09-30\", \"2029-10-10\"]}\n"))
                .isInstanceOfSatisfying(
                        PackFaultsException.class,
                        e -> assertThat(e.faults())
                                .extracting(Object::toString)
                                .anySatisfy(f -> assertThat(f).contains("The year 2028 stands in the file twice"))
                                .anySatisfy(
                                        f -> assertThat(f).contains("国庆节 from 2028-10-01 to 2028-10-07 is not in 2029"))
                                .anySatisfy(f -> assertThat(f).contains("2028-09-30 is not in 2029"))
                                .anySatisfy(f -> assertThat(f).contains("2029-10-10 is no Saturday or Sunday"))
                                .hasSize(4));
    }
}
