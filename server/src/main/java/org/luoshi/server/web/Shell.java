package org.luoshi.server.web;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.accounts.User;
import org.springframework.security.web.csrf.CsrfToken;

/**
 * What surrounds every page.
 *
 * @param user null on pages before the log-in
 * @param place the county that this installation serves
 * @param path the address without its query, to mark where the reader is
 * @param theme {@code light}, {@code dark} or empty for the system's choice
 * @param assets addresses of style sheets and scripts with their content hash
 */
public record Shell(
        Words words,
        @Nullable User user,
        String unitName,
        String place,
        String path,
        LocalDate today,
        String theme,
        String density,
        CsrfToken csrf,
        Map<String, String> assets,
        @Nullable String notice) {

    public String t(String key, @Nullable Object... arguments) {
        return words.t(key, arguments);
    }

    public String asset(String path) {
        return assets.getOrDefault(path, path);
    }

    public boolean may(Role role) {
        return user != null && user.is(role);
    }

    /** {@code page} for the part of the navigation that the reader is in, else null. */
    public @Nullable String here(String prefix) {
        return path.equals(prefix) || path.startsWith(prefix + "/") ? "page" : null;
    }
}
