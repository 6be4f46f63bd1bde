package org.luoshi.server.reminders;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Refused;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How a person wants to be told outside the pages; and, for the administrator, what became of the letters. */
@Controller
public class ReminderPages {
    private static final int MOST = 100;

    private final Wishes wishes;
    private final Feeds feeds;
    private final LetterQueue queue;
    private final MailSettings settings;

    ReminderPages(Wishes wishes, Feeds feeds, LetterQueue queue, MailSettings settings) {
        this.wishes = wishes;
        this.feeds = feeds;
        this.queue = queue;
        this.settings = settings;
    }

    /** A person's mail: {@code state} is none, waiting (for the code), good or refused. */
    public record Mail(
            String address,
            String what,
            String language,
            String state,
            @Nullable String why) {}

    /** A person's calendar. */
    public record Calendar(java.time.Instant madeAt, java.time.@Nullable Instant usedAt) {}

    public record View(
            boolean on,
            @Nullable Mail mail,
            LetterQueue.@Nullable Row trouble,
            @Nullable Calendar calendar,
            @Nullable String address) {}

    public record LettersView(
            boolean on, String server, String from, Map<String, Integer> counts, List<LetterQueue.Row> rows) {}

    @GetMapping("/me/notices")
    String notices(@AuthenticationPrincipal User user, Model model) {
        return show(user, model, null);
    }

    private String show(User user, Model model, @Nullable String address) {
        Optional<Wishes.Wish> wish = wishes.find(user.account());
        model.addAttribute(
                "view",
                new View(
                        settings.on(),
                        wish.map(ReminderPages::mail).orElse(null),
                        queue.findTrouble(user.account()).orElse(null),
                        feeds.find(user.account())
                                .map(f -> new Calendar(f.madeAt(), f.usedAt()))
                                .orElse(null),
                        address));
        return "reminders/notices";
    }

    private static Mail mail(Wishes.Wish wish) {
        String state = wish.refusedAt() != null ? "refused" : wish.confirmedAt() == null ? "waiting" : "good";
        return new Mail(wish.address(), wish.what().key(), wish.language(), state, wish.refusedWhy());
    }

    @PostMapping("/me/mail")
    String save(
            @AuthenticationPrincipal User user,
            @RequestParam String address,
            @RequestParam String what,
            @RequestParam String language) {
        if (!settings.on()) {
            throw new Refused("reminders.refused.off");
        }
        wishes.save(user, address, Wishes.What.of(what), language);
        return "redirect:/me/notices?done=reminders.saved";
    }

    @PostMapping("/me/mail/code")
    String confirm(@AuthenticationPrincipal User user, @RequestParam String code) {
        if (!wishes.confirm(user, code)) {
            throw new Refused("reminders.refused.code");
        }
        return "redirect:/me/notices?done=reminders.confirmed";
    }

    @PostMapping("/me/mail/again")
    String again(@AuthenticationPrincipal User user) {
        wishes.askAgain(user);
        return "redirect:/me/notices?done=reminders.code-sent";
    }

    @PostMapping("/me/mail/remove")
    String remove(@AuthenticationPrincipal User user) {
        wishes.remove(user);
        return "redirect:/me/notices?done=reminders.removed";
    }

    /** Answers with the page itself: a redirect would have to keep the secret somewhere until it is followed. */
    @PostMapping("/me/feed")
    String renew(@AuthenticationPrincipal User user, Model model, HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return show(user, model, settings.address() + "/calendar/feed/" + feeds.renew(user) + ".ics");
    }

    @PostMapping("/me/feed/withdraw")
    String withdraw(@AuthenticationPrincipal User user) {
        feeds.withdraw(user);
        return "redirect:/me/notices?done=reminders.withdrawn";
    }

    @GetMapping("/accounts/mail")
    String letters(Model model) {
        model.addAttribute(
                "view",
                new LettersView(
                        settings.on(),
                        settings.host() + ":" + settings.port(),
                        settings.from(),
                        queue.counts(),
                        queue.list(MOST)));
        return "reminders/letters";
    }

    @PostMapping("/accounts/mail/test")
    String test(@AuthenticationPrincipal User user, @RequestParam String address) {
        if (!settings.on()) {
            throw new Refused("reminders.refused.off");
        }
        queue.test(user, address);
        return "redirect:/accounts/mail?done=reminders.test-queued";
    }

    @PostMapping("/accounts/mail/{id:\\d+}/again")
    String again(@AuthenticationPrincipal User user, @PathVariable long id) {
        queue.again(user, id);
        return "redirect:/accounts/mail?done=reminders.again-queued";
    }
}
