package org.luoshi.server.matters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.matters.Splitting.Line;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** Parts of a matter: how they come to be, and what the whole may claim. */
class SplittingIT extends MatterTest {
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Shanghai"));
    private static final String DUE = TODAY.plusDays(30).toString();

    @Autowired
    private Splitting splitting;

    @Autowired
    private Edits edits;

    @Autowired
    private Journal journal;

    @Autowired
    private MockMvc pages;

    @BeforeAll
    void foundAVillage() {
        county.unit("shiqiao", "liuwan", "石桥村民委员会", "石桥村", "village");
        county.account("village", "石柱", "shiqiao", Role.HANDLER);
    }

    private long working(String title) {
        long id = create("clerk", "target-task", Map.of("title", title));
        act(
                "clerk",
                id,
                "hand-down",
                "lead",
                unit("housing"),
                "due",
                TODAY.plusDays(60).toString());
        act("handler", id, "sign");
        return id;
    }

    private List<Matter> split(String login, long id, Line... lines) {
        int version = store.find(id).orElseThrow().version();
        as(login, () -> {
            splitting.split(
                    county.user(login),
                    id,
                    version,
                    List.of(lines),
                    UUID.randomUUID().toString());
            return true;
        });
        return store.listParts(id);
    }

    private Line line(String unit, String title, String weight) {
        return new Line(unit(unit), title, weight, DUE);
    }

    private void confirm(String reporter, String checker, long id, String percent) {
        act(reporter, id, "report", "note", "进展", "percent", percent);
        act(checker, id, "verify", "finding", "属实");
    }

    private Matter find(long id) {
        return store.find(id).orElseThrow();
    }

    @Test
    void givesPartsToUnitsAtOnceWithTheirClocksRunning() {
        long whole = working("改造危房九十户");
        List<Matter> parts = split("handler", whole, line("liuwan", "改造危房五十户", "5"), line("transport", "", "4"));

        assertThat(parts).hasSize(2).allSatisfy(part -> {
            assertThat(part.state()).isEqualTo("given");
            assertThat(part.parent()).isEqualTo(whole);
            assertThat(part.giver()).isEqualTo(county.unit("housing"));
            assertThat(part.checker()).isEqualTo(county.unit("housing"));
            assertThat(part.isPublic()).isFalse();
            assertThat(store.clocks(part.id())).containsKeys("sign", "due");
        });
        assertThat(parts.get(1).title()).isEqualTo("改造危房九十户");
        assertThat(parts.getFirst().waits()).containsExactly("unit:" + county.unit("liuwan"));
        assertThat(journal.listEntries("matter:" + whole, 50).getFirst().act()).isEqualTo("matter.split");
        assertThat(journal.listBrokenStreams()).isEmpty();
    }

    @Test
    void putsItsPartsUnderWhoeverTakesOverTheWhole() throws Exception {
        long whole = working("整治河道四段");
        Matter part = split("clerk", whole, line("liuwan", "整治河道一段", "1")).getFirst();
        assertThat(part.giver()).as("the office split it for the lead").isEqualTo(county.unit("housing"));

        act("clerk", whole, "transfer", "lead", unit("transport"), "reason", "职能调整");

        Matter moved = find(part.id());
        assertThat(moved.checker()).isEqualTo(county.unit("transport"));
        assertThat(moved.giver()).isEqualTo(county.unit("transport"));
        assertThat(as("mover", () -> store.listParts(whole))).hasSize(1);
        assertThat(journal.listEntries("matter:" + part.id(), 1).getFirst().act())
                .isEqualTo("matter.whole-transferred");
        act("town", part.id(), "sign");
        act("town", part.id(), "report", "note", "清完", "percent", "40");
        assertThat(act("mover", part.id(), "verify", "finding", "属实").progress())
                .isEqualByComparingTo("40");
    }

    @Test
    void saysTheSameSumToWhoMayNotSeeAllParts() throws Exception {
        long whole = create("clerk", "target-task", Map.of("title", "改厕一百户"));
        act(
                "clerk",
                whole,
                "hand-down",
                "lead",
                unit("housing"),
                "joint",
                unit("education"),
                "due",
                TODAY.plusDays(60).toString());
        act("handler", whole, "sign");
        List<Matter> parts = split("handler", whole, line("liuwan", "改厕六十户", "6"), line("transport", "改厕四十户", "4"));
        act("town", parts.getFirst().id(), "sign");
        confirm("town", "handler", parts.getFirst().id(), "50");
        act("mover", parts.get(1).id(), "sign");

        assertThat(find(whole).progress()).isEqualByComparingTo("30");
        String seen = pages.perform(get("/matters/" + whole).with(user(county.user("stranger"))))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
        assertThat(seen).contains("30%").doesNotContain("改厕六十户", "50%");
    }

    @Test
    void claimsNoMoreThanItsPartsHaveShownAndShowsTheSum() throws Exception {
        long whole = working("硬化村道十公里");
        confirm("handler", "clerk", whole, "80");
        List<Matter> parts = split("handler", whole, line("liuwan", "硬化七公里", "7"), line("transport", "硬化三公里", "3"));
        long town = parts.get(0).id();
        long transport = parts.get(1).id();
        assertThat(find(whole).progress())
                .as("claimed before, shown by no part")
                .isNull();

        act("town", town, "sign");
        act("mover", transport, "sign");
        confirm("town", "handler", town, "50");
        assertThat(find(whole).progress()).isEqualByComparingTo("35");
        confirm("mover", "handler", transport, "33.33");
        // (7 × 50 + 3 × 33.33) / 10 = 44.999, rounded down.
        assertThat(find(whole).progress()).isEqualByComparingTo("44.99");
        assertThatThrownBy(() -> act("handler", whole, "report", "note", "快了", "percent", "90"))
                .isInstanceOfSatisfying(
                        MoveRefused.class,
                        e -> assertThat(e.faults())
                                .extracting(Fault::key)
                                .containsExactly("matters.fault.percent-parts"));

        act("handler", transport, "cancel", "reason", "路线改了");
        assertThat(find(whole).progress()).as("called off: no longer counted").isEqualByComparingTo("50");
        String page = pages.perform(get("/matters/" + whole).with(user(county.user("handler"))))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
        assertThat(page).contains("硬化七公里", "硬化三公里", "50%");
    }

    @Test
    void aBouncedPartKeepsWhatWasConfirmedAndHoldsTheWholeOpen() {
        long whole = working("新建公厕六座");
        long part = split("handler", whole, line("liuwan", "新建公厕两座", "1"))
                .getFirst()
                .id();
        act("town", part, "sign");
        confirm("town", "handler", part, "60");
        assertThatThrownBy(() -> act("handler", whole, "submit", List.of(PROOF), "result", "完成"))
                .isInstanceOfSatisfying(
                        MoveRefused.class,
                        e -> assertThat(e.faults()).extracting(Fault::key).containsExactly("matters.fault.parts"));
        county.account("mayor-" + part, "镇长" + part, "liuwan", Role.HEAD);
        act("town", part, "submit", List.of(PROOF), "result", "完成");
        act("mayor-" + part, part, "approve");
        act("handler", part, "bounce", "reason", "少一座");
        assertThat(find(whole).progress()).isEqualByComparingTo("60");

        confirm("town", "handler", part, "100");
        act("town", part, "submit", List.of(PROOF), "result", "两座");
        act("mayor-" + part, part, "approve");
        act("handler", part, "close", "finding", "属实");
        assertThat(find(whole).progress()).isEqualByComparingTo("100");
        assertThat(act("handler", whole, "submit", List.of(PROOF), "result", "完成")
                        .state())
                .isEqualTo("reviewing");
    }

    @Test
    void keepsTheSumOfThePartsWhenACheckerWhoSeesNoneConfirmsAReport() {
        long whole = working("改造公厕十座");
        act("clerk", whole, "transfer", "lead", unit("housing"), "reason", "核对牵头单位");
        as("clerk", () -> {
            edits.edit(
                    county.user("clerk"),
                    whole,
                    new Edits.Wanted(find(whole).version(), Map.of("checker", unit("education")), Map.of()),
                    UUID.randomUUID().toString());
            return true;
        });
        act("handler", whole, "sign");
        confirm("handler", "clerk", whole, "90");
        long part = split("handler", whole, line("liuwan", "改造五座", "1"), line("transport", "改造另五座", "1"))
                .getFirst()
                .id();
        act("town", part, "sign");
        confirm("town", "handler", part, "20");
        assertThat(find(whole).progress()).isEqualByComparingTo("10");

        assertThat(as("stranger", () -> store.listParts(whole))).isEmpty();
        act("handler", whole, "report", "note", "两处开工");
        act("stranger", whole, "verify", "finding", "属实");

        assertThat(find(whole).progress()).isEqualByComparingTo("10");
    }

    @Test
    void countsWhatWasDoneInPartAndForgetsWhatWasCalledOff() {
        long whole = working("整治排污口八处");
        List<Matter> parts = split("handler", whole, line("liuwan", "整治四处", "1"), line("transport", "整治另四处", "1"));
        long town = parts.get(0).id();
        long transport = parts.get(1).id();
        act("town", town, "sign");
        act("mover", transport, "sign");
        confirm("town", "handler", town, "100");
        confirm("mover", "handler", transport, "40");
        county.account("mayor-" + town, "镇长" + town, "liuwan", Role.HEAD);
        act("town", town, "submit", List.of(PROOF), "result", "完成");
        act("mayor-" + town, town, "approve");
        act("handler", town, "close", "finding", "属实");
        county.account("chief-" + transport, "局长" + transport, "transport", Role.HEAD);
        act("mover", transport, "submit", List.of(PROOF), "result", "完成四成");
        act("chief-" + transport, transport, "approve");
        act("clerk", transport, "close-partly", "reason", "两处无法整治，同意按部分完成办结");
        assertThat(find(transport).state()).isEqualTo("partly");
        assertThat(find(whole).progress())
                .as("100 and 40: what was not done is not forgotten")
                .isEqualByComparingTo("70");
    }

    @Test
    void aWholeWhosePartsWereAllCalledOffReportsForItselfAgain() {
        long whole = working("新建口袋公园");
        long part =
                split("handler", whole, line("liuwan", "建一个", "1")).getFirst().id();
        act("handler", part, "cancel", "reason", "自己建");

        confirm("handler", "clerk", whole, "60");

        assertThat(find(whole).progress()).isEqualByComparingTo("60");
    }

    @Test
    void doesNotCallOffAWholeWhosePartsAreUnderWay() {
        long whole = working("新建驿站四座");
        split("handler", whole, line("liuwan", "建四座", "1"));

        MoveRefused refused =
                catchThrowableOfType(MoveRefused.class, () -> act("clerk", whole, "cancel", "reason", "计划取消"));

        assertThat(refused.faults()).extracting(Fault::key).containsExactly("matters.fault.parts");
    }

    @Test
    void doesNotReopenAPartOfWhatHasEnded() {
        long whole = working("新建充电桩三十个");
        long part =
                split("handler", whole, line("liuwan", "建三十个", "1")).getFirst().id();
        act("handler", part, "cancel", "reason", "改由县里建");
        act("clerk", whole, "cancel", "reason", "计划取消");

        MoveRefused refused =
                catchThrowableOfType(MoveRefused.class, () -> act("clerk", part, "reopen", "reason", "恢复", "due", DUE));

        assertThat(refused.faults()).extracting(Fault::key).containsExactly("matters.fault.whole-ended");
        act("clerk", whole, "reopen", "reason", "恢复", "due", TODAY.plusDays(60).toString());
        assertThat(act("clerk", part, "reopen", "reason", "恢复", "due", DUE).state())
                .isEqualTo("working");
    }

    @Test
    void doesNotReopenAPartOfWhatIsDoneAndOnlyRatedNorCloseItWithARunningPart() {
        long whole = create(
                "clerk",
                "livelihood",
                Map.of(
                        "title",
                        "新建托育园",
                        "what",
                        "建两处",
                        "lead",
                        unit("housing"),
                        "due",
                        TODAY.plusDays(60).toString()));
        act("handler", whole, "sign");
        long part =
                split("handler", whole, line("liuwan", "建一处", "1")).getFirst().id();
        matters.override(county.user("admin"), whole, find(whole).version(), "rating", "已验收", "rate-" + whole);
        MoveRefused running =
                catchThrowableOfType(MoveRefused.class, () -> act("clerk", whole, "close", "satisfied", "90"));
        assertThat(running.faults()).extracting(Fault::key).containsExactly("matters.fault.parts");

        matters.override(county.user("admin"), part, find(part).version(), "closed", "已建成", "done-" + part);
        MoveRefused refused =
                catchThrowableOfType(MoveRefused.class, () -> act("clerk", part, "reopen", "reason", "漏水", "due", DUE));
        assertThat(refused.faults()).extracting(Fault::key).containsExactly("matters.fault.whole-ended");
        assertThat(act("clerk", whole, "close", "satisfied", "90").state()).isEqualTo("closed");
    }

    @Test
    void extendsNoPartPastTheDeadlineOfTheWhole() {
        long whole = working("改造老旧电梯");
        long part =
                split("handler", whole, line("liuwan", "改造两部", "1")).getFirst().id();
        act("town", part, "sign");
        String late = TODAY.plusDays(61).toString();

        MoveRefused refused = catchThrowableOfType(
                MoveRefused.class, () -> act("town", part, "ask-extension", "due", late, "reason", "缺件"));
        assertThat(refused.faults()).extracting(Fault::key).containsExactly("matters.fault.extension-whole");
        act("town", part, "ask-extension", "due", TODAY.plusDays(60).toString(), "reason", "缺件");
        act("handler", part, "grant-extension");
        assertThat(find(part).due()).isEqualTo(TODAY.plusDays(60));
    }

    @Test
    void takesFromTheWholeWhatAPartThatBeginsAnewNoLongerShows() {
        long whole = working("新建公厕五座");
        List<Matter> parts = split("handler", whole, line("liuwan", "建两座", "2"), line("transport", "建三座", "3"));
        long town = parts.get(0).id();
        long transport = parts.get(1).id();
        act("mover", transport, "sign");
        confirm("mover", "handler", transport, "50");
        matters.override(county.user("admin"), town, find(town).version(), "closed", "已建成", "done-" + town);
        assertThat(find(whole).progress()).isEqualByComparingTo("70");

        act("clerk", town, "reopen", "reason", "一座渗漏", "due", DUE);

        assertThat(find(whole).progress()).isEqualByComparingTo("30");
        act("town", town, "report", "note", "已停用", "percent", "40");
        act("handler", town, "verify", "finding", "属实");
        assertThat(find(whole).progress()).isEqualByComparingTo("46");
    }

    @Test
    void carriesTheProgressOfAVillageUpToTheCounty() {
        long whole = working("改造户厕一百户");
        long town = split("handler", whole, line("liuwan", "改造户厕四十户", "2"), line("transport", "改造户厕六十户", "3"))
                .getFirst()
                .id();
        act("town", town, "sign");
        long village =
                split("town", town, line("shiqiao", "改造户厕二十户", "1")).getFirst().id();
        act("village", village, "sign");
        confirm("village", "town", village, "50");

        assertThat(find(town).progress()).isEqualByComparingTo("50");
        assertThat(find(whole).progress())
                .as("2 × 50 / 5; the town does not see the whole")
                .isEqualByComparingTo("20");
        assertThat(as("town", () -> store.find(whole))).isEmpty();
        MoveRefused circle =
                catchThrowableOfType(MoveRefused.class, () -> split("village", village, line("housing", "退给住建", "1")));
        assertThat(circle.faults()).extracting(Fault::key).containsExactly("letters.fault.circle");
    }

    @Test
    void refusesEveryWrongLineAtOnceAndMakesNoPart() {
        long whole = working("清理乱堆乱放");
        MoveRefused refused = catchThrowableOfType(
                MoveRefused.class,
                () -> split(
                        "handler",
                        whole,
                        line("liuwan", "好的一行", "1"),
                        line("liuwan", "没有重量", "0"),
                        new Line(unit("liuwan"), "太晚", "1", TODAY.plusDays(61).toString()),
                        new Line("", "没有单位", "1", DUE),
                        new Line("999999", "没有这个单位", "1", DUE)));

        assertThat(refused.faults()).extracting(Fault::field).containsExactly("1.weight", "2.due", "3.unit", "4.lead");
        assertThat(store.listParts(whole)).isEmpty();
        assertThatThrownBy(() -> split("mover", whole, line("liuwan", "别人的", "1")))
                .isInstanceOf(MoveRefused.class);
    }

    @Test
    void hasAPageThatTheMoveLeadsTo() throws Exception {
        long whole = working("清理小广告");
        var form = pages.perform(get("/matters/" + whole + "/do/split").with(user(county.user("handler"))))
                .andReturn()
                .getResponse();
        assertThat(form.getRedirectedUrl()).isEqualTo("/matters/" + whole + "/split");
        var request = post("/matters/" + whole + "/split")
                .param("version", Integer.toString(find(whole).version()))
                .param("request", UUID.randomUUID().toString())
                .param("unit", unit("liuwan"), "")
                .param("title", "清理镇区小广告", "")
                .param("weight", "1", "1")
                .param("due", DUE, "");
        var done = pages.perform(request.with(user(county.user("handler"))).with(csrf()))
                .andReturn()
                .getResponse();
        assertThat(done.getStatus()).isEqualTo(302);
        assertThat(store.listParts(whole)).hasSize(1);
        var wrong = pages.perform(post("/matters/" + whole + "/split")
                        .param("version", Integer.toString(find(whole).version()))
                        .param("unit", unit("liuwan"))
                        .param("title", "留下来的字")
                        .param("weight", "-1")
                        .param("due", DUE)
                        .with(user(county.user("handler")))
                        .with(csrf()))
                .andReturn()
                .getResponse();
        assertThat(wrong.getStatus()).isEqualTo(422);
        assertThat(wrong.getContentAsString(StandardCharsets.UTF_8)).contains("留下来的字", "不能作权重");
        assertThat(pages.perform(get("/matters/" + whole + "/split").with(user(county.user("stranger"))))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(404);
    }
}
