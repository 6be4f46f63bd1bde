package org.luoshi.server.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.Accounts;
import org.luoshi.server.accounts.Accounts.Preferences;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.accounts.User;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The way in, and a person's own settings. */
@Controller
class FrontDoor {
    private final Accounts accounts;

    FrontDoor(Accounts accounts) {
        this.accounts = accounts;
    }

    @GetMapping("/")
    String home(@AuthenticationPrincipal User user) {
        if (user.is(Role.SUPERVISION)) {
            return "redirect:/documents";
        }
        if (user.is(Role.HANDLER) || user.is(Role.HEAD)) {
            return "redirect:/inbox";
        }
        return user.is(Role.ADMINISTRATOR) ? "redirect:/accounts" : "redirect:/register";
    }

    @GetMapping("/login")
    String logIn(HttpServletRequest request, Model model) {
        String problem = "";
        if (request.getParameter("wrong") != null) {
            problem = "accounts.login.wrong";
        } else if (request.getParameter("locked") != null) {
            problem = "accounts.login.locked";
        }
        model.addAttribute("problem", problem);
        model.addAttribute("out", request.getParameter("out") != null);
        return "web/login";
    }

    @GetMapping("/me")
    String me(Model model, @Nullable @RequestParam(required = false) String problem) {
        model.addAttribute("problem", problem == null ? "" : problem);
        return "web/me";
    }

    @PostMapping("/me/settings")
    String settings(
            @AuthenticationPrincipal User user,
            @RequestParam String language,
            @RequestParam String theme,
            @RequestParam String density,
            HttpServletResponse response) {
        accounts.setPreferences(
                user,
                new Preferences(
                        one(language, "zh", "en"), one(theme, "light", "dark"), one(density, "compact", "roomy")));
        response.addCookie(languageCookie(language));
        return "redirect:/me?done=accounts.me.saved";
    }

    /** Before the log-in the language is a cookie only. */
    @GetMapping("/login/language")
    String language(@RequestParam String to, HttpServletResponse response) {
        response.addCookie(languageCookie(to));
        return "redirect:/login";
    }

    @PostMapping("/me/password")
    String password(
            @AuthenticationPrincipal User user,
            @RequestParam String old,
            @RequestParam String fresh,
            @RequestParam String again) {
        if (fresh.length() < 8) {
            return "redirect:/me?problem=accounts.me.short";
        }
        if (!fresh.equals(again)) {
            return "redirect:/me?problem=accounts.me.differ";
        }
        return accounts.changePassword(user, old, fresh)
                ? "redirect:/me?done=accounts.me.password-saved"
                : "redirect:/me?problem=accounts.me.old-wrong";
    }

    private static Cookie languageCookie(String language) {
        Cookie cookie = new Cookie("lang", "en".equals(language) ? "en" : "zh");
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setMaxAge(365 * 24 * 60 * 60);
        cookie.setAttribute("SameSite", "Lax");
        return cookie;
    }

    private static @Nullable String one(String value, String... allowed) {
        for (String choice : allowed) {
            if (choice.equals(value)) {
                return value;
            }
        }
        return null;
    }
}
