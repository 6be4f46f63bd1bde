package org.luoshi.server.meetings;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.luoshi.server.ServerTest;
import org.luoshi.server.database.HouseClock;
import org.luoshi.server.matters.Matter;
import org.luoshi.server.matters.Matters;
import org.luoshi.server.matters.Types;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** What tests of meetings share. */
abstract class MeetingTest extends ServerTest {
    static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");
    static final LocalDate TODAY = LocalDate.now(BEIJING);

    @Autowired
    protected MockMvc web;

    @Autowired
    protected Matters matters;

    @Autowired
    protected Types types;

    @Autowired
    protected HouseClock clock;

    @Autowired
    protected JdbcClient sql;

    @BeforeAll
    void loadTypes() {
        types.load();
    }

    protected String unit(String key) {
        return Long.toString(county.unit(key));
    }

    /** A target task that was handed down on a day. */
    protected Matter task(String title, String lead, LocalDate given, LocalDate due) {
        return Objects.requireNonNull(clock.at(
                given.atTime(9, 0).atZone(BEIJING).toInstant(), () -> {
                    long id = matters.create(
                            county.user("clerk"),
                            new Matters.Draft("target-task", Map.of("title", title)),
                            UUID.randomUUID().toString());
                    return act("clerk", id, "hand-down", "lead", unit(lead), "due", due.toString());
                }));
    }

    protected Matter act(String login, long matter, String move, String... inputs) {
        Map<String, String> typed = new HashMap<>();
        for (int i = 0; i < inputs.length; i += 2) {
            typed.put(inputs[i], inputs[i + 1]);
        }
        int version = sql.sql("select version from matter where id = :id")
                .param("id", matter)
                .query(Integer.class)
                .single();
        return matters.act(
                county.user(login),
                matter,
                new Matters.Asked(move, version, typed, List.of()),
                UUID.randomUUID().toString());
    }

    protected MockHttpServletResponse ask(String login, MockHttpServletRequestBuilder request) throws Exception {
        return web.perform(request.with(user(county.user(login))).with(csrf()))
                .andReturn()
                .getResponse();
    }

    protected String page(String login, String address) throws Exception {
        return text(ask(login, get(address)));
    }

    protected static String text(MockHttpServletResponse response) throws UnsupportedEncodingException {
        return response.getContentAsString(StandardCharsets.UTF_8);
    }

    /** Calls a meeting and answers with its address. */
    protected String begin(String title, String series, LocalDate day, String... units) throws Exception {
        MockHttpServletRequestBuilder request = post("/meetings")
                .param("title", title)
                .param("series", series)
                .param("day", day.toString())
                .param("hour", "09:00")
                .param("place", "县政府三楼会议室")
                .param("chair", "何维舟")
                .param("request", UUID.randomUUID().toString());
        for (String unit : units) {
            request.param("units", unit(unit));
        }
        return Objects.requireNonNull(ask("clerk", request).getRedirectedUrl());
    }

    protected void send(String login, String address, String... parameters) throws Exception {
        MockHttpServletRequestBuilder request = post(address);
        for (int i = 0; i < parameters.length; i += 2) {
            request.param(parameters[i], parameters[i + 1]);
        }
        int status = ask(login, request).getStatus();
        if (status != 302) {
            throw new AssertionError(address + " answers " + status);
        }
    }

    protected static long id(String address) {
        return Long.parseLong(address.replaceAll("\\D", ""));
    }

    /** The item of a meeting about a matter, or with a title. */
    protected long item(String meeting, String title) {
        return sql.sql("""
                        select i.id from agenda_item i left join matter m on m.id = i.matter
                        where i.meeting = :meeting and coalesce(m.title, i.title) = :title""")
                .param("meeting", id(meeting))
                .param("title", title)
                .query(Long.class)
                .single();
    }

    /** What a person sends from the room. */
    protected MockHttpServletRequestBuilder room(
            String meeting, long item, String act, int version, String base, String discussion, String request) {
        return post(meeting + "/items/" + item)
                .param("act", act)
                .param("version", Integer.toString(version))
                .param("base", base)
                .param("discussion", discussion)
                .param("request", request);
    }

    protected MockHttpServletResponse decide(String meeting, long item, String title, String lead, LocalDate due)
            throws Exception {
        return ask(
                "clerk",
                room(meeting, item, "decide", 1, "", "", UUID.randomUUID().toString())
                        .param("title", title)
                        .param("lead", unit(lead))
                        .param("due", due.toString()));
    }
}
