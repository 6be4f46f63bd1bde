package org.luoshi.server.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Pages take turns in the order in which they were asked for. A virtual thread costs nothing, a database connection and a
 * core do: when fifty people ask at once, fifty pages made at the same time are all late, and some of them very late.
 * What takes long because of its size - files, uploads - takes no turn and so holds up nobody.
 */
@Component
final class Turns extends OncePerRequestFilter implements Ordered {
    private static final int AT_ONCE = Math.max(8, 4 * Runtime.getRuntime().availableProcessors());
    private static final int PATIENCE_SECONDS = 20;
    private static final Pattern LONG =
            Pattern.compile("/(look|scripts|webjars|actuator)/.*|.*/export\\.\\w+|.*/letter|.*/file|.*/corrections");

    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    /** Before the session is loaded. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 10;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !"GET".equals(request.getMethod())
                || LONG.matcher(request.getRequestURI()).matches();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean mine = false;
        try {
            mine = turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (mine) {
                chain.doFilter(request, response);
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (mine) {
                turns.release();
            }
        }
        response.setHeader("Retry-After", "5");
        response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
}
