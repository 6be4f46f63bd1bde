package org.luoshi.server.burden;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.luoshi.server.ServerTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.web.servlet.MockMvc;

/** What tests of burden share: pages asked for and forms sent as somebody. */
abstract class BurdenTest extends ServerTest {
    static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Shanghai"));
    static final String SOON = TODAY.plusDays(10).toString();
    static final String MONTH = Period.monthOf(TODAY).key();

    @Autowired
    MockMvc web;

    @Autowired
    JdbcClient sql;

    String unit(String key) {
        return Long.toString(county.unit(key));
    }

    MockHttpServletResponse ask(String login, String address) throws Exception {
        MockHttpServletResponse answer = web.perform(get(address).with(user(county.user(login))))
                .andReturn()
                .getResponse();
        answer.setCharacterEncoding("UTF-8");
        return answer;
    }

    String page(String login, String address) throws Exception {
        return ask(login, address).getContentAsString();
    }

    MockHttpServletResponse send(String login, String address, String... pairs) throws Exception {
        var form = post(address).with(user(county.user(login))).with(csrf());
        boolean keyed = false;
        for (int i = 0; i < pairs.length; i += 2) {
            form.param(pairs[i], pairs[i + 1]);
            keyed |= pairs[i].equals("request");
        }
        if (!keyed) {
            form.param("request", UUID.randomUUID().toString());
        }
        MockHttpServletResponse answer = web.perform(form).andReturn().getResponse();
        answer.setCharacterEncoding("UTF-8");
        return answer;
    }

    /** The number at the end of the address that an answer leads to. */
    static long id(MockHttpServletResponse answer) {
        String place = Objects.requireNonNull(
                answer.getRedirectedUrl(), () -> "no way on: " + answer.getStatus() + " " + wrong(answer));
        return Long.parseLong(place.replaceAll("\\?.*", "").replaceAll(".*/", ""));
    }

    private static String wrong(MockHttpServletResponse answer) {
        try {
            return answer.getContentAsString().replaceAll("(?s).*?<main", "<main");
        } catch (java.io.UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    <T> T as(String login, Supplier<T> work) {
        var user = county.user(login);
        SecurityContextHolder.getContext()
                .setAuthentication(
                        UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities()));
        try {
            return work.get();
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    long count(String query) {
        return sql.sql(query).query(Long.class).single();
    }
}
