package org.luoshi.server.reminders;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.luoshi.server.Browser;
import org.luoshi.server.ServerTest;
import org.luoshi.server.TestMail;
import org.luoshi.server.matters.Types;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A person turns letters and a calendar on, in a real browser and with a real mail server. */
@SuppressWarnings("NullAway.Init") // opened before all tests
class NoticesBrowserIT extends ServerTest {
    @LocalServerPort
    int port;

    @Autowired
    private Outbox outbox;

    @Autowired
    private Types types;

    private GreenMail server;
    private Browser browser;

    @BeforeAll
    void open() throws IOException {
        types.load();
        server = TestMail.start();
        browser = Browser.open(port);
    }

    @AfterAll
    void close() {
        server.stop();
        if (browser != null) {
            assertThat(browser.faults()).isEmpty();
            browser.close();
        }
    }

    @Test
    void turnsLettersAndACalendarOnAndOff() throws Exception {
        Page page = browser.logIn("handler");
        page.navigate(browser.address("/me"));
        page.click("main a[href='/me/notices']");
        page.fill("#address", "luchuan@example.com");
        page.selectOption("#what", "daily");
        page.click("button:has-text('保存')");
        assertThat(page.locator(".tag")).hasText("等验证码");

        assertThat(outbox.round()).isEqualTo(1);
        Matcher code = Pattern.compile("\\d{6}").matcher(server.getReceivedMessages()[0].getSubject());
        assertThat(code.find()).isTrue();
        page.fill("#code", code.group());
        page.press("#code", "Enter");
        assertThat(page.locator(".tag")).hasText("可用");
        assertThat(page.locator("#what")).hasValue("daily");

        page.click("text=生成日历地址");
        String feed = page.locator("#feed").inputValue().replace("https://luoshi.test", browser.address());
        APIResponse calendar = page.request().get(feed);
        assertThat(calendar.status()).isEqualTo(200);
        assertThat(calendar.headers().get("content-type")).startsWith("text/calendar");
        assertThat(calendar.text()).startsWith("BEGIN:VCALENDAR");
        page.navigate(browser.address("/me/notices"));
        assertThat(page.locator("#feed")).hasCount(0);
        page.click("button:has-text('作废')");
        assertThat(page.locator("text=生成日历地址")).isVisible();
        assertThat(page.request().get(feed).status()).isEqualTo(404);
    }
}
