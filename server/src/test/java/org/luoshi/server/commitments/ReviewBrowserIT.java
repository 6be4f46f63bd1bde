package org.luoshi.server.commitments;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.luoshi.server.Browser;
import org.luoshi.server.ServerTest;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.commitments.Commitment.State;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A clerk uploads a report, reviews it by keyboard beside the text, and registers what was accepted. */
class ReviewBrowserIT extends ServerTest {
    private static final String REPORT = """
            政府工作报告
            一、过去一年的工作
            2025年，全县地区生产总值增长5.6%。城南水厂一期通水。
            二、2026年的重点工作
            （一）把城乡面貌改好
            6月底前建成岚江大桥，改造老旧小区31个、惠及居民5800户。改造城区雨污分流管网38公里。
            （二）把民生的事办实
            新建公办幼儿园3所，新增学位1080个。新增普惠养老床位**张。
            """;

    @LocalServerPort
    int port;

    @Autowired
    Commitments commitments;

    @Autowired
    Journal journal;

    @Test
    void uploadsReviewsByKeyboardAndRegisters() throws Exception {
        long document;
        try (Browser browser = Browser.open(port)) {
            Page page = browser.logIn("clerk");
            upload(page);
            page.locator("a.doc-title").first().click();
            assertThat(page.locator("#editor")).isVisible();
            int all = page.locator("tr.promise").count();
            assertThat(all).isGreaterThanOrEqualTo(4);

            // Every mark has its row, and the present one is lit on both sides.
            String current = page.getAttribute("#editor", "data-id");
            assertThat(page.locator("[data-pairs~='" + current + "'].lit").first())
                    .isVisible();

            // The deadline and the lead are corrected in place and saved by themselves.
            page.fill("#due", "9-30");
            page.press("#due", "Tab");
            assertThat(page.locator("#c" + current + " .c-due")).containsText("2026-09-30");
            page.fill("#lead", "县民政局");
            page.press("#lead", "Tab");
            assertThat(page.locator("#c" + current + " .c-lead")).containsText("县民政局");

            // Accept, then reject the next, then take the rejection back.
            page.keyboard().press("Escape");
            page.keyboard().press("a");
            assertThat(page.locator("#c" + current)).hasAttribute("data-state", "accepted");
            String next = page.getAttribute("#editor", "data-id");
            assertThat(next).isNotEqualTo(current);
            page.keyboard().press("x");
            assertThat(page.locator("#c" + next)).hasAttribute("data-state", "rejected");
            page.keyboard().press("z");
            assertThat(page.locator("#c" + next)).hasAttribute("data-state", "proposed");

            // Words of the text become a commitment.
            page.evaluate("""
                    () => {
                      const p = [...document.querySelectorAll("p.b")].find((b) => b.textContent.includes("\\u6c34\\u5382"));
                      const range = document.createRange();
                      range.selectNodeContents(p.querySelector("span:last-of-type"));
                      const selection = getSelection();
                      selection.removeAllRanges();
                      selection.addRange(range);
                    }""");
            page.keyboard().press("n");
            assertThat(page.locator("tr.promise")).hasCount(all + 1);
            page.keyboard().press("Escape");

            // The rest in one go, then the register.
            page.locator("tr.promise input[type=checkbox]").all().forEach(box -> {
                if (!box.isChecked()) {
                    box.check();
                }
            });
            page.click("[data-bulk=accept]");
            assertThat(page.locator("tr.promise[data-state=accepted]")).hasCount(all + 1);

            // Leaving and coming back loses nothing.
            page.reload();
            assertThat(page.locator("tr.promise[data-state=accepted]")).hasCount(all + 1);
            page.click("#register-button");
            assertThat(page.locator("tr.promise[data-state=registered]")).hasCount(all + 1);
            assertThat(page.locator("#to-register")).isVisible();
            document = Long.parseLong(page.getAttribute("#main", "data-document"));
            assertThat(browser.faults()).isEmpty();
        }
        List<Commitment> registered = commitments.listOf(document);
        assertThat(registered).extracting(Commitment::state).containsOnly(State.REGISTERED);
        assertThat(registered).extracting(Commitment::number).doesNotHaveDuplicates();
        assertThat(journal.listBrokenStreams()).isEmpty();
    }

    @Test
    void answersADoubtByKeyAndWritesOnlyItsOwnFieldsAfterAnother() throws Exception {
        try (Browser browser = Browser.open(port)) {
            Page page = browser.logIn("clerk");
            upload(page, "青岚县补充报告.txt", REPORT.replace("岚江大桥", "岚江二桥"));
            page.locator("a.doc-title", new Page.LocatorOptions().setHasText("政府工作报告"))
                    .first()
                    .click();
            assertThat(page.locator("#editor")).isVisible();

            // The first answer to the masked figure keeps it as it is, and that settles it.
            Locator masked = page.locator("tr.promise", new Page.LocatorOptions().setHasText("养老床位"));
            String id = masked.getAttribute("data-id");
            masked.locator(".what").click();
            assertThat(page.locator("#editor[data-id='" + id + "'] .question").first())
                    .isVisible();
            page.locator("#list-body").focus();
            for (int left = page.locator("#editor .question").count(); left > 0; left--) {
                page.keyboard().press("1");
            }
            assertThat(page.locator("#c" + id)).hasAttribute("data-state", "accepted");

            // Somebody else names a lead while this clerk types a deadline: both stand.
            Locator bridge = page.locator("tr.promise", new Page.LocatorOptions().setHasText("岚江二桥"));
            long other = Long.parseLong(bridge.getAttribute("data-id"));
            bridge.locator(".what").click();
            assertThat(page.locator("#editor[data-id='" + other + "']")).isVisible();
            page.locator("#due").pressSequentially("x");
            page.fill("#due", "2026-10-31");
            Commitment before = commitments.get(other);
            Commitment.Content content = before.content();
            commitments.edit(
                    county.user("second").actor(),
                    new Commitments.Ref(other, before.version()),
                    new Edit(
                            content.what(),
                            content.due(),
                            county.unit("transport"),
                            content.joint(),
                            content.targets(),
                            "projects",
                            "investment"),
                    null);
            assertThat(page.locator("#editor .conflict")).isVisible();
            page.click("#editor [data-do=mine]");
            assertThat(page.locator("#c" + other + " .c-due")).containsText("2026-10-31");
            Commitment.Content after = commitments.get(other).content();
            assertThat(after.lead()).isEqualTo(county.unit("transport"));
            assertThat(after.theme()).isEqualTo("projects");
            assertThat(after.due()).hasToString("2026-10-31");

            // The theme is changed on the page.
            page.selectOption("#theme", "livelihood/education");
            assertThat(page.locator("#saved")).containsText("已保存");
            assertThat(commitments.get(other).content().subtheme()).isEqualTo("education");
            assertThat(browser.faults()).isEmpty();
        }
    }

    private static void upload(Page page) {
        upload(page, "青岚县报告.txt", REPORT);
    }

    private static void upload(Page page, String name, String report) {
        int before = page.locator("a.doc-title").count();
        page.setInputFiles("#files", new FilePayload(name, "text/plain", report.getBytes(StandardCharsets.UTF_8)));
        assertThat(page.locator("a.doc-title")).hasCount(before + 1);
    }
}
