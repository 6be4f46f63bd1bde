package org.luoshi.server.register;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.luoshi.server.ServerTest;
import org.luoshi.server.TestCounty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** A clerk's way through the register in a real browser: filter, sort, keep the view, take the table away. */
class RegisterBrowserIT extends ServerTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    @Autowired
    DataSource source;

    @Value("${local.server.port}")
    int port;

    @TempDir
    Path profile = Path.of("unset");

    @Test
    void filtersSortsKeepsAViewAndExports() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(CHROMIUM), "no Chromium at " + CHROMIUM + ": browser test skipped");
        new InventedRegister(source).fill(400);
        Map<String, String> environment = new java.util.HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        if (Files.isExecutable(Path.of("/usr/bin/node"))) {
            environment.put("PLAYWRIGHT_NODEJS_PATH", "/usr/bin/node");
        }
        List<String> complaints = new ArrayList<>();
        try (Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
                BrowserContext browser = playwright
                        .chromium()
                        .launchPersistentContext(
                                profile,
                                new BrowserType.LaunchPersistentContextOptions()
                                        .setExecutablePath(CHROMIUM)
                                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"))
                                        .setViewportSize(1366, 768)
                                        .setLocale("zh-CN"))) {
            Page page = browser.pages().getFirst();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    complaints.add(message.text());
                }
            });
            page.navigate("http://127.0.0.1:" + port + "/register");
            page.fill("#username", "clerk");
            page.fill("#password", TestCounty.PASSWORD);
            page.click("button[type=submit]");
            assertThat(page.locator(".pager")).containsText("共 400 件");

            Locator units = page.locator("details[data-pick=unit]");
            units.locator("summary").click();
            units.locator("label", new Locator.LocatorOptions().setHasText("县住建局"))
                    .locator("input")
                    .check();
            units.locator("button[type=submit]").click();
            assertThat(page.locator(".pick-on").first()).containsText("单位：县住建局");

            page.locator("th.c-due a.sort").click();
            assertThat(page.locator("th.c-due")).hasAttribute("aria-sort", "ascending");
            List<String> days = page.locator("tbody td.c-due").allInnerTexts().stream()
                    .map(text -> text.substring(0, 2))
                    .toList();
            assertThat(days).isSorted();

            page.locator(".save-view summary").click();
            page.fill("#view-name", "住建局按期限");
            page.locator(".save-view button[type=submit]").click();
            assertThat(page.locator(".tabs a[aria-current=page]")).containsText("住建局按期限");
            assertThat(page.url()).contains("/register/view/");

            page.locator("tbody input[name=id]").first().check();
            assertThat(page.locator(".bulk b")).hasText("已选 1 件");
            Download chosen = page.waitForDownload(
                    () -> page.locator(".bulk button").first().click());
            assertThat(chosen.suggestedFilename()).contains("任务分解表").endsWith(".docx");

            page.locator(".page-head details.pick summary").click();
            Download all = page.waitForDownload(
                    () -> page.locator(".page-head .pick-list a[href*='.xlsx']").click());
            assertThat(all.suggestedFilename()).contains("任务分解表").endsWith(".xlsx");
            assertThat(Files.size(all.path())).isGreaterThan(4_000);
        }
        assertThat(complaints).isEmpty();
    }
}
