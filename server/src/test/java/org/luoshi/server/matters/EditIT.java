package org.luoshi.server.matters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;

/** What a matter says is changed outside a move, and what was sent with it is opened. */
class EditIT extends MatterTest {
    private static final String DUE =
            LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(60).toString();

    @Autowired
    private MockMvc web;

    @Autowired
    private PublicPages pages;

    @Autowired
    private org.luoshi.server.database.HouseClock clock;

    private long working(String title) {
        long id = create("clerk", "target-task", Map.of("title", title));
        act("clerk", id, "hand-down", "lead", unit("housing"), "joint", unit("transport"), "due", DUE);
        act("handler", id, "sign");
        return id;
    }

    private MockHttpServletResponse edit(String login, long id, String... pairs) throws Exception {
        var form = post("/matters/" + id + "/edit")
                .with(user(county.user(login)))
                .with(csrf())
                .param("request", UUID.randomUUID().toString());
        boolean versioned = false;
        for (int i = 0; i < pairs.length; i += 2) {
            form.param(pairs[i], pairs[i + 1]);
            versioned |= pairs[i].equals("version");
        }
        if (!versioned) {
            form.param("version", Integer.toString(store.find(id).orElseThrow().version()));
        }
        MockHttpServletResponse answer = web.perform(form).andReturn().getResponse();
        answer.setCharacterEncoding("UTF-8");
        return answer;
    }

    private String page(String login, String path) throws Exception {
        MockHttpServletResponse answer = web.perform(get(path).with(user(county.user(login))))
                .andReturn()
                .getResponse();
        answer.setCharacterEncoding("UTF-8");
        return answer.getContentAsString();
    }

    private String publicPage() throws Exception {
        pages.forget();
        return page("reader", "/public/matters");
    }

    @Test
    void mendsWhatWasMistypedAndTellsWhoWorksOnIt() throws Exception {
        long id = working("改造老旧小区21个");
        assertThat(page("clerk", "/matters/" + id)).contains("/matters/" + id + "/edit");
        assertThat(page("clerk", "/matters/" + id + "/edit"))
                .contains("改造老旧小区21个", "协同单位分工")
                .as("the unit changes by a transfer, the deadline by an extension")
                .doesNotContain("name=\"lead\"", "name=\"due\"");

        MockHttpServletResponse done = edit(
                "clerk",
                id,
                "title",
                "改造老旧小区31个",
                "joint",
                unit("transport") + "," + unit("education"),
                "task-" + unit("transport"),
                "道路接口",
                "share-" + unit("transport"),
                "30",
                "public",
                "true");
        assertThat(done.getStatus()).isEqualTo(302);

        Matter now = store.find(id).orElseThrow();
        assertThat(now.title()).isEqualTo("改造老旧小区31个");
        assertThat(now.isPublic()).isTrue();
        assertThat(now.joint()).containsExactly(county.unit("transport"), county.unit("education"));
        assertThat(page("stranger", "/matters/" + id)).contains("道路接口 30%", "改造老旧小区21个 → 改造老旧小区31个");
        assertThat(page("handler", "/messages")).contains("修改了事项内容");
        assertThat(publicPage()).contains("改造老旧小区31个");

        edit("clerk", id, "title", "改造老旧小区31个", "joint", unit("transport"));
        assertThat(publicPage()).doesNotContain("改造老旧小区31个");
        assertThat(store.find(id).orElseThrow().joint()).containsExactly(county.unit("transport"));
    }

    @Test
    void refusesWhatIsWrongAndKeepsWhatWasTyped() throws Exception {
        long id = working("整修排水沟");
        MockHttpServletResponse empty = edit("clerk", id, "title", " ", "joint", unit("transport"));
        assertThat(empty.getStatus()).isEqualTo(422);
        MockHttpServletResponse much = edit(
                "clerk",
                id,
                "title",
                "整修排水沟",
                "joint",
                unit("transport"),
                "task-" + unit("transport"),
                "施工",
                "share-" + unit("transport"),
                "130");
        assertThat(much.getStatus()).isEqualTo(422);
        assertThat(much.getContentAsString()).contains("130", "施工");
        MockHttpServletResponse late = edit("second", id, "version", "1", "title", "整修排水沟二期");
        assertThat(late.getStatus()).isEqualTo(409);
        assertThat(late.getContentAsString()).contains("整修排水沟二期", "陆川");
        assertThat(store.find(id).orElseThrow().title()).isEqualTo("整修排水沟");
    }

    @Test
    void letsNobodyChangeWhatTheTypeDoesNotLetHim() throws Exception {
        long id = working("疏浚支河");
        assertThat(edit("stranger", id, "title", "x").getStatus()).isEqualTo(404);
        assertThat(edit("reader", id, "title", "x").getStatus()).isEqualTo(403);
        // The lead unit may write the result, not what it was asked to do.
        assertThat(edit("handler", id, "title", "疏浚一半支河", "result", "已疏浚").getStatus())
                .isEqualTo(302);
        assertThat(store.find(id).orElseThrow().title()).isEqualTo("疏浚支河");
        assertThat(store.find(id).orElseThrow().fields()).containsEntry("result", "已疏浚");

        String body = "{\"version\": %d, \"fields\": {\"title\": \"疏浚一半支河\"}}"
                .formatted(store.find(id).orElseThrow().version());
        int refused = web.perform(post("/api/matters/" + id + "/fields")
                        .with(user(county.user("handler")))
                        .with(csrf())
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .andReturn()
                .getResponse()
                .getStatus();
        assertThat(refused).isEqualTo(422);
        int changed = web.perform(post("/api/matters/" + id + "/fields")
                        .with(user(county.user("clerk")))
                        .with(csrf())
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .andReturn()
                .getResponse()
                .getStatus();
        assertThat(changed).isEqualTo(200);
        assertThat(store.find(id).orElseThrow().title()).isEqualTo("疏浚一半支河");
        assertThat(store.find(id).orElseThrow().fields()).containsEntry("result", "已疏浚");
    }

    private int editByProgram(String login, long id, String field, String value) throws Exception {
        return web.perform(post("/api/matters/" + id + "/fields")
                        .with(user(county.user(login)))
                        .with(csrf())
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"version\": %d, \"fields\": {\"%s\": \"%s\"}}"
                                .formatted(store.find(id).orElseThrow().version(), field, value)))
                .andReturn()
                .getResponse()
                .getStatus();
    }

    private long concluded(String title) {
        long id = create(
                "clerk", "inspection", Map.of("title", title, "what", "供热", "basis", "来信", "lead", unit("housing")));
        act("second", id, "approve");
        act("clerk", id, "plan", "plan", "分两组", "scope", "全县");
        act("clerk", id, "conclude", List.of(PROOF), "conclusion", "三处不达标", "due", DUE);
        return id;
    }

    @Test
    void aConclusionUnderReviewIsNotRewrittenByWhoInspected() throws Exception {
        long id = concluded("督查供热");
        assertThat(page("handler", "/matters/" + id + "/edit")).contains("name=\"objection\"");
        act("handler", id, "object", "objection", "测温有误");
        String form = page("clerk", "/matters/" + id + "/edit");
        assertThat(form).contains("name=\"what\"").doesNotContain("name=\"conclusion\"", "name=\"decision\"");
        assertThat(editByProgram("clerk", id, "conclusion", "一处不达标")).isEqualTo(422);
        assertThat(editByProgram("handler", id, "objection", "全部有误")).isEqualTo(422);
        assertThat(store.find(id).orElseThrow().fields())
                .containsEntry("conclusion", "三处不达标")
                .containsEntry("objection", "测温有误");
    }

    @Test
    void anObjectionIsNotWrittenAfterItsTime() throws Exception {
        long id = concluded("督查清雪");
        int late = clock.at(clock.instant().plus(45, java.time.temporal.ChronoUnit.DAYS), () -> {
            try {
                return editByProgram("handler", id, "objection", "测温有误");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(late).isEqualTo(422);
        assertThat(editByProgram("handler", id, "objection", "测温有误")).isEqualTo(200);
    }

    @Test
    void approvedMeasuresStayAndTheOfficeHearsOfWhatTheLeadChanges() throws Exception {
        long id = create(
                "clerk",
                "rectification",
                Map.of("title", "台账不全", "origin", "audit", "lead", unit("housing"), "due", DUE));
        assertThat(editByProgram("handler", id, "measures", "补账")).isEqualTo(200);
        act("handler", id, "plan", "measures", "逐项补账", "aim", "年底齐全");
        act("clerk", id, "approve-plan");
        assertThat(editByProgram("handler", id, "measures", "补一半")).isEqualTo(422);
        assertThat(editByProgram("handler", id, "aim", "尽量")).isEqualTo(422);
        assertThat(store.find(id).orElseThrow().fields()).containsEntry("measures", "逐项补账");

        assertThat(editByProgram("handler", id, "result", "已补三成")).isEqualTo(200);
        assertThat(page("clerk", "/messages")).doesNotContain("陆川 修改了事项内容");
        assertThat(editByProgram("handler", id, "result", "已补九成")).isEqualTo(200);
        assertThat(page("clerk", "/messages")).contains("陆川 修改了事项内容");
    }

    @Test
    void opensEvidenceFromTheEventItCameWith() throws Exception {
        long id = working("加固堤防");
        act("handler", id, "report", List.of(PROOF), "note", "已完工", "percent", "100");
        String page = page("clerk", "/matters/" + id);
        String link = page.replaceAll("(?s).*href=\"(/matters/" + id + "/files/\\d+)\".*", "$1");
        assertThat(link).startsWith("/matters/" + id + "/files/");
        MvcResult begun =
                web.perform(get(link).with(user(county.user("clerk")))).andReturn();
        MockHttpServletResponse file =
                web.perform(asyncDispatch(begun)).andReturn().getResponse();
        assertThat(new String(file.getContentAsByteArray(), StandardCharsets.UTF_8))
                .isEqualTo("竣工验收：合格");
    }

    private record Raw(String name, String hex) implements Files.Upload {
        private byte[] content() {
            return HexFormat.of().parseHex(hex);
        }

        @Override
        public long bytes() {
            return content().length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(content());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "验收.pdf, 9d03c1aa77e2b0ff01884512",
        "照片.jpg, 9d03c1aa77e2b0ff01884512",
        "台账.xlsx, 9d03c1aa77e2b0ff01884512",
        "程序.dat, 7f454c460201010000000000000000000300",
        "程序.pdf, 4d5a90000300000004000000ffff0000"
    })
    void refusesBytesThatAreNotWhatTheirNameSays(String name, String hex) {
        long id = working("铺设管道 " + name);
        int version = store.find(id).orElseThrow().version();
        assertThatThrownBy(() -> as(
                        "handler",
                        () -> matters.act(
                                county.user("handler"),
                                id,
                                new Matters.Asked(
                                        "report", version, Map.of("note", "已完工"), List.of(new Raw(name, hex))),
                                UUID.randomUUID().toString())))
                .isInstanceOf(MoveRefused.class);
        assertThat(store.find(id).orElseThrow().version()).isEqualTo(version);
    }

    @Test
    void showsTheDayOfAnInstruction() throws Exception {
        long id = create(
                "clerk",
                "instruction",
                Map.of("title", "研究内涝", "what", "拿出办法", "origin", "instruction", "given", "2026-03-05"));
        assertThat(page("clerk", "/matters/" + id)).contains("2026-03-05");
    }
}
