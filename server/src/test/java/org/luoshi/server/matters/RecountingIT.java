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
import java.util.concurrent.CompletableFuture;
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
    Recounting recounting;

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

    private long handedDown(String title, LocalDate day) {
        return clock.at(day.atTime(9, 0).atZone(WorkingTime.BEIJING).toInstant(), () -> {
            long made = create("clerk", "target-task", Map.of("title", title));
            act("clerk", made, "hand-down", "lead", unit("housing"), "due", day.getYear() + "-12-20");
            return made;
        });
    }

    private int recounted(long id) {
        return sql.sql("select count(*) from journal where stream = :stream and act = 'matter.recounted'")
                .param("stream", "matter:" + id)
                .query(Integer.class)
                .single();
    }

    @Test
    void whatAServerLeftBehindIsCountedByTheNextLookAndOnce() throws Exception {
        String year = YEAR.replace("2028", "2034");
        long id = handedDown("修泵站", LocalDate.of(2034, 9, 28));
        assertThat(signBy(id)).isEqualTo(LocalDate.of(2034, 10, 2));
        // Not to be judged, so that counting fails after the year stands, as where the server ends between them.
        sql.sql("update matter set state = 'nowhere' where id = :id")
                .param("id", id)
                .update();
        load(year, status().is3xxRedirection());
        sql.sql("update matter set state = 'given' where id = :id")
                .param("id", id)
                .update();
        assertThat(recounted(id)).isZero();

        CompletableFuture.allOf(
                        CompletableFuture.runAsync(recounting::goOn), CompletableFuture.runAsync(recounting::goOn))
                .join();
        assertThat(signBy(id)).isEqualTo(LocalDate.of(2034, 10, 9));
        recounting.goOn();
        assertThat(recounted(id)).isOne();
    }

    @Test
    void aYearLoadedTwiceBeforeItWasCountedCountsByTheLast() throws Exception {
        long id = handedDown("修闸门", LocalDate.of(2035, 9, 27));
        assertThat(signBy(id)).isEqualTo(LocalDate.of(2035, 10, 1));
        sql.sql("update matter set state = 'nowhere' where id = :id")
                .param("id", id)
                .update();
        load(YEAR.replace("2028", "2035").replace("09-30", "09-28"), status().is3xxRedirection());
        load(
                YEAR.replace("2028", "2035").replace("09-30", "10-01").replace("10-08", "10-07"),
                status().is3xxRedirection());
        sql.sql("update matter set state = 'given' where id = :id")
                .param("id", id)
                .update();

        recounting.goOn();

        assertThat(signBy(id)).isEqualTo(LocalDate.of(2035, 10, 8));
    }

    @Test
    void aYearLoadedAnewLeavesTheDaysOfItsNeighboursAlone() throws Exception {
        String years = """
                format: luoshi-calendar/1
                years:
                  - year: 2037
                    source: 通知
                    holidays:
                      - {name: 国庆节, from: "2037-10-01", to: "2037-10-07"}
                    makeUpDays: ["2037-10-10"]
                """;
        String next = """
                format: luoshi-calendar/1
                years:
                  - year: 2038
                    source: 通知
                    holidays:
                      - {name: 元旦, from: "2037-12-31", to: "2038-01-03"}
                    makeUpDays: ["2037-12-27"]
                """;
        load(years, status().is3xxRedirection());
        load(next, status().is3xxRedirection());
        load(years.replace("10-10", "10-11"), status().is3xxRedirection());

        assertThat(calendars.listDays(2037))
                .extracting(Calendars.Day::day)
                .contains(LocalDate.of(2037, 10, 11), LocalDate.of(2037, 12, 27), LocalDate.of(2037, 12, 31))
                .doesNotContain(LocalDate.of(2037, 10, 10));
        load(next.replace("2037-12-27", "2038-01-09"), status().is3xxRedirection());
        assertThat(calendars.time().days().isWorking(LocalDate.of(2037, 12, 27)))
                .as("a Sunday that its notice no longer names")
                .isFalse();
        assertThat(calendars.time().days().isWorking(LocalDate.of(2037, 12, 31)))
                .isFalse();
        assertThat(calendars.time().days().isWorking(LocalDate.of(2037, 10, 11)))
                .isTrue();
    }
}
