package org.luoshi.server.units;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.accounts.User;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The tree of units on any day, and a unit with its names. */
@Controller
public class UnitPages {
    private final Units units;
    private final Posts posts;
    private final Clock clock;

    UnitPages(Units units, Posts posts, Clock clock) {
        this.units = units;
        this.posts = posts;
        this.clock = clock;
    }

    /**
     * A unit's page: as it is on the day asked for, and what it was called before.
     *
     * @param left who went to another unit and has not handed over here
     */
    public record UnitView(
            Units.Unit unit,
            List<Units.Name> names,
            List<Units.Unit> others,
            List<Posts.Holder> holders,
            List<Posts.Holder> left,
            List<Posts.HandOver> handOvers,
            List<Posts.Person> people) {}

    @GetMapping("/units")
    String list(Model model, @Nullable @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) LocalDate day) {
        LocalDate on = day == null ? LocalDate.now(clock) : day;
        model.addAttribute("day", on);
        model.addAttribute("units", units.listUnits(on));
        return "units/list";
    }

    @GetMapping("/units/{id}")
    String unit(@AuthenticationPrincipal User user, Model model, @PathVariable long id) {
        LocalDate today = LocalDate.now(clock);
        model.addAttribute(
                "view",
                new UnitView(
                        units.getUnit(id),
                        units.listNames(id),
                        units.listUnits(),
                        posts.listHolders(id, today),
                        user.is(Role.ADMINISTRATOR)
                                ? posts.listLeft(id, clock.instant().minus(Posts.LEFT_COUNTS))
                                : List.of(),
                        posts.listHandOvers(id),
                        user.is(Role.ADMINISTRATOR) ? posts.listPeople(today) : List.of()));
        return "units/unit";
    }

    @PostMapping("/units/{id}/rename")
    String rename(
            @AuthenticationPrincipal User user,
            @PathVariable long id,
            @RequestParam String name,
            @RequestParam String shortName,
            @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate day) {
        units.rename(user.actor(), id, name.strip(), shortName.strip(), day);
        return "redirect:/units/" + id + "?done=units.done";
    }

    @PostMapping("/units/{id}/close")
    String close(
            @AuthenticationPrincipal User user,
            @PathVariable long id,
            @Nullable @RequestParam(required = false) Long into,
            @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate day) {
        units.close(user.actor(), id, day, into);
        return "redirect:/units/" + id + "?done=units.done";
    }

    @PostMapping("/units")
    String found(
            @AuthenticationPrincipal User user,
            @RequestParam String kind,
            @RequestParam Long parent,
            @RequestParam String name,
            @RequestParam String shortName,
            @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate day) {
        long id = units.found(
                user.actor(),
                new Units.Founding(
                        "u" + System.nanoTime(), kind, parent, List.of(), name.strip(), shortName.strip(), day));
        return "redirect:/units/" + id + "?done=units.done";
    }
}
