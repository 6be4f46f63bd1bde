package org.luoshi.server.matters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.luoshi.reading.packs.PackFaultsException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** The steps of docs/matter-types.md: a county adds a type, uses it, and raises its version. */
class AddedTypeIT extends MatterTest {
    @Autowired
    MockMvc web;

    private String page(String address) throws Exception {
        return web.perform(get(address).with(user(county.user("clerk"))))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private static final String VISIT = """
            format: luoshi-matter-type/1
            type: visit
            version: 1
            name: {zh: 走访企业, en: Visit to an enterprise}
            number: "访{yyyy}-{n:3}"
            fields:
              title: {name: {zh: 企业, en: Enterprise}, kind: text, required: true, edits: [giver]}
              lead:  {name: {zh: 走访单位, en: Unit}, kind: unit, required: true, edits: [giver]}
              due:   {name: {zh: 期限, en: Deadline}, kind: date, edits: [giver]}
              asked: {name: {zh: 企业诉求, en: What they ask}, kind: long, edits: [lead]}
            states:
              planned: {name: {zh: 待走访, en: Planned}, public: hidden, waits: lead, start: true, ask: {zh: 去一次, en: Go there}}
              noted:   {name: {zh: 待答复, en: To answer}, public: hidden, waits: giver, ask: {zh: 答复企业, en: Answer them}}
              closed:  {name: {zh: 已答复, en: Answered}, public: hidden, end: true, done: true}
            moves:
              note:   {name: {zh: 记诉求, en: Note}, from: planned, to: noted, who: lead, asks: {asked: needed}}
              answer: {name: {zh: 答复, en: Answer}, from: noted, to: closed, who: giver, asks: {note: needed}}
            clocks:
              visit: {name: {zh: 走访时限, en: Time to visit}, length: 3 working days, start: created, stop: note, main: true}
            list: [number, title, lead, asked, state]
            """;

    @Test
    void aCountyAddsATypeAsAFile(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("visit.yaml"), VISIT);
        types.load();
        types.add(folder);

        long id = create("mover", "visit", Map.of("title", "青岚阀门厂", "lead", unit("housing")));
        assertThat(store.find(id).orElseThrow().number()).startsWith("访");
        act("handler", id, "note", "asked", "用电增容");
        assertThat(act("mover", id, "answer", "note", "下月增容").state()).isEqualTo("closed");

        assertThat(page("/matters?type=visit"))
                .as("a list of one type has the columns that the type names")
                .contains("企业诉求", "用电增容")
                .doesNotContain("<th class=\"c-light");
        assertThat(page("/matters")).contains("<th class=\"c-light").doesNotContain("用电增容");

        Files.writeString(folder.resolve("visit.yaml"), VISIT.replace("待答复", "等答复"));
        assertThatThrownBy(types::load)
                .isInstanceOf(PackFaultsException.class)
                .hasMessageContaining("Raise \"version\" to 2");

        Files.writeString(folder.resolve("visit.yaml"), VISIT);
        long running = create("mover", "visit", Map.of("title", "青岚茶厂", "lead", unit("housing")));
        Files.writeString(
                folder.resolve("visit.yaml"), VISIT.replace("待答复", "等答复").replace("version: 1", "version: 2"));
        types.load();
        Matter old = store.find(running).orElseThrow();
        assertThat(types.get("visit", old.typeVersion())
                        .getState("noted")
                        .name()
                        .zh())
                .isEqualTo("待答复");
        String before = page("/matters/" + running);
        assertThat(before).contains("这件事项按第 1 版办理，现在已有第 2 版");
        assertThat(page("/matter-types/visit")).contains("把 1 件改按第 2 版办理");
        web.perform(post("/matter-types/visit/move-over")
                        .param("reason", "新版")
                        .param("request", "over-1")
                        .with(user(county.user("handler")))
                        .with(csrf()))
                .andExpect(status().isForbidden());
        web.perform(post("/matter-types/visit/move-over")
                        .param("reason", "新版")
                        .param("request", "over-1")
                        .with(user(county.user("clerk")))
                        .with(csrf()))
                .andExpect(status().is3xxRedirection());
        assertThat(store.find(running).orElseThrow().typeVersion()).isEqualTo(2);
        assertThat(page("/matters/" + running)).doesNotContain("现在已有第 2 版");
        assertThat(page("/matter-types/visit")).doesNotContain("还按旧版本办理的事项");
    }

    private static final String CALL = """
            format: luoshi-matter-type/1
            type: call
            version: 1
            name: {zh: 来电, en: Call}
            number: "电{yyyy}-{n:3}"
            fields:
              title: {name: {zh: 事由, en: Matter}, kind: text, required: true, edits: [giver]}
              lead:  {name: {zh: 承办, en: Unit}, kind: unit, required: true, edits: [giver]}
              due:   {name: {zh: 期限, en: Deadline}, kind: date, edits: [giver]}
              outcome: {name: {zh: 诉求, en: What they ask}, kind: long, required: true, edits: [giver]}
              hint:  {name: {zh: 研判, en: Hint}, kind: long, sees: [supervision], edits: [lead, supervision]}
              phone: {name: {zh: 电话, en: Phone}, kind: personal, edits: [lead]}
            states:
              begun:  {name: {zh: 待记, en: Begun}, public: hidden, waits: lead, start: true, ask: {zh: 记, en: Note}}
              noted:  {name: {zh: 已记, en: Noted}, public: hidden, waits: lead, ask: {zh: 办, en: Do}}
              closed: {name: {zh: 已办, en: Closed}, public: hidden, end: true, done: true}
            moves:
              note: {name: {zh: 记下, en: Note}, from: begun, to: noted, who: lead, asks: {hint: needed, phone: needed}}
              more: {name: {zh: 再记, en: More}, from: noted, who: lead, asks: {hint: needed, phone: needed, note: optional}}
              done: {name: {zh: 办结, en: Done}, from: noted, to: closed, who: lead, asks: {note: needed}}
            clocks:
              call: {name: {zh: 时限, en: Time}, length: 3 working days, start: created, stop: done, main: true}
            list: [number, title, lead, state]
            """;

    private String page(String login, String address) throws Exception {
        return web.perform(get(address).with(user(county.user(login))))
                .andReturn()
                .getResponse()
                .getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void whatAFieldHidesIsHiddenInTheHistoryAndInTheFormsOfMoves(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("call.yaml"), CALL);
        types.load();
        types.add(folder);
        assertThat(page("mover", "/matters/new?type=call"))
                .as("whatever its key, a needed field is asked for")
                .contains("name=\"outcome\"");
        long id = create("mover", "call", Map.of("title", "路灯不亮", "lead", unit("housing"), "outcome", "修好"));

        assertThat(page("handler", "/matters/" + id + "/do/note")).contains("name=\"hint\"", "name=\"phone\"");
        act("handler", id, "note", "hint", "此人多次来电", "phone", "13700001111");

        assertThat(page("clerk", "/matters/" + id)).contains("此人多次来电").doesNotContain("13700001111");
        for (String login : new String[] {"handler", "mover"}) {
            assertThat(page(login, "/matters/" + id))
                    .as(login)
                    .contains("路灯不亮")
                    .doesNotContain("此人多次来电", "13700001111");
        }
        assertThat(page("handler", "/matters/" + id + "/do/more"))
                .contains("name=\"phone\"")
                .doesNotContain("此人多次来电", "13700001111", "name=\"hint\"");
        assertThat(page("handler", "/matters/" + id + "/edit")).doesNotContain("此人多次来电", "13700001111");
        act("handler", id, "more", "phone", "", "note", "又来电");
        assertThat(store.find(id).orElseThrow().fields())
                .as("left blank it stays")
                .containsEntry("phone", "13700001111")
                .containsEntry("hint", "此人多次来电");
    }

    @Test
    void aMatterThatMovesToANewVersionKeepsItsDeadlineUnderAnotherName(@TempDir Path folder) throws Exception {
        String first = VISIT.replace("type: visit", "type: tour")
                .replace("访{yyyy}", "游{yyyy}")
                .replace(
                        "visit: {name: {zh: 走访时限, en: Time to visit}, length: 3 working days, start: created, stop: note, main: true}",
                        "due: {name: {zh: 期限, en: Deadline}, until: due, start: created, stop: answer, main: true}");
        Files.writeString(folder.resolve("tour.yaml"), first);
        types.load();
        types.add(folder);
        String day = java.time.LocalDate.now(java.time.ZoneId.of("Asia/Shanghai"))
                .plusDays(9)
                .toString();
        long id = create("mover", "tour", Map.of("title", "青岚砖厂", "lead", unit("housing"), "due", day));
        act("handler", id, "note", "asked", "用水");
        Files.writeString(
                folder.resolve("tour.yaml"),
                first.replace("version: 1", "version: 2")
                        .replace(
                                "due: {name: {zh: 期限, en: Deadline}, until",
                                "deadline: {name: {zh: 期限, en: Deadline}, until")
                        .replace(
                                "\nlist:",
                                "\n  reply: {name: {zh: 答复时限, en: Time to answer}, length: 5 working days, start: note, stop: answer}\nlist:"));
        types.load();

        as("second", () -> {
            matters.moveOver(county.user("second"), id, "新版", "over-tour");
            return true;
        });

        Matter moved = store.find(id).orElseThrow();
        assertThat(moved.typeVersion()).isEqualTo(2);
        var clocks = store.clocks(id);
        assertThat(java.util.Objects.requireNonNull(clocks.get("deadline")).isRunning())
                .isTrue();
        assertThat(java.util.Objects.requireNonNull(clocks.get("reply")).isRunning())
                .as("a clock that only the new version has")
                .isTrue();
        assertThat(java.util.Objects.requireNonNull(clocks.get("due")).isRunning())
                .isFalse();
        assertThat(page("handler", "/messages")).contains("吴晓棠 让它改按本类事项的新版本办理");
        assertThat(page("clerk", "/messages")).contains("吴晓棠 让它改按本类事项的新版本办理");
    }

    @Test
    void aFaultyFileLeavesTheTypesAsTheyWere(@TempDir Path folder) throws IOException {
        types.load();
        Files.writeString(folder.resolve("broken.yaml"), VISIT.replace("to: closed", "to: nowhere"));

        assertThatThrownBy(() -> types.add(folder))
                .isInstanceOf(PackFaultsException.class)
                .hasMessageContaining("broken.yaml:17");
        assertThat(types.find("target-task")).isPresent();
    }
}
