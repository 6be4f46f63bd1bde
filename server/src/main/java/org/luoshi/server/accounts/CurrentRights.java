package org.luoshi.server.accounts;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import org.luoshi.server.database.Kept;
import org.luoshi.server.database.Revisions;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A session remembers who logged in, not what he may do: every request is judged by the rights that the account has
 * now. An account that was closed is sent out.
 */
final class CurrentRights extends OncePerRequestFilter {
    private final Accounts accounts;
    private final Revisions revisions;
    private final Kept<Long, Optional<User>> users = new Kept<>(10_000, user -> 1);

    CurrentRights(Accounts accounts, Revisions revisions) {
        this.accounts = accounts;
        this.revisions = revisions;
    }

    /** Files that everybody may see ask nobody who he is. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.startsWith("/look/")
                || path.startsWith("/scripts/")
                || path.startsWith("/webjars/")
                || path.equals("/favicon.svg");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        if (who != null && who.getPrincipal() instanceof User then) {
            Optional<User> now =
                    users.get(revisions.now().people(), then.account(), () -> accounts.findCurrent(then.account()));
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            if (now.isPresent()) {
                context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                        now.get(), null, now.get().getAuthorities()));
            } else {
                HttpSession session = request.getSession(false);
                if (session != null) {
                    session.invalidate();
                }
            }
            SecurityContextHolder.setContext(context);
        }
        chain.doFilter(request, response);
    }
}
