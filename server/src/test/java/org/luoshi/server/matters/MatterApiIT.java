package org.luoshi.server.matters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.luoshi.server.TestCounty;
import org.luoshi.server.database.HouseClock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MatterApiIT extends MatterTest {
    @Autowired
    MockMvc web;

    @Autowired
    JsonMapper json;

    @Autowired
    HouseClock clock;

    private JsonNode get_(String login, String address) throws Exception {
        return read(web.perform(get(address).with(httpBasic(login, TestCounty.PASSWORD)))
                .andExpect(status().isOk())
                .andReturn());
    }

    private JsonNode read(MvcResult answer) throws Exception {
        return json.readTree(answer.getResponse().getContentAsString(StandardCharsets.UTF_8));
    }

    private MvcResult send(String login, String address, String key, Object body) throws Exception {
        return web.perform(post(address)
                        .with(httpBasic(login, TestCounty.PASSWORD))
                        .header("Idempotency-Key", key)
                        .header("Accept-Language", "en")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(json.writeValueAsString(body)))
                .andReturn();
    }

    @Test
    void makesAndMovesMattersOnceAKey() throws Exception {
        types.load();
        Map<String, Object> wanted = Map.of(
                "type", "to-do", "fields", Map.of("title", "报送台账", "lead", unit("housing"), "due", "2099-01-31"));
        MvcResult made = send("clerk", "/api/matters", "k1", wanted);
        assertThat(made.getResponse().getStatus()).isEqualTo(201);
        long id = read(made).path("id").asLong();
        assertThat(read(send("clerk", "/api/matters", "k1", wanted)).path("id").asLong())
                .isEqualTo(id);

        JsonNode seen = get_("handler", "/api/matters/" + id);
        assertThat(seen.path("moves").toString()).contains("answer", "return").doesNotContain("confirm");
        MvcResult empty = send("handler", "/api/matters/" + id + "/moves/answer", "k2", Map.of("version", 1));
        assertThat(empty.getResponse().getStatus()).isEqualTo(422);
        assertThat(empty.getResponse().getContentType()).contains("problem+json");
        assertThat(read(empty).path("faults").get(0).path("field").asString()).isEqualTo("note");

        MvcResult answered = web.perform(multipart("/api/matters/" + id + "/moves/answer")
                        .file(new MockMultipartFile(
                                "files", "台账.txt", "text/plain", "一".getBytes(StandardCharsets.UTF_8)))
                        .param("version", "1")
                        .param("note", "已报")
                        .header("Idempotency-Key", "k3")
                        .with(httpBasic("handler", TestCounty.PASSWORD)))
                .andExpect(status().isOk())
                .andReturn();
        assertThat(read(answered).path("state").asString()).isEqualTo("answered");
        assertThat(send("clerk", "/api/matters/" + id + "/moves/confirm", "k4", Map.of("version", 1))
                        .getResponse()
                        .getStatus())
                .as("an old version")
                .isEqualTo(409);
    }

    @Test
    void showsAMatterAsItStoodOnADayAndRefusesWhatIsNoDay() throws Exception {
        long id = clock.at(
                Instant.parse("2033-01-05T02:00:00Z"),
                () -> create("clerk", "to-do", Map.of("title", "看某一天", "lead", unit("housing"), "due", "2033-03-01")));
        clock.at(Instant.parse("2033-02-05T02:00:00Z"), () -> act("handler", id, "answer", "note", "二月报的"));

        JsonNode before = get_("clerk", "/api/matters/" + id + "?on=2033-02-04");
        assertThat(before.path("state").asString()).isNotEqualTo("answered").isNotEmpty();
        assertThat(before.path("moves").isEmpty()).isTrue();
        JsonNode after = get_("clerk", "/api/matters/" + id + "?on=2033-02-05");
        assertThat(after.path("state").asString()).isEqualTo("answered");
        assertThat(page(200, "/matters/" + id + "?on=2033-02-04")).doesNotContain("二月报的");
        assertThat(page(200, "/matters/" + id + "?on=2033-02-05")).contains("二月报的");
        assertThat(page(404, "/matters/" + id + "?on=2033-01-04")).doesNotContain("看某一天");
        for (String address : new String[] {"/matters/" + id, "/matters", "/matters/export.xlsx"}) {
            assertThat(page(422, address + "?on=gestern")).as(address).contains("gestern");
        }
        web.perform(get("/api/matters/" + id + "?on=2033-02-30").with(httpBasic("clerk", TestCounty.PASSWORD)))
                .andExpect(status().isUnprocessableContent());
        web.perform(get("/api/matters?on=2033-02-30").with(httpBasic("clerk", TestCounty.PASSWORD)))
                .andExpect(status().isUnprocessableContent());
    }

    private long working(String title) {
        long id = create("clerk", "target-task", Map.of("title", title));
        act("clerk", id, "hand-down", "lead", unit("housing"), "due", "2099-01-31");
        act("handler", id, "sign");
        return id;
    }

    private int report(long id, String key, String note) throws Exception {
        return send(
                        "handler",
                        "/api/matters/" + id + "/moves/report",
                        key,
                        Map.of("version", store.find(id).orElseThrow().version(), "inputs", Map.of("note", note)))
                .getResponse()
                .getStatus();
    }

    @Test
    void aKeyStandsForOneRequestAndNoOther() throws Exception {
        long one = working("疏浚东沟");
        long two = working("疏浚西沟");
        assertThat(report(one, "same", "清了一半")).isEqualTo(200);
        assertThat(report(one, "same", "清了一半")).isEqualTo(200);
        assertThat(store.find(one).orElseThrow().unverified())
                .as("a repetition")
                .isOne();
        assertThat(report(two, "same", "清了一半")).isEqualTo(200);
        assertThat(store.find(two).orElseThrow().unverified())
                .as("another matter")
                .isOne();
        assertThat(report(one, "same", "全清了")).isEqualTo(200);
        assertThat(store.find(one).orElseThrow().unverified()).as("other words").isEqualTo(2);
    }

    @Test
    void anUnconfirmedReportAsksTheOfficeAndNotItsOwnUnit() throws Exception {
        long id = working("疏浚北沟");
        report(id, "north", "清了一段");
        String ask = "核实 1 条反馈；";
        assertThat(inbox("clerk")).contains("疏浚北沟", ask);
        assertThat(inbox("handler")).contains("疏浚北沟").doesNotContain(ask);
    }

    private String inbox(String login) throws Exception {
        return web.perform(get("/inbox").with(user(county.user(login))))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    @Test
    void wordsTypedAnewIntoAFormThatWasSentAreNotLost() throws Exception {
        long id = working("疏浚南沟");
        String version = Integer.toString(store.find(id).orElseThrow().version());
        for (int answer : new int[] {302, 302, 409}) {
            String reason = answer == 409 ? "换一种说法" : "等雨季过";
            String page = web.perform(post("/matters/" + id + "/do/suspend")
                            .param("request", "form-1")
                            .param("version", version)
                            .param("reason", reason)
                            .with(user(county.user("clerk")))
                            .with(csrf()))
                    .andExpect(status().is(answer))
                    .andReturn()
                    .getResponse()
                    .getContentAsString(StandardCharsets.UTF_8);
            assertThat(page.contains("换一种说法")).isEqualTo(answer == 409);
        }
    }

    @Test
    void aDeadlineThatIsPastIsNotKeptAndWhatIsMissingIsSaid() throws Exception {
        long id = clock.at(
                Instant.parse("2034-01-05T02:00:00Z"),
                () -> create(
                        "clerk", "target-task", Map.of("title", "补种树", "lead", unit("housing"), "due", "2034-03-01")));
        Instant later = Instant.parse("2034-04-05T02:00:00Z");
        MvcResult kept = clock.at(later, () -> move("clerk", id, "hand-down", "p1", "{\"version\": 1}"));
        assertThat(kept.getResponse().getStatus()).isEqualTo(422);
        assertThat(kept.getResponse().getContentAsString(StandardCharsets.UTF_8))
                .contains("\"due\"", "2034-03-01");
        assertThat(clock.at(
                                later,
                                () -> move(
                                        "clerk",
                                        id,
                                        "hand-down",
                                        "p2",
                                        "{\"version\": 1, \"inputs\": {\"due\": \"2034-06-01\", \"note\": null}}"))
                        .getResponse()
                        .getStatus())
                .isEqualTo(200);

        for (String[] wrong : new String[][] {
            {"/api/matters", "{\"type\": \"to-do\"}"},
            {"/api/matters", "{\"type\": \"to-do\", \"fields\": {\"title\": null}}"},
            {"/api/matters", "{}"},
            {"/api/matters/" + id + "/fields", "{\"version\": 2}"},
            {"/api/matters/" + id + "/fields", "{\"version\": 2, \"fields\": {\"title\": null}}"}
        }) {
            var answer = web.perform(post(wrong[0])
                            .with(httpBasic("clerk", TestCounty.PASSWORD))
                            .header("Idempotency-Key", "n" + wrong[1])
                            .contentType(MediaType.APPLICATION_JSON)
                            .content(wrong[1]))
                    .andReturn()
                    .getResponse();
            assertThat(answer.getStatus()).as(wrong[1]).isEqualTo(422);
            assertThat(answer.getContentType()).as(wrong[1]).contains("problem+json");
        }
    }

    private MvcResult move(String login, long id, String move, String key, String body) {
        try {
            return web.perform(post("/api/matters/" + id + "/moves/" + move)
                            .with(httpBasic(login, TestCounty.PASSWORD))
                            .header("Idempotency-Key", key)
                            .contentType(MediaType.APPLICATION_JSON)
                            .content(body))
                    .andReturn();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private String page(int answer, String address) throws Exception {
        return web.perform(get(address).with(user(county.user("clerk"))))
                .andExpect(status().is(answer))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    @Test
    void showsForeignMattersAndPersonalFieldsToNobody() throws Exception {
        long id = create(
                "clerk",
                "rectification",
                Map.of(
                        "title",
                        "下水道堵塞",
                        "origin",
                        "audit",
                        "lead",
                        unit("housing"),
                        "due",
                        "2099-01-31",
                        "reporter",
                        "群众赵六"));
        web.perform(get("/api/matters/" + id).with(httpBasic("stranger", TestCounty.PASSWORD)))
                .andExpect(status().isNotFound());
        assertThat(send("stranger", "/api/matters/" + id + "/moves/plan", "k5", Map.of("version", 1))
                        .getResponse()
                        .getStatus())
                .isEqualTo(404);
        assertThat(get_("stranger", "/api/matters?q=下水道").path("total").asInt()).isZero();
        assertThat(get_("clerk", "/api/matters?q=下水道")
                        .path("matters")
                        .get(0)
                        .path("id")
                        .asLong())
                .isEqualTo(id);
        assertThat(get_("head", "/api/matters/" + id).toString())
                .contains("\"reporter\":\"***\"")
                .doesNotContain("赵六");
        assertThat(get_("mover", "/api/matter-types").toString()).contains("rectification", "reporter");
        web.perform(get("/api/matters")).andExpect(status().isUnauthorized());
    }

    @Test
    void keepsViewsAndSharesThem() throws Exception {
        String place = Objects.requireNonNull(web.perform(post("/matters/views")
                        .param("name", "住建红灯")
                        .param("light", "red")
                        .param("unit", unit("housing"))
                        .param("evil", "<script>")
                        .param("shared", "true")
                        .with(user(county.user("clerk")))
                        .with(csrf()))
                .andExpect(status().is3xxRedirection())
                .andReturn()
                .getResponse()
                .getRedirectedUrl());
        String list = Objects.requireNonNull(web.perform(get(place).with(user(county.user("mover"))))
                .andExpect(status().is3xxRedirection())
                .andReturn()
                .getResponse()
                .getRedirectedUrl());
        assertThat(list).contains("light=red").doesNotContain("script");
        assertThat(web.perform(get(list).with(user(county.user("mover"))))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .contains("住建红灯");
        web.perform(post(place + "/delete").with(user(county.user("mover"))).with(csrf()))
                .andExpect(status().isUnprocessableContent());
        web.perform(post(place + "/change")
                        .param("name", "只给我看")
                        .with(user(county.user("clerk")))
                        .with(csrf()))
                .andExpect(status().is3xxRedirection());
        web.perform(get(place).with(user(county.user("mover")))).andExpect(status().isNotFound());
        assertThat(web.perform(get("/register").with(user(county.user("clerk"))))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .as("views of matters are not views of the register")
                .doesNotContain("只给我看");
    }

    @Test
    void writesAListAsPdf() throws Exception {
        create("clerk", "to-do", Map.of("title", "整理档案", "lead", unit("civil"), "due", "2099-01-31"));
        byte[] file = web.perform(get("/matters/export.pdf?type=to-do").with(user(county.user("clerk"))))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        try (var document = org.apache.pdfbox.Loader.loadPDF(file)) {
            assertThat(new org.apache.pdfbox.text.PDFTextStripper().getText(document))
                    .contains("整理档案", "县民政局");
        }
    }
}
