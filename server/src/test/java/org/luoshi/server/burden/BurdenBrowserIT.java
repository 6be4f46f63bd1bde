package org.luoshi.server.burden;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.luoshi.server.Browser;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Ask, be refused and led to where it stands, send the rest, answer; the burden page shows it. */
@SuppressWarnings("NullAway.Init") // opened before all tests
class BurdenBrowserIT extends BurdenTest {
    @LocalServerPort
    int port;

    private Browser browser;

    @BeforeAll
    void open() throws IOException {
        browser = Browser.open(port);
    }

    @AfterAll
    void close() {
        if (browser != null) {
            assertThat(browser.faults()).isEmpty();
            browser.close();
        }
    }

    private static void fill(Page page, String title, String... fields) {
        page.fill("#title", title);
        page.fill("#basis", "年度工作安排");
        page.selectOption("#period", MONTH);
        page.fill("#due", SOON);
        for (int i = 0; i < fields.length; i++) {
            page.fill("[name=name" + i + "]", fields[i]);
        }
        page.check("text=柳湾镇");
    }

    @Test
    void asksIsRefusedSendsTheRestIsAnsweredAndCounted() throws Exception {
        Page page = browser.logIn("handler");
        page.navigate(browser.address("/requests/new"));
        fill(page, "燃气底数", "天然气用户数");
        page.click("button[value=send]");
        page.waitForURL("**/requests/*?done=*");

        page = browser.logInAnew("mover");
        page.navigate(browser.address("/requests/new"));
        fill(page, "管网普查", "天然气用户数", "管网公里数");
        page.click("button[value=send]");
        assertThat(page.locator(".stand-exact")).containsText("已由县住建局在《燃气底数》里要过，正在报");
        String there = page.locator(".stand-exact a").getAttribute("href");
        assertThat(page.locator("[name=name1]")).hasValue("管网公里数");
        page.click("button[value=rest]");
        page.waitForURL("**/requests/*?done=*");
        String sent = page.url().replaceAll("\\?.*", "");
        page.navigate(browser.address(there));
        assertThat(page.locator("main")).containsText("只发出了其余各项");

        page = browser.logInAnew("town");
        page.navigate(browser.address("/inbox"));
        page.click("text=管网普查");
        assertThat(page.locator("main")).containsText("“天然气用户数”不用再报");
        page.fill(".answer-form .input.num", "一百");
        page.click("button[value=send]");
        assertThat(page.locator(".wrong")).containsText("“一百”不是数字");
        page.fill(".answer-form .input.num", "100");
        page.click("button[value=send]");
        assertThat(page.locator("main")).containsText("已报");
        page.navigate(browser.address("/requests"));
        page.click("text=燃气底数");
        page.fill(".answer-form .input.num", "2310");
        page.click("button[value=send]");

        page = browser.logInAnew("mover");
        page.navigate(sent);
        assertThat(page.locator("tbody tr").first()).containsText("2310 取自别处");
        byte[] sheet = page.request().get(sent + "/answers.xlsx").body();
        assertThat(new String(sheet, 0, 2, StandardCharsets.ISO_8859_1)).isEqualTo("PK");

        page = browser.logInAnew("clerk");
        page.navigate(
                browser.address("/burden?period=" + Period.quarterOf(TODAY).key()));
        assertThat(page.locator("tbody tr").first()).containsText("柳湾镇");
        assertThat(page.locator("tbody tr").first()).containsText("20");
        assertThat(page.locator("main")).containsText("因已在别处拦下 1 项");
        page.click("tbody tr:first-child b");
        assertThat(page.locator("main")).containsText("1×10=10");
    }
}
