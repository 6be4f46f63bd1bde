package org.luoshi.server.matters;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.luoshi.server.Browser;
import org.luoshi.server.accounts.Role;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A matter of each type in a real browser, from given to closed, with the people who have to act. */
@SuppressWarnings("NullAway.Init") // opened before all tests
class MattersBrowserIT extends MatterTest {
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Shanghai"));
    private static final String IN_TWO_MONTHS = TODAY.plusDays(60).toString();

    @LocalServerPort
    int port;

    private Browser browser;
    private Page page;
    private String who = "";

    @BeforeAll
    void open() throws IOException {
        types.load();
        browser = Browser.open(port);
    }

    @AfterAll
    void close() {
        if (browser != null) {
            assertThat(browser.faults()).isEmpty();
            browser.close();
        }
    }

    private void by(String login) {
        if (!login.equals(who)) {
            page = browser.logInAnew(login);
            who = login;
        }
    }

    private static Map<String, String> inputs(String... pairs) {
        Map<String, String> inputs = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            inputs.put(pairs[i], pairs[i + 1]);
        }
        return inputs;
    }

    private void fill(Map<String, String> inputs) {
        inputs.forEach((key, value) -> {
            if (key.equals("files")) {
                page.setInputFiles(
                        "#in-files", new FilePayload(value, "text/plain", "验收合格".getBytes(StandardCharsets.UTF_8)));
                return;
            }
            Locator radio = page.locator("input[type=radio][name=" + key + "][value='" + value + "']");
            Locator check = page.locator("input[type=checkbox][name=" + key + "][value='" + value + "']");
            if (radio.count() > 0) {
                radio.check();
            } else if (check.count() > 0) {
                check.check();
            } else if (page.locator("select[name=" + key + "]").count() > 0) {
                page.selectOption("select[name=" + key + "]", value);
            } else {
                page.fill("[name=" + key + "]", value);
            }
        });
    }

    private long create(String login, String type, String... pairs) {
        by(login);
        page.navigate(browser.address("/matters/new?type=" + type));
        fill(inputs(pairs));
        page.click("main form button[type=submit]");
        page.waitForURL("**/matters/*");
        return Long.parseLong(page.url().replaceAll(".*/matters/(\\d+).*", "$1"));
    }

    /** Opens the matter, presses the button of a move, fills in its form and sends it. */
    private void does(String login, long matter, String move, String... pairs) {
        by(login);
        page.navigate(browser.address("/matters/" + matter));
        page.click(".can a[href$='/do/" + move + "']");
        fill(inputs(pairs));
        page.click("main form button[type=submit]");
        page.waitForURL("**/matters/" + matter + "?done=*");
    }

    private void stands(long matter, String state) {
        assertThat(store.find(matter).orElseThrow().state()).isEqualTo(state);
    }

    @Test
    void walksATargetTaskWithBounceExtensionAndNotices() {
        long id = create("clerk", "target-task", "title", "改造老旧小区12个");
        does("clerk", id, "hand-down", "lead", unit("housing"), "joint", unit("transport"), "due", IN_TWO_MONTHS);
        by("handler");
        page.navigate(browser.address("/inbox"));
        assertThat(page.locator(".item-title").first()).hasText("改造老旧小区12个");
        does("handler", id, "sign");
        does("handler", id, "ask-extension", "due", TODAY.plusDays(90).toString(), "reason", "连续降雨停工");
        does("clerk", id, "grant-extension");
        for (String level : new String[] {"blue", "yellow", "red"}) {
            does("clerk", id, "urge", "level", level, "note", "群众反映强烈，提前督办");
        }
        assertThat(page.locator("main")).containsText("督红〔" + TODAY.getYear() + "〕1号");
        does("handler", id, "report", "note", "全部完工", "percent", "100", "files", "验收表.txt");
        does("clerk", id, "verify", "finding", "材料齐全");
        does("mover", id, "countersign");
        does("handler", id, "submit", "result", "12个小区完工");
        does("head", id, "approve");
        does("clerk", id, "bounce", "reason", "一处楼道未亮化");
        stands(id, "working");
        does("handler", id, "submit", "result", "12个小区完工，楼道已亮化", "files", "楼道照片.txt");
        does("head", id, "approve");
        does("second", id, "close", "finding", "现场核查，属实");
        stands(id, "closed");
        assertThat(page.locator("main")).containsText("退回 1 次");
        assertThat(page.locator("main")).containsText("延期 1 次");
    }

    @Test
    void walksAnInstruction() {
        long id = create("clerk", "instruction", "title", "研究城东积水问题", "what", "请拿出办法", "origin", "instruction");
        does("clerk", id, "hand-down", "lead", unit("housing"), "due", IN_TWO_MONTHS);
        does("handler", id, "sign");
        does("handler", id, "submit", "result", "已拿出三条办法", "files", "报告.txt");
        does("head", id, "disapprove", "reason", "缺资金来源");
        does("handler", id, "submit", "result", "已补资金来源");
        does("head", id, "approve");
        does("clerk", id, "close", "finding", "已报批示领导");
        stands(id, "closed");
    }

    @Test
    void walksAnInspectionWithAnObjectionDecidedByOthers() {
        long id = create(
                "clerk", "inspection", "title", "民生资金拨付督查", "what", "拨付时限", "basis", "常务会议要求", "lead", unit("housing"));
        does("second", id, "approve");
        does("clerk", id, "plan", "plan", "抽查六个乡镇", "scope", "今年以来");
        does("clerk", id, "conclude", "conclusion", "拨付超时", "due", IN_TWO_MONTHS, "files", "结论.txt");
        does("handler", id, "object", "objection", "一笔时间算错");
        by("clerk");
        page.navigate(browser.address("/matters/" + id));
        assertThat(page.locator(".can")).containsText("要由没有参与过的人复核");
        county.account("third", "季明", "supervision", Role.SUPERVISION);
        does("third", id, "amend", "decision", "部分成立", "conclusion", "平均超时九天", "due", IN_TWO_MONTHS);
        does("handler", id, "rectify", "result", "流程已改", "files", "整改报告.txt");
        does("clerk", id, "bounce", "reason", "一项未改");
        does("handler", id, "rectify", "result", "全部改完", "files", "整改照片.txt");
        does("clerk", id, "close", "finding", "核查到位", "outcome", "criticism");
        stands(id, "closed");
    }

    @Test
    void walksARectificationThatComesBack() {
        long id = create(
                "clerk",
                "rectification",
                "title",
                "工地扬尘未覆盖",
                "origin",
                "environment",
                "lead",
                unit("housing"),
                "due",
                IN_TWO_MONTHS,
                "reporter",
                "张某");
        does("handler", id, "plan", "measures", "全面覆盖", "aim", "达标");
        does("clerk", id, "approve-plan");
        does("handler", id, "report", "note", "已覆盖", "percent", "100", "files", "照片.txt");
        does("clerk", id, "verify", "finding", "属实");
        does("handler", id, "submit", "result", "全部覆盖");
        does("head", id, "approve");
        does("clerk", id, "strike-off", "finding", "现场合格");
        does("clerk", id, "recur", "reason", "又有一处裸露", "due", IN_TWO_MONTHS);
        stands(id, "rectifying");
        assertThat(page.locator("main")).containsText("反弹 1 次");
        does("handler", id, "submit", "result", "再次覆盖", "files", "覆盖照片.txt");
        does("head", id, "approve");
        does("clerk", id, "strike-off", "finding", "合格");
        does("clerk", id, "settle", "finding", "未再反弹");
        stands(id, "closed");
        by("stranger");
        page.navigate(browser.address("/matters/" + id));
        assertThat(page.locator("body")).not().containsText("工地扬尘");
    }

    @Test
    void walksALivelihoodProject() {
        long id = create(
                "clerk",
                "livelihood",
                "title",
                "新建口袋公园8个",
                "what",
                "建成开放",
                "lead",
                unit("housing"),
                "due",
                IN_TWO_MONTHS);
        does("handler", id, "sign");
        does("handler", id, "report", "note", "全部建成", "percent", "100", "files", "竣工.txt");
        does("clerk", id, "verify", "finding", "属实");
        does("handler", id, "submit", "result", "8个公园开放");
        does("head", id, "approve");
        does("clerk", id, "accept", "finding", "验收合格");
        does("clerk", id, "close", "satisfied", "96.5");
        stands(id, "closed");
    }

    @Test
    void walksAToDo() {
        long id = create(
                "mover",
                "to-do",
                "title",
                "提供图纸目录",
                "lead",
                unit("housing"),
                "due",
                TODAY.plusDays(5).toString());
        does("handler", id, "answer", "note", "目录见附件", "files", "目录.txt");
        does("mover", id, "bounce", "reason", "少一页");
        does("handler", id, "answer", "note", "已补");
        does("mover", id, "confirm");
        stands(id, "done");
    }

    @Test
    void keepsWhatTheSecondOfTwoTypedAndTellsHimWhatChanged() {
        long id = create("clerk", "target-task", "title", "新建公厕20座");
        does("clerk", id, "hand-down", "lead", unit("housing"), "due", IN_TWO_MONTHS);
        does("handler", id, "sign");
        by("handler");
        page.navigate(browser.address("/matters/" + id + "/do/ask-extension"));
        page.fill("[name=reason]", "征地未完成");
        page.fill("[name=due]", TODAY.plusDays(80).toString());
        act("clerk", id, "urge", "level", "blue", "note", "先发一张");
        page.click("main form button[type=submit]");

        assertThat(page.locator(".notice-warn")).containsText("周启明刚刚办了“督办”");
        assertThat(page.locator("[name=reason]")).hasValue("征地未完成");
        page.click("main form button[type=submit]");
        page.waitForURL("**/matters/" + id + "?done=*");
    }
}
