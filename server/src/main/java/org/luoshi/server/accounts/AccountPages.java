package org.luoshi.server.accounts;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** The administrator's list of accounts. */
@Controller
class AccountPages {
    private final Accounts accounts;

    AccountPages(Accounts accounts) {
        this.accounts = accounts;
    }

    @GetMapping("/accounts")
    String list(Model model) {
        model.addAttribute("rows", accounts.listAccounts());
        return "accounts/list";
    }

    @PostMapping("/accounts/{id}/unlock")
    String unlock(@AuthenticationPrincipal User user, @PathVariable long id) {
        accounts.unlock(user.actor(), id);
        return "redirect:/accounts?done=accounts.done.unlocked";
    }

    @PostMapping("/accounts/{id}/disable")
    String disable(@AuthenticationPrincipal User user, @PathVariable long id) {
        accounts.setActive(user.actor(), id, false);
        return "redirect:/accounts?done=accounts.done.changed";
    }

    @PostMapping("/accounts/{id}/enable")
    String enable(@AuthenticationPrincipal User user, @PathVariable long id) {
        accounts.setActive(user.actor(), id, true);
        return "redirect:/accounts?done=accounts.done.changed";
    }
}
