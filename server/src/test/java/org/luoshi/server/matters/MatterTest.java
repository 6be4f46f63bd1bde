package org.luoshi.server.matters;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.luoshi.server.ServerTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** What tests of matters share: short words for long moves. */
abstract class MatterTest extends ServerTest {
    @Autowired
    protected Matters matters;

    @Autowired
    protected MatterStore store;

    @Autowired
    protected Types types;

    /** A small text file. */
    record Paper(String name, String text) implements Files.Upload {
        @Override
        public long bytes() {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    static final Paper PROOF = new Paper("验收表.txt", "竣工验收：合格");

    @Override
    protected boolean wantsCounty() {
        return true;
    }

    protected String unit(String key) {
        return Long.toString(county.unit(key));
    }

    protected long create(String login, String type, Map<String, String> values) {
        types.load();
        return as(
                login,
                () -> matters.create(
                        county.user(login),
                        new Matters.Draft(type, values),
                        UUID.randomUUID().toString()));
    }

    protected Matter act(String login, long matter, String move, String... inputs) {
        return act(login, matter, move, List.of(), inputs);
    }

    protected Matter act(String login, long matter, String move, List<Paper> files, String... inputs) {
        Map<String, String> typed = new HashMap<>();
        for (int i = 0; i < inputs.length; i += 2) {
            typed.put(inputs[i], inputs[i + 1]);
        }
        int version = store.find(matter).orElseThrow().version();
        return as(
                login,
                () -> matters.act(
                        county.user(login),
                        matter,
                        new Matters.Asked(move, version, typed, files),
                        UUID.randomUUID().toString()));
    }

    /** Runs something as somebody who is logged in, so that row level security holds. */
    protected <T> T as(String login, Supplier<T> work) {
        var user = county.user(login);
        SecurityContextHolder.getContext()
                .setAuthentication(
                        UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities()));
        try {
            return work.get();
        } finally {
            SecurityContextHolder.clearContext();
        }
    }
}
