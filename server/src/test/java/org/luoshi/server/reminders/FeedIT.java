package org.luoshi.server.reminders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.luoshi.server.ServerTest;
import org.luoshi.server.accounts.Acting;
import org.luoshi.server.matters.Matters;
import org.luoshi.server.matters.Types;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** The calendar that a person's programs fetch. */
class FeedIT extends ServerTest {
    @Autowired
    private MockMvc web;

    @Autowired
    private Matters matters;

    @Autowired
    private Types types;

    @Autowired
    private JdbcClient sql;

    private final LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
    private long matter;

    @BeforeAll
    void give() {
        types.load();
        matter = give("翻修三号桥，加固；护栏\\一期\n二期", "housing", 20);
        give("教育系统内部事项", "education", 30);
        sql.sql("""
                        insert into milestone (matter, ordinal, name, baseline, planned)
                        values (:matter, 1, '打桩', :day, :day)""").param("matter", matter).param("day", today.plusDays(9)).update();
    }

    private long give(String title, String unit, int days) {
        return Acting.as(
                county.user("clerk"),
                () -> matters.create(
                        county.user("clerk"),
                        new Matters.Draft(
                                "to-do",
                                Map.of(
                                        "title",
                                        title,
                                        "lead",
                                        Long.toString(county.unit(unit)),
                                        "due",
                                        today.plusDays(days).toString())),
                        UUID.randomUUID().toString()));
    }

    private String secret(String login) throws Exception {
        String page = web.perform(
                        post("/me/feed").with(user(county.user(login))).with(csrf()))
                .andReturn()
                .getResponse()
                .getContentAsString();
        Matcher found = Pattern.compile("https://luoshi\\.test(/calendar/feed/[A-Za-z0-9_-]{43}\\.ics)")
                .matcher(page);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private MockHttpServletResponse fetch(String path, String... headers) throws Exception {
        var request = get(path).with(r -> {
            r.setRemoteAddr("192.0.2.1");
            return r;
        });
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return web.perform(request).andReturn().getResponse();
    }

    private static String text(MockHttpServletResponse answer) throws Exception {
        return answer.getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void showsWhatTheUnitIsToDoAndNothingElse() throws Exception {
        String path = secret("handler");
        MockHttpServletResponse answer = fetch(path);
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getContentType()).startsWith("text/calendar");
        assertThat(answer.getCookies()).isEmpty();
        String text = text(answer);
        assertThat(text.split("\r\n"))
                .allSatisfy(line -> assertThat(line.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                        .isLessThanOrEqualTo(75));
        assertThat(text.replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");

        ICalendar calendar = Biweekly.parse(text).first();
        assertThat(calendar.validate(biweekly.ICalVersion.V2_0).isEmpty()).isTrue();
        List<VEvent> events = calendar.getEvents();
        assertThat(events)
                .extracting(e -> e.getUid().getValue())
                .doesNotHaveDuplicates()
                .allMatch(uid -> uid.matches("(matter-" + matter + "-(wait|due)|milestone-\\d+)@luoshi"));
        assertThat(events).anySatisfy(e -> {
            assertThat(e.getSummary().getValue()).contains("翻修三号桥，加固；护栏\\一期");
            assertThat(e.getDateStart().getValue().hasTime()).isFalse();
            assertThat(LocalDate.of(
                            e.getDateStart().getValue().getRawComponents().getYear(),
                            e.getDateStart().getValue().getRawComponents().getMonth(),
                            e.getDateStart().getValue().getRawComponents().getDate()))
                    .isEqualTo(today.plusDays(20));
            assertThat(e.getUrl().getValue()).isEqualTo("https://luoshi.test/matters/" + matter);
        });
        assertThat(events).anySatisfy(e -> assertThat(e.getSummary().getValue()).contains("打桩"));
        assertThat(text).doesNotContain("教育系统内部事项");
        assertThat(text(fetch(secret("stranger")))).contains("BEGIN:VEVENT").doesNotContain("三号桥");
    }

    @Test
    void anUnchangedCalendarIsNotSentAgain() throws Exception {
        String path = secret("head");
        String tag = Objects.requireNonNull(fetch(path).getHeader("ETag"));
        assertThat(fetch(path, "If-None-Match", tag).getStatus()).isEqualTo(304);
        sql.sql("update milestone set planned = planned + 1").update();
        assertThat(fetch(path, "If-None-Match", tag).getStatus()).isEqualTo(200);
    }

    @Test
    void aWithdrawnARenewedAndAWrongSecretOpenNothing() throws Exception {
        String first = secret("mover");
        String second = secret("mover");
        assertThat(fetch(first).getStatus()).isEqualTo(404);
        assertThat(fetch(second).getStatus()).isEqualTo(200);
        assertThat(sql.sql("select secret from feed where account = :a")
                        .param("a", county.user("mover").account())
                        .query(String.class)
                        .single())
                .as("only the hash is kept")
                .hasSize(64)
                .doesNotContain(second.substring(15, 40));
        String page = web.perform(get("/me/notices").with(user(county.user("mover"))))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(page).contains("最近一次读取").doesNotContain(second.substring(15, 40));
        web.perform(post("/me/feed/withdraw").with(user(county.user("mover"))).with(csrf()));
        assertThat(fetch(second).getStatus()).isEqualTo(404);
    }

    @Test
    void aClosedAccountHasNoCalendarAndAMovedOneThatOfItsUnit() throws Exception {
        String path = secret("town");
        assertThat(text(fetch(path))).doesNotContain("三号桥");
        sql.sql("update account set unit = :unit where login = 'town'")
                .param("unit", county.unit("housing"))
                .update();
        assertThat(text(fetch(path))).contains("三号桥");
        sql.sql("update account set active = false where login = 'town'").update();
        assertThat(fetch(path).getStatus()).isEqualTo(404);
    }

    @Test
    void whoGuessesIsHeldOff() throws Exception {
        for (int i = 0; i < FeedPages.WRONG_MOST; i++) {
            assertThat(guess("198.51.100.6", i)).isEqualTo(404);
        }
        assertThat(guess("198.51.100.6", 99)).isEqualTo(429);
    }

    private int guess(String from, int i) throws Exception {
        return web.perform(get("/calendar/feed/guess" + i + ".ics").with(r -> {
                    r.setRemoteAddr(from);
                    return r;
                }))
                .andReturn()
                .getResponse()
                .getStatus();
    }

    @Test
    void whoGuessesDoesNotCloseTheCalendarsBehindHisAddress() throws Exception {
        String path = secret("reader");
        for (int i = 0; i <= FeedPages.WRONG_MOST; i++) {
            guess("198.51.100.7", i);
        }
        assertThat(guess("198.51.100.7", 99)).isEqualTo(429);
        int good = web.perform(get(path).with(r -> {
                    r.setRemoteAddr("198.51.100.7");
                    return r;
                }))
                .andReturn()
                .getResponse()
                .getStatus();
        assertThat(good).isEqualTo(200);
    }
}
