package org.luoshi.server.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Gives every page its shell. */
@ControllerAdvice
class ShellAdvice {
    private final Shells shells;

    ShellAdvice(Shells shells) {
        this.shells = shells;
    }

    @ModelAttribute
    void shell(Model model, HttpServletRequest request, HttpServletResponse response) {
        if (!request.getRequestURI().startsWith("/api/")) {
            model.addAttribute("shell", shells.of(request));
        }
    }

    @ModelAttribute
    Words words(HttpServletRequest request) {
        return shells.words(request);
    }
}
