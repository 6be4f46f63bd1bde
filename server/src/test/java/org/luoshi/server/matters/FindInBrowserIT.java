package org.luoshi.server.matters;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.luoshi.server.Browser;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Long lists of units are narrowed by typing a few characters. */
class FindInBrowserIT extends MatterTest {
    @LocalServerPort
    private int port;

    private Browser browser;
    private Page page;

    @BeforeAll
    void open() throws IOException {
        types.load();
        for (int i = 0; i < 24; i++) {
            String name = "石桥东南西北上下".charAt(i % 8) + "河" + (i + 1) + "村";
            county.unit("find-" + i, "liuwan", name + "村民委员会", name, "village");
        }
        browser = Browser.open(port);
        page = browser.logInAnew("clerk");
        page.navigate(browser.address("/matters/new?type=target-task"));
    }

    @AfterAll
    void close() {
        if (browser != null) {
            assertThat(browser.faults()).isEmpty();
            browser.close();
        }
    }

    @Test
    void choosesTheOneThatIsLeftAndBringsTheOthersBack() {
        int all = page.locator("#in-lead option").count();
        page.fill("#in-lead-find", "住 局");
        assertThat(page.inputValue("#in-lead")).isEqualTo(unit("housing"));
        page.press("#in-lead-find", "Enter");
        assertThat(page.url()).as("Enter chooses, it does not send").endsWith("type=target-task");
        page.fill("#in-lead-find", "");
        assertThat(page.locator("#in-lead option").count()).isEqualTo(all);
        assertThat(page.inputValue("#in-lead")).isEqualTo(unit("housing"));
    }

    @Test
    void hidesTheBoxesThatDoNotFitAndKeepsThoseThatAreTicked() {
        page.check(".checks input[value='" + unit("education") + "']");
        page.fill("#in-joint-find", "交通");
        assertThat(page.locator(".checks label:visible").allInnerTexts()).containsExactly("县交通局");
        page.press("#in-joint-find", "Enter");
        page.fill("#in-joint-find", "");
        assertThat(page.locator(".checks input:checked").evaluateAll("all => all.map(one => one.value)"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .containsExactlyInAnyOrder(unit("education"), unit("transport"));
    }

    @Test
    void followsTheFirstLinkOfAFilter() {
        page.navigate(browser.address("/matters"));
        page.locator("details.pick", new Page.LocatorOptions().setHasText("单位"))
                .locator("summary")
                .click();
        var find = page.locator("details[open] .find-in");
        find.waitFor(new com.microsoft.playwright.Locator.WaitForOptions().setState(WaitForSelectorState.VISIBLE));
        find.fill("教局");
        find.press("Enter");
        page.waitForURL("**/matters?unit=" + unit("education"));
        page.navigate(browser.address("/matters/new?type=target-task"));
    }
}
