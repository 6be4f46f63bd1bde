package org.luoshi.server.matters;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.units.Posts.Post;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The form on a unit's page by which a post changes hands. */
@Controller
class SuccessionPages {
    private final Succession succession;

    SuccessionPages(Succession succession) {
        this.succession = succession;
    }

    /** @param who the post and its holder, such as {@code leader:17} */
    @PostMapping("/units/{id:\\d+}/hand-over")
    String handOver(
            @AuthenticationPrincipal User user,
            @PathVariable long id,
            @RequestParam String who,
            @Nullable @RequestParam(required = false) Long to,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String login,
            @RequestParam(defaultValue = "") String password,
            @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate day,
            @RequestParam(defaultValue = "false") boolean leaves,
            @RequestParam(defaultValue = "") String request) {
        int colon = who.indexOf(':');
        if (colon < 0 || !who.substring(colon + 1).matches("\\d{1,18}")) {
            throw new Refused("units.refused.post", who);
        }
        succession.ask(
                user,
                id,
                new Succession.Asked(
                        Post.of(who.substring(0, colon)),
                        Long.parseLong(who.substring(colon + 1)),
                        to,
                        name,
                        login,
                        password,
                        day,
                        leaves),
                request.isEmpty() ? UUID.randomUUID().toString() : request);
        return "redirect:/units/" + id + "?done=units.done.hand-over";
    }

    /** What was written down for a day to come is carried out on it, by one of several servers. */
    @Configuration(proxyBeanMethods = false)
    static class Job {
        @Bean
        RecurringTask<Void> takeOver(Succession succession) {
            return Tasks.recurring("take-over", FixedDelay.of(Duration.ofMinutes(15)))
                    .execute((instance, context) -> succession.carryOutDue());
        }
    }
}
