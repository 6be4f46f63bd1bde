package org.luoshi.server.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.Accounts;
import org.luoshi.server.accounts.Accounts.Preferences;
import org.luoshi.server.accounts.User;
import org.luoshi.server.database.Kept;
import org.luoshi.server.database.Revisions;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

/** Makes the shell of a request: who asks, in which language, for which place. */
@Component
public class Shells {
    private static final String[] ASSETS = {
        "/look/tokens.css",
        "/look/components.css",
        "/look/application.css",
        "/look/review.css",
        "/look/register.css",
        "/look/matters.css",
        "/look/burden.css",
        "/look/meetings.css",
        "/scripts/shell.js",
        "/scripts/upload.js",
        "/scripts/review.js",
        "/scripts/review-rows.js",
        "/scripts/review-editor.js",
        "/scripts/review-acts.js",
        "/scripts/review-mouse.js",
        "/scripts/review-others.js",
        "/scripts/register.js",
        "/scripts/room.js"
    };

    private final Languages languages;
    private final Accounts accounts;
    private final JdbcClient sql;
    private final Revisions revisions;
    private final ResourceUrlProvider urls;
    private final Clock clock;
    private final Kept<Long, Own> own = new Kept<>(10_000, value -> 1);
    private volatile @Nullable Map<String, String> assets;

    /** What is a person's own in the shell. */
    private record Own(Preferences preferences, String unitName, String place) {}

    Shells(
            Languages languages,
            Accounts accounts,
            JdbcClient sql,
            Revisions revisions,
            ResourceUrlProvider mvcResourceUrlProvider,
            Clock clock) {
        this.languages = languages;
        this.accounts = accounts;
        this.sql = sql;
        this.revisions = revisions;
        this.urls = mvcResourceUrlProvider;
        this.clock = clock;
    }

    /** The words of a request: by the person's choice, by a cookie before the log-in, else Chinese. */
    public Words words(HttpServletRequest request) {
        String chosen = cookie(request, "lang").orElse(null);
        return languages.words(chosen);
    }

    public Shell of(HttpServletRequest request) {
        User user = user();
        Own own = user == null
                ? new Own(new Preferences(null, null, null), "", place())
                : this.own.get(
                        revisions.now().people(),
                        user.account(),
                        () -> new Own(accounts.preferences(user.account()), unitName(user.unit()), place()));
        Preferences preferences = own.preferences();
        String language = preferences.language() != null
                ? preferences.language()
                : cookie(request, "lang").orElse(null);
        Object failed = request.getAttribute("jakarta.servlet.error.request_uri");
        return new Shell(
                languages.words(language),
                user,
                own.unitName(),
                own.place(),
                failed instanceof String uri ? uri : request.getRequestURI(),
                LocalDate.now(clock),
                orEmpty(preferences.theme()),
                orEmpty(preferences.density()),
                csrf(request),
                assets(),
                request.getParameter("done"));
    }

    private static CsrfToken csrf(HttpServletRequest request) {
        Object token = request.getAttribute(CsrfToken.class.getName());
        return token instanceof CsrfToken csrf
                ? csrf
                : new org.springframework.security.web.csrf.DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", "none");
    }

    private static @Nullable User user() {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        return who != null && who.getPrincipal() instanceof User user ? user : null;
    }

    private String unitName(long unit) {
        return sql.sql("select short_name from unit_name where unit = :unit and valid_to is null")
                .param("unit", unit)
                .query(String.class)
                .optional()
                .orElse("");
    }

    /** Name of the place, from the loaded pack; empty before one is loaded. */
    public String place() {
        return sql.sql("select value #>> '{}' from setting where name = 'place'")
                .query(String.class)
                .optional()
                .orElse("");
    }

    /** Addresses with the hash of what they answer; they change only with the application. */
    private Map<String, String> assets() {
        Map<String, String> known = assets;
        if (known == null) {
            known = hashed();
            assets = known.size() == ASSETS.length ? known : null;
        }
        return known;
    }

    private Map<String, String> hashed() {
        Map<String, String> found = new LinkedHashMap<>();
        for (String asset : ASSETS) {
            String hashed = urls.getForLookupPath(asset);
            if (hashed != null) {
                found.put(asset, hashed);
            }
        }
        return found;
    }

    private static Optional<String> cookie(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Stream.of(cookies)
                        .filter(c -> c.getName().equals(name))
                        .map(Cookie::getValue)
                        .findFirst();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
