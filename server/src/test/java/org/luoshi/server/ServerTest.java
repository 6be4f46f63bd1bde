package org.luoshi.server;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The whole application on a real database. It starts once for all test classes; each class begins with empty tables
 * and a small county in them. Pages are asked through MockMvc, or over {@code local.server.port}.
 */
@SpringBootTest(classes = LuoshiServer.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureMockMvc
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ServerTest {
    @Autowired
    protected TestCounty county;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        TestDatabase database = TestDatabase.fresh();
        registry.add("luoshi.db-url", database::url);
        registry.add("luoshi.db-user", database::user);
        registry.add("luoshi.db-password", database::password);
        registry.add("luoshi.db-connections", () -> "6");
        registry.add("luoshi.home", () -> "target/test-home");
        registry.add("luoshi.address", () -> "https://luoshi.test");
        // A test that wants letters starts the server and works on the queue itself.
        registry.add("luoshi.mail.host", () -> "127.0.0.1");
        registry.add("luoshi.mail.port", TestMail::port);
        registry.add("luoshi.mail.from", () -> "luoshi@luoshi.test");
        registry.add("luoshi.mail.security", () -> "none");
        registry.add("luoshi.mail.seconds", () -> "86400");
    }

    /** For a class whose tests change the county itself, before each of them. */
    protected void beginAgain() {
        beginAnew();
    }

    @BeforeAll
    void beginAnew() {
        county.clear();
        if (wantsCounty()) {
            county.found();
        }
    }

    /** Whether the class begins with the small county, or with empty tables. */
    protected boolean wantsCounty() {
        return true;
    }
}
