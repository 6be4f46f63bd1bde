package org.luoshi.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * The whole way of a clerk's morning: a whole report in, reviewed, registered, out again as a table. A public report is
 * taken where such reports lie beside the checkout, else the project's own.
 */
class WalkBrowserIT extends ServerTest {
    private static final Path PUBLIC = Path.of("../../shared/corpus/reports");
    private static final Path OWN = Path.of("../packs/demo/report-2026.docx");

    @LocalServerPort
    int port;

    @Test
    void takesAReportFromFileToExport() throws Exception {
        try (Browser browser = Browser.open(port)) {
            Page page = browser.logIn("clerk");
            page.setInputFiles("#files", report());
            assertThat(page.locator("a.doc-title")).isVisible(new IsVisibleOptions().setTimeout(60_000));
            page.click("a.doc-title");
            assertThat(page.locator("#editor")).isVisible();
            int all = page.locator("tr.promise").count();
            assertThat(all).isGreaterThan(50);

            page.keyboard().press("Escape");
            for (int accepted = 1; accepted <= 3; accepted++) {
                page.keyboard().press("a");
                assertThat(page.locator("tr.promise[data-state=accepted]")).hasCount(accepted);
            }
            page.click("#register-button");
            assertThat(page.locator("tr.promise[data-state=registered]")).hasCount(3);

            page.click("#to-register");
            assertThat(page.locator(".pager")).containsText("3");
            page.locator("tbody td.c-what a").first().click();
            page.locator("a[href*='/source']").first().click();
            assertThat(page.locator("#here")).isVisible();

            page.navigate(browser.address() + "/register");
            page.locator(".page-head details.pick summary").click();
            Download table = page.waitForDownload(
                    () -> page.locator(".page-head .pick-list a[href*='.xlsx']").click());
            assertThat(Files.size(table.path())).isGreaterThan(3_000);
            assertThat(browser.faults()).isEmpty();
        }
    }

    private static Path report() throws Exception {
        if (!Files.isDirectory(PUBLIC)) {
            return OWN;
        }
        try (Stream<Path> files = Files.list(PUBLIC)) {
            return files.filter(file -> file.getFileName().toString().startsWith("county"))
                    .sorted()
                    .findFirst()
                    .orElse(OWN);
        }
    }
}
