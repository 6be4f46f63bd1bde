package org.luoshi.server.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.luoshi.server.ServerTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RegisterPageIT extends ServerTest {
    private static final int ENTRIES = 240;

    @Autowired
    MockMvc pages;

    @Autowired
    JdbcClient sql;

    @Autowired
    DataSource source;

    @Autowired
    JsonMapper json;

    @BeforeAll
    void nothingYet() throws Exception {
        assertThat(body("reader", get("/register"))).contains("登记册还是空的").doesNotContain("去读一份报告");
        assertThat(body("clerk", get("/register"))).contains("去读一份报告");
        new InventedRegister(source).fill(ENTRIES);
    }

    private MockHttpServletResponse ask(String login, MockHttpServletRequestBuilder request) throws Exception {
        return pages.perform(request.with(user(county.user(login))).with(csrf()))
                .andReturn()
                .getResponse();
    }

    private String body(String login, MockHttpServletRequestBuilder request) throws Exception {
        MockHttpServletResponse response = ask(login, request);
        assertThat(response.getStatus()).isEqualTo(200);
        return response.getContentAsString(StandardCharsets.UTF_8);
    }

    private long entry(String condition) {
        return sql.sql("select min(c.id) from commitment c where state = 'registered' and " + condition)
                .query(Long.class)
                .single();
    }

    private long target(long entry) {
        return sql.sql("select min(id) from commitment_target where commitment = :entry")
                .param("entry", entry)
                .query(Long.class)
                .single();
    }

    @Test
    void showsAPageOfRowsWithTheirColumnsAndAWayToTheNext() throws Exception {
        String page = body("reader", get("/register"));
        assertThat(page.split("name=\"id\"", -1)).hasSize(51);
        assertThat(page).contains("第 1–50 件，共 240 件", "page=2", "26-00", "县住建局", "sort=due", "/register/pick/unit");
        assertThat(body("reader", get("/register?page=5"))).contains("第 201–240 件");
        assertThat(body("reader", get("/register?page=99"))).contains("第 201–240 件");
    }

    @Test
    void marksTheColumnItIsSortedByAndTurnsItRound() throws Exception {
        assertThat(body("reader", get("/register?sort=due")))
                .contains("aria-sort=\"ascending\" href=\"/register?sort=due&amp;dir=desc\"");
        assertThat(body("reader", get("/register?sort=due&dir=desc"))).contains("aria-sort=\"descending\"");
    }

    @Test
    void showsAFilterAsAChipWithItsWayOut() throws Exception {
        String page = body("reader", get("/register?unit=" + county.unit("housing") + "&due=year"));
        assertThat(page).contains("单位：县住建局", "期限：今年内", "去掉“期限：今年内”", "责任状 .docx");
    }

    @Test
    void countsTheChoicesOfAPickList() throws Exception {
        String list = body("reader", get("/register/pick/unit?year=2026"));
        assertThat(list).contains("县住建局", "name=\"year\" value=\"2026\"", "class=\"n\"");
        assertThat(body("reader", get("/register/pick/due"))).contains("本季度内", "type=\"date\"");
        assertThat(body("reader", get("/register/pick/source"))).contains("示例报告之1");
        assertThat(body("reader", get("/register/pick/theme"))).contains("city/housing");
        assertThat(ask("reader", get("/register/pick/nonsense")).getStatus()).isEqualTo(404);
    }

    @Test
    void saysWhichFilterEmptiedTheListAndOffersWaysOut() throws Exception {
        String page = body("reader", get("/register?year=2026&q=没有这回事"));
        assertThat(page).contains("没有同时满足这些条件的事项", "去掉“文字：没有这回事”后有", "清除全部筛选").doesNotContain("去掉“年度：2026”后有");
    }

    @Test
    void saysWhatItCannotFilterBy() throws Exception {
        assertThat(body("reader", get("/register?unit=99999"))).contains("没有编号为 99999 的单位");
        assertThat(body("reader", get("/register?due=soon"))).contains("“due＝soon”看不懂");
        MockHttpServletResponse api = ask("reader", get("/api/register?unit=99999"));
        assertThat(api.getStatus()).isEqualTo(422);
        assertThat(api.getContentType()).startsWith("application/problem+json");
        assertThat(api.getContentAsString(StandardCharsets.UTF_8)).contains("99999");
    }

    @Test
    void groupsByUnitWithCountsThatTheListsConfirm() throws Exception {
        String page = body("reader", get("/register?by=unit"));
        long lead = sql.sql("select count(*) from commitment where lead = :unit and state = 'registered'")
                .param("unit", county.unit("housing"))
                .query(Long.class)
                .single();
        assertThat(page).contains("unit=" + county.unit("housing") + "&amp;part=lead\">" + lead + "</a>", "没有牵头单位");
        assertThat(body("reader", get("/register?unit=" + county.unit("housing") + "&part=lead")))
                .contains("共 " + lead + " 件");
    }

    @Test
    void opensAnEntryAndItsSentenceInTheText() throws Exception {
        long id = entry("lead is not null");
        assertThat(body("reader", get("/register/" + id)))
                .contains("原句", "经过", "/register/" + id + "/source#here")
                .doesNotContain("/split/");
        assertThat(body("reader", get("/register/" + id + "/source"))).contains("id=\"here\"");
        assertThat(ask("reader", get("/register/999999")).getStatus()).isEqualTo(404);
        assertThat(ask("reader", get("/register/999999/source")).getStatus()).isEqualTo(404);
    }

    @Test
    void writesAllRowsOfAFilterAndOnlyTheChosenOnes() throws Exception {
        MockHttpServletResponse xlsx = ask("reader", get("/register/export.xlsx?year=2026"));
        assertThat(xlsx.getStatus()).isEqualTo(200);
        String disposition = Objects.requireNonNull(xlsx.getHeader("Content-Disposition"));
        assertThat(disposition).contains("filename*=UTF-8''");
        assertThat(URLDecoder.decode(disposition, StandardCharsets.UTF_8))
                .contains("任务分解表")
                .contains(".xlsx");
        assertThat(entries(xlsx.getContentAsByteArray())).contains("xl/worksheets/sheet1.xml");
        assertThat(entries(ask("reader", get("/register/export.docx?year=2026")).getContentAsByteArray()))
                .contains("word/document.xml");
        long first = entry("true");
        String chosen = body("reader", get("/register/export.json?id=" + first));
        assertThat(json.readTree(chosen).findValues("task")).hasSize(1);
        String csv = body("reader", get("/register/export.csv"));
        assertThat(csv.lines().filter(line -> line.contains("示例报告")).count()).isEqualTo(ENTRIES);
        assertThat(ask("reader", get("/register/export.exe")).getStatus()).isEqualTo(404);
    }

    private static List<String> entries(byte[] zip) throws Exception {
        Path file = Files.createTempFile("register", ".zip");
        Files.write(file, zip);
        try (ZipFile opened = new ZipFile(file.toFile())) {
            return opened.stream().map(ZipEntry::getName).toList();
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void writesTheLetterOfResponsibilityOfAUnit() throws Exception {
        MockHttpServletResponse letter = ask("reader", get("/units/" + county.unit("housing") + "/letter?year=2026"));
        assertThat(letter.getStatus()).isEqualTo(200);
        assertThat(URLDecoder.decode(
                        Objects.requireNonNull(letter.getHeader("Content-Disposition")), StandardCharsets.UTF_8))
                .contains("县住房和城乡建设局2026年度责任状.docx");
        assertThat(ask("reader", get("/units/" + county.unit("housing") + "/letter?year=1999"))
                        .getStatus())
                .isEqualTo(422);
    }

    @Test
    void keepsAViewUnderAnAddressOfItsOwn() throws Exception {
        MockHttpServletResponse saved = ask(
                "reader",
                post("/views")
                        .param("name", "住建今年")
                        .param("query", "unit=" + county.unit("housing") + "&due=year&sort=due&nonsense=1"));
        String address = Objects.requireNonNull(saved.getRedirectedUrl());
        String slug = address.replaceAll(".*/view/([a-z0-9]+).*", "$1");
        assertThat(body("reader", get("/register/view/" + slug)))
                .contains("住建今年", "单位：县住建局", "/register/view/" + slug + "?sort=due&amp;dir=desc");
        assertThat(sql.sql("select query from saved_view where slug = :slug")
                        .param("slug", slug)
                        .query(String.class)
                        .single())
                .isEqualTo("unit=" + county.unit("housing") + "&due=year&sort=due");
        assertThat(ask("clerk", get("/register/view/" + slug)).getStatus()).isEqualTo(404);
        ask("reader", post("/views/" + slug + "/change").param("name", "住建局今年").param("shared", "true"));
        assertThat(body("clerk", get("/register/view/" + slug)))
                .contains("住建局今年")
                .doesNotContain("删去视图");
        assertThat(ask("clerk", post("/views/" + slug + "/delete")).getStatus()).isEqualTo(422);
        assertThat(body("reader", get("/register/tabs?view=" + slug))).contains("住建局今年<span class=\"n\">");
        ask("reader", post("/views/" + slug + "/delete"));
        assertThat(ask("reader", get("/register/view/" + slug)).getStatus()).isEqualTo(404);
        assertThat(ask("reader", post("/views").param("name", " ").param("query", ""))
                        .getStatus())
                .isEqualTo(422);
    }

    @Test
    void answersProgramsWithTheSameList() throws Exception {
        JsonNode page = json.readTree(body("reader", get("/api/register?year=2026&sort=due&dir=desc&page=2&size=20")));
        assertThat(page.path("entries").size()).isEqualTo(20);
        assertThat(page.path("total").asLong())
                .isEqualTo(sql.sql("select count(*) from commitment where year = 2026 and state = 'registered'")
                        .query(Long.class)
                        .single());
        assertThat(ask("reader", get("/api/register?sort=id;drop")).getStatus()).isEqualTo(422);
        assertThat(ask("reader", get("/api/register?size=100000")).getStatus()).isEqualTo(422);
        long id = page.path("entries").get(0).path("id").asLong();
        assertThat(json.readTree(body("reader", get("/api/register/" + id)))
                        .path("number")
                        .asString())
                .startsWith("26-");
        assertThat(ask("reader", get("/api/register/999999")).getStatus()).isEqualTo(404);
        assertThat(body("reader", get("/api/openapi"))).contains("/api/register", "Splits a target among units");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void splitsATotalOnlyWhereThePartsAddUpAndShowsWhenTheyNoLongerDo() throws Exception {
        long id = entry("year = 2026 and id in (select commitment from commitment_target where not masked)");
        long target = target(id);
        sql.sql("update commitment_target set value = 100 where id = :id")
                .param("id", target)
                .update();
        String form = "/register/" + id + "/split/" + target;
        String[] units = {
            Long.toString(county.unit("housing")),
            Long.toString(county.unit("civil")),
            Long.toString(county.unit("liuwan"))
        };
        assertThat(body("clerk", get(form + "?unit=" + units[0] + "&unit=" + units[1] + "&unit=" + units[2])))
                .contains("总数 100", "data-total=\"100\"");
        assertThat(ask("reader", post(form).param("unit", units)).getStatus()).isEqualTo(403);

        assertThat(body("clerk", post(form).param("unit", units).param("act", "equal")))
                .contains("value=\"34\"", "由舍去最多的 1 个单位各多得 1");
        assertThat(body(
                        "clerk",
                        post(form)
                                .param("unit", units)
                                .param("base", "53", "35", "12")
                                .param("act", "base")))
                .contains("value=\"53\"", "正好分尽");
        MockHttpServletResponse short1 =
                ask("clerk", post(form).param("unit", units).param("value", "34", "33", "32"));
        assertThat(short1.getStatus()).isEqualTo(422);
        assertThat(short1.getContentAsString(StandardCharsets.UTF_8))
                .contains("各单位合计 99", "还差 1")
                .contains("value=\"32\"");
        assertThat(ask("clerk", post(form).param("unit", units).param("value", "34", "33", "abc"))
                        .getStatus())
                .isEqualTo(422);
        assertThat(ask("clerk", post(form).param("unit", units).param("value", "34.1", "33", "32.9"))
                        .getStatus())
                .isEqualTo(302);
        assertThat(body("reader", get("/register/" + id)))
                .contains("34.1", "分解了目标")
                .doesNotContain("分解对不上");
        assertThat(body("reader", get("/register?state=split"))).contains("共 1 件");

        sql.sql("update commitment_target set value = 120 where id = :id")
                .param("id", target)
                .update();
        assertThat(body("reader", get("/register/" + id))).contains("分解对不上", "各单位合计 100", "总数现在是 120", "少 20");
        assertThat(body("reader", get("/register?state=split-off"))).contains("共 1 件", "分解对不上");

        // The same indicator in the year after is split by these shares.
        long next = entry("year = 2025 and id in (select commitment from commitment_target where not masked)");
        long nextTarget = target(next);
        sql.sql("update commitment set year = 2027 where id = :id")
                .param("id", next)
                .update();
        sql.sql("""
                        update commitment_target t set indicator = o.indicator, unit = o.unit, value = 1000
                        from commitment_target o where o.id = :old and t.id = :new""").param("old", target).param("new", nextTarget).update();
        assertThat(body(
                        "clerk",
                        post("/register/" + next + "/split/" + nextTarget)
                                .param("unit", units)
                                .param("act", "last_year")))
                .contains("value=\"341\"", "value=\"330\"", "value=\"329\"");

        sql.sql("update commitment_target set basis = 'growth' where id = :id")
                .param("id", nextTarget)
                .update();
        MockHttpServletResponse growth = ask("clerk", get("/register/" + next + "/split/" + nextTarget));
        assertThat(growth.getStatus()).isEqualTo(422);
        assertThat(growth.getContentAsString(StandardCharsets.UTF_8)).contains("是增幅", "不能相加");

        MockHttpServletResponse put = ask(
                "clerk",
                put("/api/register/" + id + "/targets/" + target + "/split")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"method\":\"hand\",\"digits\":0,\"shares\":[{\"unit\":" + units[0]
                                + ",\"value\":100},{\"unit\":" + units[1] + ",\"value\":20}]}"));
        assertThat(put.getStatus()).isEqualTo(200);
        assertThat(body("reader", get("/register?state=split-off"))).contains("没有同时满足这些条件的事项");
        ask("clerk", post(form + "/remove"));
        assertThat(body("reader", get("/register/" + id))).contains("撤销了分解");
    }
}
