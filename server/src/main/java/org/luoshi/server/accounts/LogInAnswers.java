package org.luoshi.server.accounts;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.AuthenticationFailureBadCredentialsEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;

/** Answers a log-in, right or wrong, and counts the wrong ones. */
@Component
class LogInAnswers extends SavedRequestAwareAuthenticationSuccessHandler implements AuthenticationFailureHandler {
    private final Accounts accounts;

    LogInAnswers(Accounts accounts) {
        this.accounts = accounts;
        setDefaultTargetUrl("/");
    }

    @EventListener
    void count(AbstractAuthenticationFailureEvent event) {
        if (event instanceof AuthenticationFailureBadCredentialsEvent
                && event.getAuthentication().getPrincipal() instanceof String login) {
            accounts.failed(login);
        }
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication who)
            throws IOException, ServletException {
        if (who.getPrincipal() instanceof User user) {
            accounts.succeeded(user);
        }
        // The token of the new session, now: two pages opened at once would each make one.
        if (request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
            token.getToken();
        }
        super.onAuthenticationSuccess(request, response, who);
    }

    /** One answer for a wrong name, a wrong password and a disabled account; a locked one says so. */
    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException e) throws IOException {
        String login = request.getParameter("username");
        boolean locked = login != null && accounts.lockedUntil(login).isPresent();
        response.sendRedirect(request.getContextPath() + (locked ? "/login?locked" : "/login?wrong"));
    }
}
