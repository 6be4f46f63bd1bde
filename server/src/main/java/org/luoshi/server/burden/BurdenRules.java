package org.luoshi.server.burden;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The rules of this installation: the standard ones, and those that the county's pack says itself. */
@Component
class BurdenRules {
    private static final String STANDARD = "/org/luoshi/packs/standard/burden.yaml";

    private final Rules rules;
    private final @Nullable BurdenFile own;

    BurdenRules(@Value("${luoshi.pack:#{null}}") @Nullable String pack) throws IOException {
        Rules found;
        try (InputStream in = BurdenRules.class.getResourceAsStream(STANDARD)) {
            if (in == null) {
                throw new IOException("The standard rules of burden are not on the class path: " + STANDARD);
            }
            BurdenFile file = BurdenFile.read("burden.yaml", in);
            found = new Rules(
                    file.minutes(), Objects.requireNonNull(file.apart()), Objects.requireNonNull(file.most()));
        }
        Path path = pack == null ? null : Path.of(pack).resolve("burden.yaml");
        if (path != null && Files.isRegularFile(path)) {
            try (InputStream in = Files.newInputStream(path)) {
                BurdenFile file = BurdenFile.read(path.toString(), in);
                Integer apart = file.apart();
                Integer most = file.most();
                found = found.with(
                        file.minutes(), apart == null ? found.apart() : apart, most == null ? found.most() : most);
                own = file;
            }
        } else {
            own = null;
        }
        rules = found;
    }

    Rules rules() {
        return rules;
    }

    /** The file of the pack; null where it has none. */
    @Nullable
    BurdenFile own() {
        return own;
    }
}
