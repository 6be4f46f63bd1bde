package org.luoshi.server.calendar;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.stream.Collectors;
import org.luoshi.server.audit.Actor;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Loads the years that come with the house, as far as the installation lacks them. */
@Component
@Order(2)
class StandardYears implements ApplicationRunner {
    private static final String STANDARD = "/org/luoshi/packs/standard/calendar.yaml";

    private final Calendars calendars;

    StandardYears(Calendars calendars) {
        this.calendars = calendars;
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        Set<Integer> loaded =
                calendars.listYears().stream().map(Calendars.Year::year).collect(Collectors.toSet());
        try (InputStream in = StandardYears.class.getResourceAsStream(STANDARD)) {
            if (in == null) {
                throw new IOException("The standard calendar is not on the class path: " + STANDARD);
            }
            for (CalendarFile.Loaded year : CalendarFile.read("calendar.yaml", in)) {
                if (!loaded.contains(year.year().year())) {
                    calendars.load(Actor.SYSTEM, year.year(), year.days());
                }
            }
        }
    }
}
