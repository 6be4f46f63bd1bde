package org.luoshi.server.calendar;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.luoshi.reading.packs.PackFault;
import org.luoshi.reading.packs.PackFaultsException;
import org.luoshi.server.accounts.User;
import org.luoshi.server.web.Shell;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** The working days that are loaded, and the way to load a year. */
@Controller
public class CalendarPages {
    private final Calendars calendars;

    CalendarPages(Calendars calendars) {
        this.calendars = calendars;
    }

    public record YearView(Calendars.Year year, List<Calendars.Day> days) {}

    public record View(List<YearView> years, boolean warn, List<String> faults) {}

    @GetMapping("/calendar")
    String calendar(@ModelAttribute("shell") Shell shell, Model model) {
        model.addAttribute("view", view(shell, List.of()));
        return "calendar/calendar";
    }

    private View view(Shell shell, List<String> faults) {
        List<YearView> years = new ArrayList<>();
        for (Calendars.Year year : calendars.listYears().reversed()) {
            years.add(new YearView(year, calendars.listDays(year.year())));
        }
        int next = shell.today().getYear() + 1;
        boolean soon = shell.today().getMonthValue() >= 11;
        boolean warn =
                years.stream().noneMatch(y -> y.year().year() == shell.today().getYear())
                        || soon && years.stream().noneMatch(y -> y.year().year() == next);
        return new View(years, warn, faults);
    }

    /** Loads the years of a file, all or none. */
    @PostMapping("/calendar")
    Object load(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @RequestParam("file") MultipartFile file,
            Model model)
            throws IOException {
        try (InputStream in = file.getInputStream()) {
            String name = file.getOriginalFilename();
            calendars.load(user.actor(), CalendarFile.read(name == null ? "calendar.yaml" : name, in));
            return "redirect:/calendar?done=calendar.done";
        } catch (PackFaultsException e) {
            model.addAttribute(
                    "view",
                    view(shell, e.faults().stream().map(PackFault::toString).toList()));
            return new ModelAndView("calendar/calendar", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }
}
