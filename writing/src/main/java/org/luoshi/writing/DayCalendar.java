package org.luoshi.writing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Days on which something is due, as an iCalendar file (RFC 5545): whole-day events that leave the day free. The same
 * entries give the same bytes.
 *
 * @param name of the calendar, as programs show it
 */
public record DayCalendar(String name, List<Entry> entries) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    /** RFC 5545, 3.1: a line holds 75 octets at most, without its end. */
    private static final int LONGEST_LINE = 75;

    public DayCalendar {
        entries = List.copyOf(entries);
    }

    /**
     * A day.
     *
     * @param uid the same for ever, so that a program knows a day that was moved
     * @param url where it can be seen; an absolute address
     * @param changedAt when what stands here changed last
     * @param sequence grows with every change
     */
    public record Entry(
            String uid,
            LocalDate day,
            String summary,
            String description,
            String url,
            Instant changedAt,
            int sequence) {}

    /** The file; every line ends with CR LF. */
    public String text() {
        StringBuilder out = new StringBuilder();
        line(out, "BEGIN:VCALENDAR");
        line(out, "VERSION:2.0");
        line(out, "PRODID:-//Luoshi//Luoshi//ZH");
        line(out, "CALSCALE:GREGORIAN");
        line(out, "METHOD:PUBLISH");
        line(out, "X-WR-CALNAME:" + escaped(name));
        line(out, "REFRESH-INTERVAL;VALUE=DURATION:PT1H");
        line(out, "X-PUBLISHED-TTL:PT1H");
        for (Entry entry : entries) {
            String changed = MOMENT.format(entry.changedAt().truncatedTo(ChronoUnit.SECONDS));
            line(out, "BEGIN:VEVENT");
            line(out, "UID:" + escaped(entry.uid()));
            line(out, "DTSTAMP:" + changed);
            line(out, "LAST-MODIFIED:" + changed);
            line(out, "SEQUENCE:" + entry.sequence());
            line(out, "DTSTART;VALUE=DATE:" + DAY.format(entry.day()));
            line(out, "DTEND;VALUE=DATE:" + DAY.format(entry.day().plusDays(1)));
            line(out, "SUMMARY:" + escaped(entry.summary()));
            line(out, "DESCRIPTION:" + escaped(entry.description()));
            line(out, "URL:" + entry.url().replaceAll("[\\p{Cntrl}\\s]", ""));
            line(out, "TRANSP:TRANSPARENT");
            line(out, "END:VEVENT");
        }
        line(out, "END:VCALENDAR");
        return out.toString();
    }

    /** RFC 5545, 3.3.11: backslash, semicolon, comma and line ends are escaped; other controls may not stand in it. */
    static String escaped(String text) {
        return text.replace("\r\n", "\n")
                .replaceAll("[\\u0085\\u2028\\u2029\\r]", "\n")
                .replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "")
                .replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replace("\n", "\\n");
    }

    /** Folds between characters, never within one: programs that unfold late would see broken ones. */
    private static void line(StringBuilder out, String line) {
        int room = LONGEST_LINE;
        int i = 0;
        while (i < line.length()) {
            int next = line.offsetByCodePoints(i, 1);
            String character = line.substring(i, next);
            int octets = character.getBytes(StandardCharsets.UTF_8).length;
            if (octets > room) {
                out.append("\r\n ");
                room = LONGEST_LINE - 1;
            }
            out.append(character);
            room -= octets;
            i = next;
        }
        out.append("\r\n");
    }
}
