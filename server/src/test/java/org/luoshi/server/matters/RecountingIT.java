package org.luoshi.server.matters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.luoshi.server.calendar.Calendars;
import org.luoshi.server.calendar.Limit;
import org.luoshi.server.calendar.WorkingTime;
import org.luoshi.server.database.HouseClock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultMatcher;

/** Clocks that run when a year is loaded. */
class RecountingIT extends MatterTest {
    private static final String YEAR = """
            format: luoshi-calendar/1
            years:
              - year: 2028
                source: 通知
                holidays:
                  - {name: 国庆节, from: "2028-09-30", to: "2028-10-08"}
                makeUpDays: ["2028-10-14"]
            """;

    @Autowired
    HouseClock clock;

    @Autowired
    Calendars calendars;

    @Autowired
    JdbcClient sql;

    @Autowired
    MockMvc pages;

    private LocalDate signBy(long id) {
        return Limit.lastDay(
                Objects.requireNonNull(store.clocks(id).get("sign")).runsOut(), WorkingTime.BEIJING);
    }

    private void load(String yaml, ResultMatcher answer) throws Exception {
        pages.perform(multipart("/calendar")
                        .file(new MockMultipartFile(
                                "file", "calendar.yaml", "text/yaml", yaml.getBytes(StandardCharsets.UTF_8)))
                        .with(user(county.user("admin")))
                        .with(csrf()))
                .andExpect(answer);
    }

    @Test
    void aLoadedYearMovesTheClocksThatWereCountedOverItAndTheJournalSaysSo() throws Exception {
        LocalDate thursday = LocalDate.of(2028, 9, 28);
        long id = clock.at(thursday.atTime(9, 0).atZone(WorkingTime.BEIJING).toInstant(), () -> {
            long made = create("clerk", "target-task", Map.of("title", "修水库"));
            act("clerk", made, "hand-down", "lead", unit("housing"), "due", "2028-12-20");
            assertThat(Recounting.provisional(store.clocks(made).values(), thursday, calendars.time()))
                    .containsExactly(2028);
            return made;
        });
        assertThat(signBy(id)).isEqualTo(LocalDate.of(2028, 10, 2));

        // A fault in one year keeps the others out, too.
        load(YEAR + "  - {year: 2029, source: 通知, holidays: []}\n", status().isUnprocessableContent());
        assertThat(calendars.listYears()).extracting(Calendars.Year::year).doesNotContain(2028);

        load(YEAR, status().is3xxRedirection());

        assertThat(signBy(id)).isEqualTo(LocalDate.of(2028, 10, 9));
        assertThat(store.find(id).orElseThrow().due()).isEqualTo("2028-12-20");
        assertThat(sql.sql("""
                                select details ->> 'reason' from journal
                                where stream = :stream and act = 'matter.recounted'""")
                        .param("stream", "matter:" + id)
                        .query(String.class)
                        .list())
                .containsExactly("签收时限 2028-10-02 → 2028-10-09");
        assertThat(Recounting.provisional(store.clocks(id).values(), thursday, calendars.time()))
                .isEmpty();
    }
}
