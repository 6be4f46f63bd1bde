package org.luoshi.server.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.luoshi.server.ServerTest;
import org.luoshi.server.matters.Types;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Entries of the register become target tasks. */
class HandDownIT extends ServerTest {
    private static final LocalDate SOON =
            LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(40);

    @Autowired
    MockMvc pages;

    @Autowired
    JdbcClient sql;

    @Autowired
    DataSource source;

    @Autowired
    Types types;

    @BeforeAll
    void fill() throws Exception {
        new InventedRegister(source).fill(6);
        types.load();
        sql.sql("update commitment set lead = :lead, due = :due, leader = null, what = what || id")
                .param("lead", county.unit("housing"))
                .param("due", SOON)
                .update();
        sql.sql("delete from commitment_joint").update();
    }

    private MockHttpServletResponse ask(String login, MockHttpServletRequestBuilder request) throws Exception {
        return pages.perform(request.with(user(county.user(login))).with(csrf()))
                .andReturn()
                .getResponse();
    }

    private List<String> states(long entry) {
        return sql.sql("select state from matter where commitment = :id")
                .param("id", entry)
                .query(String.class)
                .list();
    }

    private long entry(int n) {
        return sql.sql("select id from commitment order by id offset :n limit 1")
                .param("n", n)
                .query(Long.class)
                .single();
    }

    @Test
    void handsDownWhatIsCompleteAndNeverTwice() throws Exception {
        long entry = entry(0);
        sql.sql("delete from commitment_target where commitment = " + entry).update();
        sql.sql("""
                        insert into commitment_target (commitment, ordinal, indicator, op, value, unit, basis)
                        values (:entry, 1, '老旧小区', '>=', 31, '个', 'level')""").param("entry", entry).update();
        assertThat(ask("clerk", get("/register/" + entry)).getContentAsString(StandardCharsets.UTF_8))
                .contains("还没有交办", "/matters/from-register");
        assertThat(ask("clerk", get("/register")).getContentAsString(StandardCharsets.UTF_8))
                .contains("formaction=\"/matters/from-register\"");

        for (int i = 0; i < 2; i++) {
            assertThat(ask("clerk", post("/matters/from-register").param("id", "" + entry))
                            .getStatus())
                    .isEqualTo(200);
        }

        assertThat(states(entry)).containsExactly("given");
        var matter = sql.sql("select title, what, source, is_public, lead, due from matter where commitment = :id")
                .param("id", entry)
                .query()
                .singleRow();
        assertThat(matter.get("title"))
                .isEqualTo(sql.sql("select what from commitment where id = " + entry)
                        .query(String.class)
                        .single());
        assertThat(matter).containsEntry("is_public", false).containsEntry("lead", county.unit("housing"));
        assertThat(sql.sql("select (fields ->> 'target') || (fields ->> 'measure') from matter where commitment = "
                                + entry)
                        .query(String.class)
                        .single())
                .as("one amount to be reached is what progress is counted towards")
                .isEqualTo("31个");
        assertThat(ask("clerk", get("/register/" + entry)).getContentAsString(StandardCharsets.UTF_8))
                .contains("已交办")
                .doesNotContain("/matters/from-register");
        assertThat(ask("stranger", get("/register/" + entry)).getContentAsString(StandardCharsets.UTF_8))
                .as("the entry is everybody's, its matter is not")
                .contains("还没有交办");
    }

    @Test
    void aTaskGoesUnderTheLeaderOfTheDayItIsHandedDown() throws Exception {
        long before = county.person("前任副县长");
        long entry = entry(5);
        sql.sql("update commitment set leader = :before where id = :id")
                .param("before", before)
                .param("id", entry)
                .update();

        ask("clerk", post("/matters/from-register").param("id", "" + entry));

        assertThat(sql.sql("select p.name from matter m join person p on p.id = m.leader where m.commitment = :id")
                        .param("id", entry)
                        .query(String.class)
                        .single())
                .isEqualTo("何维舟");
        assertThat(sql.sql("select leader from commitment where id = :id")
                        .param("id", entry)
                        .query(Long.class)
                        .single())
                .as("the entry keeps the leader of its day")
                .isEqualTo(before);
    }

    @Test
    void makesADraftWhereSomethingIsMissingAndGoesOnWithTheOthers() throws Exception {
        long unled = entry(1);
        long late = entry(2);
        long whole = entry(3);
        sql.sql("update commitment set lead = null where id = " + unled).update();
        sql.sql("update commitment set due = date '2020-01-01' where id = " + late)
                .update();

        String said = ask(
                        "clerk",
                        post("/matters/from-register").param("id", "" + unled, "" + late, "999999", "" + whole))
                .getContentAsString(StandardCharsets.UTF_8);

        assertThat(said).contains("登记册里没有这一件");
        assertThat(states(unled)).containsExactly("drafted");
        assertThat(states(late)).containsExactly("drafted");
        assertThat(states(whole)).containsExactly("given");
    }

    @Test
    void isTheSupervisionOfficesAlone() throws Exception {
        long entry = entry(4);
        for (String login : List.of("handler", "stranger", "reader", "admin")) {
            assertThat(ask(login, post("/matters/from-register").param("id", "" + entry))
                            .getStatus())
                    .as(login)
                    .isEqualTo(403);
        }
        assertThat(states(entry)).isEmpty();
    }
}
