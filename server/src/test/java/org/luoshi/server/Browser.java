package org.luoshi.server;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchPersistentContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * A real browser for tests: the system's Chromium, driven by Playwright with the system's Node. Where either is missing
 * the test is skipped and says so.
 */
public final class Browser implements AutoCloseable {
    private static final List<Path> CHROMIUM = List.of(
            Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"), Path.of("/usr/bin/google-chrome"));
    private static final List<Path> NODE = List.of(Path.of("/usr/bin/node"), Path.of("/usr/local/bin/node"));

    private final Playwright playwright;
    private final BrowserContext context;
    private final String address;
    private final List<String> faults = new ArrayList<>();

    private Browser(Playwright playwright, BrowserContext context, String address) {
        this.playwright = playwright;
        this.context = context;
        this.address = address;
    }

    /** Opens a browser on the application at a port. */
    public static Browser open(int port) throws IOException {
        Path chromium =
                CHROMIUM.stream().filter(Files::isExecutable).findFirst().orElse(null);
        Path node = NODE.stream().filter(Files::isExecutable).findFirst().orElse(null);
        Assumptions.assumeTrue(
                chromium != null && node != null,
                "Skipped: browser tests need Chromium and Node (packages chromium and nodejs)");
        Playwright playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of(
                        "PLAYWRIGHT_NODEJS_PATH", String.valueOf(node), "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        BrowserContext context = playwright
                .chromium()
                .launchPersistentContext(
                        Files.createTempDirectory("luoshi-browser"),
                        new LaunchPersistentContextOptions()
                                .setExecutablePath(chromium)
                                .setHeadless(true)
                                .setViewportSize(1366, 768)
                                .setLocale("zh-CN")
                                .setArgs(List.of(
                                        "--no-sandbox",
                                        "--disable-gpu",
                                        "--disable-quic",
                                        "--no-first-run",
                                        "--disable-background-networking",
                                        "--disable-component-update",
                                        "--disable-sync")));
        context.setDefaultTimeout(60_000);
        Browser browser = new Browser(playwright, context, "http://localhost:" + port);
        context.onConsoleMessage(message -> {
            // A refusal answers 409 or 422 and Chromium reports that; it is no fault of the page.
            if (message.type().equals("error") && !message.text().contains("status of 4")) {
                browser.faults.add(message.text());
            }
        });
        context.onWebError(error -> browser.faults.add(error.error()));
        return browser;
    }

    /** The page, logged in as another person. */
    public Page logInAnew(String login) {
        context.clearCookies();
        return logIn(login);
    }

    /** The address of a page of the application. */
    public String address(String path) {
        return address + path;
    }

    /** A new page, logged in. */
    public Page logIn(String login) {
        Page page =
                context.pages().isEmpty() ? context.newPage() : context.pages().getFirst();
        page.navigate(address + "/login");
        page.fill("#username", login);
        page.fill("#password", TestCounty.PASSWORD);
        page.click("button[type=submit]");
        page.waitForURL(url -> !url.contains("/login"));
        return page;
    }

    public String address() {
        return address;
    }

    /** Errors of scripts and refusals of the content security policy. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public void close() {
        context.close();
        playwright.close();
    }
}
