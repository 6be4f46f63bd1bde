package org.luoshi.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestBuilders.formLogin;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.response.SecurityMockMvcResultMatchers.authenticated;
import static org.springframework.security.test.web.servlet.response.SecurityMockMvcResultMatchers.unauthenticated;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import jakarta.servlet.http.Cookie;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.luoshi.server.ServerTest;
import org.luoshi.server.TestCounty;
import org.luoshi.server.audit.Actor;
import org.luoshi.server.audit.Journal;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

class LogInIT extends ServerTest {
    @Autowired
    MockMvc pages;

    @Autowired
    Accounts accounts;

    @Autowired
    Journal journal;

    @Autowired
    JdbcClient sql;

    @Test
    void letsInWithTheRightPasswordAndNotesIt() throws Exception {
        pages.perform(formLogin().user("reader").password(TestCounty.PASSWORD)).andExpect(authenticated());
        assertThat(journal.listEntries("account:" + county.user("reader").account(), 5))
                .extracting(Journal.Entry::act)
                .contains("account.log-in");
    }

    @Test
    void locksAfterFiveWrongPasswordsAndUnlocks() throws Exception {
        for (int i = 0; i < Accounts.FAILURES_TO_LOCK - 1; i++) {
            pages.perform(formLogin().user("handler").password("wrong")).andExpect(redirectedUrl("/login?wrong"));
        }
        pages.perform(formLogin().user("handler").password("wrong")).andExpect(redirectedUrl("/login?locked"));
        pages.perform(formLogin().user("handler").password(TestCounty.PASSWORD))
                .andExpect(unauthenticated())
                .andExpect(redirectedUrl("/login?locked"));
        accounts.unlock(Actor.SYSTEM, county.user("handler").account());
        pages.perform(formLogin().user("handler").password(TestCounty.PASSWORD)).andExpect(authenticated());
    }

    @Test
    void answersAnUnknownNameLikeAWrongPassword() throws Exception {
        pages.perform(formLogin().user("nobody").password("x")).andExpect(redirectedUrl("/login?wrong"));
    }

    @Test
    void keepsADisabledAccountOut() throws Exception {
        accounts.setActive(Actor.SYSTEM, county.user("second").account(), false);
        pages.perform(formLogin().user("second").password(TestCounty.PASSWORD)).andExpect(unauthenticated());
        accounts.setActive(Actor.SYSTEM, county.user("second").account(), true);
    }

    @Test
    void refusesAFormWithoutItsToken() throws Exception {
        pages.perform(post("/me/settings").with(user(county.user("reader"))).param("language", "en"))
                .andExpect(status().isForbidden());
    }

    @Test
    void sendsAPolicyThatAllowsNoInlineScript() throws Exception {
        pages.perform(get("/login"))
                .andExpect(header().string("Content-Security-Policy", containsString("script-src 'self'")))
                .andExpect(header().string("Content-Security-Policy", not(containsString("unsafe"))))
                .andExpect(content().string(not(containsString("style=\""))))
                .andExpect(content().string(not(containsString("onclick"))));
    }

    @ParameterizedTest
    @CsvSource({
        "admin,   GET,  /accounts,           200",
        "clerk,   GET,  /accounts,           403",
        "reader,  GET,  /accounts,           403",
        "handler, GET,  /units,              200",
        "handler, POST, /units/1/close,      403",
        "clerk,   POST, /units/1/close,      403",
        "clerk,   GET,  /documents,          200",
        "handler, GET,  /documents,          403",
        "reader,  GET,  /documents,          403",
        "admin,   GET,  /documents,          403",
        "reader,  GET,  /register,           200",
        "reader,  POST, /documents,          403",
        "handler, POST, /documents/1/accept, 403",
        "reader,  POST, /anything,           403",
        "reader,  GET,  /api/documents,      403",
    })
    void rightsFollowTheRole(String login, String method, String path, int expected) throws Exception {
        var request = "GET".equals(method) ? get(path) : post(path).with(csrf());
        pages.perform(request.with(user(county.user(login)))).andExpect(status().is(expected));
    }

    @ParameterizedTest
    @CsvSource({"/register", "/documents", "/units", "/accounts", "/me"})
    void sendsAStrangerToTheLogIn(String path) throws Exception {
        pages.perform(get(path)).andExpect(status().is3xxRedirection()).andExpect(redirectedUrl("/login"));
    }

    @Test
    void tellsAProgramWithoutAccountSo() throws Exception {
        pages.perform(get("/api/register")).andExpect(status().isUnauthorized());
        pages.perform(get("/api/register").with(httpBasic("reader", "wrong"))).andExpect(status().isUnauthorized());
        pages.perform(get("/api/register").with(httpBasic("reader", TestCounty.PASSWORD)))
                .andExpect(status().isOk());
    }

    @Test
    void changesAPasswordOnlyWithTheOldOne() throws Exception {
        User reader = county.user("reader");
        assertThat(accounts.changePassword(reader, "wrong", "another-2026")).isFalse();
        assertThat(accounts.changePassword(reader, TestCounty.PASSWORD, "another-2026"))
                .isTrue();
        pages.perform(formLogin().user("reader").password("another-2026")).andExpect(authenticated());
        assertThat(accounts.changePassword(reader, "another-2026", TestCounty.PASSWORD))
                .isTrue();
    }

    @Test
    void answersInTheLanguageThatThePersonChose() throws Exception {
        pages.perform(post("/me/settings")
                        .with(user(county.user("admin")))
                        .with(csrf())
                        .param("language", "en")
                        .param("theme", "")
                        .param("density", ""))
                .andExpect(redirectedUrl("/me?done=accounts.me.saved"));
        pages.perform(get("/units").with(user(county.user("admin"))))
                .andExpect(content().string(containsString("lang=\"en\"")));
    }

    @Test
    void aChangedRightHoldsAtTheNextPageOfAnOpenSession() throws Exception {
        Cookie session =
                Objects.requireNonNull(pages.perform(formLogin().user("handler").password(TestCounty.PASSWORD))
                        .andReturn()
                        .getResponse()
                        .getCookie("luoshi"));
        long account = county.user("handler").account();
        pages.perform(get("/documents").cookie(session)).andExpect(status().isForbidden());
        sql.sql("insert into account_role (account, role) values (:account, 'supervision')")
                .param("account", account)
                .update();
        pages.perform(get("/documents").cookie(session)).andExpect(status().isOk());
        sql.sql("delete from account_role where account = :account and role = 'supervision'")
                .param("account", account)
                .update();
        pages.perform(get("/documents").cookie(session)).andExpect(status().isForbidden());
        sql.sql("update account set active = false where id = :account")
                .param("account", account)
                .update();
        pages.perform(get("/register").cookie(session)).andExpect(redirectedUrl("/login"));
        sql.sql("update account set active = true where id = :account")
                .param("account", account)
                .update();
        pages.perform(get("/register").cookie(session)).andExpect(redirectedUrl("/login"));
    }

    @Test
    void aPageThatIsOnlyReadWritesNoSession() throws Exception {
        Cookie session =
                Objects.requireNonNull(pages.perform(formLogin().user("reader").password(TestCounty.PASSWORD))
                        .andReturn()
                        .getResponse()
                        .getCookie("luoshi"));
        pages.perform(get("/units").cookie(session)).andExpect(status().isOk());
        String before = written();
        pages.perform(get("/units").cookie(session)).andExpect(status().isOk());
        assertThat(written()).isEqualTo(before);
        sql.sql("update spring_session set last_access_time = last_access_time - 61000")
                .update();
        pages.perform(get("/units").cookie(session)).andExpect(status().isOk());
        assertThat(written()).isNotEqualTo(before);
    }

    /** The transactions that wrote the sessions last. */
    private String written() {
        return sql.sql("select string_agg(xmin::text || session_id, ',' order by session_id) from spring_session")
                .query(String.class)
                .single();
    }
}
