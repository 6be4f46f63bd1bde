package org.luoshi.server.matters;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.luoshi.server.Browser;
import org.luoshi.server.accounts.Role;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A post changes hands in a real browser, and the successor finds the work. */
@SuppressWarnings("NullAway.Init") // opened before all tests
class SuccessionBrowserIT extends MatterTest {
    @LocalServerPort
    int port;

    private Browser browser;

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

    @Test
    void handsAHeadsPostOnAndTheSuccessorGoesOnWithHisWork() {
        long id = create("clerk", "target-task", Map.of("title", "改造泵站"));
        LocalDate due = LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(60);
        act("clerk", id, "hand-down", "lead", unit("housing"), "due", due.toString());
        act("handler", id, "sign");
        act("handler", id, "submit", List.of(PROOF), "result", "已改造");
        county.account("deputy", "邵新任", "housing", Role.HANDLER);

        Page page = browser.logIn("admin");
        page.navigate(browser.address("/units/" + unit("housing")));
        page.selectOption(
                "#who", page.locator("#who option:has-text('顾明远')").first().getAttribute("value"));
        page.selectOption(
                "#to", page.locator("#to option:has-text('邵新任')").first().getAttribute("value"));
        page.check("input[name=leaves]");
        page.click("form[action$='/hand-over'] button");
        assertThat(page.locator("main")).containsText("顾明远 → 邵新任");

        page = browser.logInAnew("deputy");
        page.navigate(browser.address("/inbox"));
        page.click("text=改造泵站");
        page.click(".can a[href$='/do/approve']");
        page.click("main form button[type=submit]");
        page.waitForURL("**/matters/" + id + "?done=*");
        assertThat(store.find(id).orElseThrow().state()).isEqualTo("checking");
    }
}
