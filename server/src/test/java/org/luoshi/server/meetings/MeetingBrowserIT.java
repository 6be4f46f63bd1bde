package org.luoshi.server.meetings;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.luoshi.server.Browser;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A meeting in a real browser, from being called to its minutes, in the room by keyboard. */
@SuppressWarnings("NullAway.Init") // opened before all tests
class MeetingBrowserIT extends MeetingTest {
    @LocalServerPort
    int port;

    private Browser browser;

    @BeforeAll
    void open() throws IOException {
        task("清淤河道六公里", "housing", TODAY.minusDays(40), TODAY.minusDays(4));
        task("拓宽县道三段", "transport", TODAY.minusDays(40), TODAY.minusDays(9));
        browser = Browser.open(port);
    }

    @AfterAll
    void close() {
        if (browser != null) {
            assertThat(browser.faults()).isEmpty();
            browser.close();
        }
    }

    @Test
    void walksAMeetingFromItsCallToItsMinutes() throws IOException {
        Page page = browser.logIn("clerk");
        page.navigate(browser.address("/matters"));
        page.click(".page-head summary:has-text('更多')");
        page.click("a[href='/meetings']");
        page.click("a[href='/meetings/new']");
        page.fill("#title", "十一月调度会");
        page.fill("#series", "月调度会");
        page.fill("#day", TODAY.toString());
        page.check("input[name=units][value='" + unit("housing") + "']");
        page.check("input[name=units][value='" + unit("transport") + "']");
        page.click("main form button[type=submit]");
        page.waitForURL("**/meetings/*");
        assertThat(page.locator("main")).containsText("已过 9 天");
        page.fill("#free", "通报考核办法");
        page.click("form:has(#free) button");
        page.click("li:has-text('拓宽县道三段') >> text=下移");
        assertThat(page.locator(".agenda-line").first()).containsText("清淤河道六公里");
        page.click("text=开会 >> nth=0");
        page.waitForURL("**/room");

        assertThat(page.locator(".room-now h2").first()).hasText("清淤河道六公里");
        page.keyboard().type("雨季之前要收尾");
        page.keyboard().press("Alt+ArrowDown");
        page.waitForURL("**item=*");
        assertThat(page.locator(".room-now h2").first()).hasText("拓宽县道三段");
        page.fill("#in-title", "拓宽县道倒排到周");
        page.keyboard().press("Alt+Enter");
        assertThat(page.locator("#in-due + .wrong")).isVisible();
        assertThat(page.locator("#in-title")).hasValue("拓宽县道倒排到周");
        page.click("[data-due] >> nth=1");
        page.keyboard().press("Alt+Enter");
        page.waitForURL("**done=meetings.decided");
        assertThat(page.locator(".room-made")).containsText("拓宽县道倒排到周");
        page.keyboard().press("Alt+ArrowUp");
        assertThat(page.locator("#discussion")).hasValue("雨季之前要收尾");
        page.click("text=散会");
        page.waitForURL("**/meetings/*");
        assertThat(page.locator("#h-made")).isVisible();
        Download minutes = page.waitForDownload(() -> page.click("a[href$='minutes.docx']"));
        try (InputStream in = Files.newInputStream(minutes.path());
                XWPFDocument document = new XWPFDocument(in)) {
            assertThat(document.getTables().getLast().getText()).contains("拓宽县道倒排到周", "县交通局");
            assertThat(document.getParagraphs()).anyMatch(p -> p.getText().equals("雨季之前要收尾"));
        }

        page.navigate(browser.address("/meetings/new"));
        assertThat(page.locator("#series")).hasValue("月调度会");
        page.fill("#title", "十二月调度会");
        page.fill("#day", TODAY.plusDays(30).toString());
        page.click("main form button[type=submit]");
        page.waitForURL("**/meetings/*");
        assertThat(page.locator(".agenda-line").first()).containsText("拓宽县道倒排到周");
        page.locator(".agenda-line").first().locator("a").first().click();
        assertThat(page.locator("main")).containsText("十一月调度会议定");
    }
}
