package org.luoshi.reading.outline;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Evidence;
import org.luoshi.reading.Outline.Role;
import org.luoshi.reading.Outline.Section;
import org.luoshi.reading.Outline.Stated;
import org.luoshi.reading.Span;

/** The year that the review looks back on and the year that the tasks plan for. */
record Years(@Nullable Stated<Integer> review, @Nullable Stated<Integer> task) {
    private static final double IN_HEADING = 0.98;
    private static final double FROM_OTHER = 0.93;
    private static final double FROM_DATE = 0.9;
    private static final double FROM_TITLE = 0.85;
    private static final int SECOND_HALF = 7;

    static Years read(String text, List<Section> sections, Front front) {
        Stated<Integer> review = inHeadings(text, sections, true);
        Stated<Integer> task = inHeadings(text, sections, false);
        if (review == null && task == null) {
            return from(front, sections);
        }
        if (review == null && task != null) {
            review = derived(task, -1);
        } else if (task == null && review != null) {
            task = derived(review, 1);
        }
        return new Years(review, task);
    }

    private static Stated<Integer> derived(Stated<Integer> from, int shift) {
        return new Stated<>(
                from.value() + shift,
                new Evidence("outline.year-beside", from.evidence().words(), String.valueOf(from.value())),
                FROM_OTHER);
    }

    private static @Nullable Stated<Integer> inHeadings(String text, List<Section> sections, boolean review) {
        for (Section section : sections) {
            Role role = section.role();
            boolean wanted = review ? role == Role.REVIEW : role == Role.TASKS || role == Role.GOALS;
            if (!wanted || section.depth() > 1) {
                continue;
            }
            Span heading = section.heading();
            for (int i = heading.start(); i + 4 < heading.end(); i++) {
                int year = Days.year(text, i, heading.end());
                if (year > 0 && text.startsWith("年", skipBlanks(text, i + 4))) {
                    return new Stated<>(year, Evidence.of("outline.year-in-heading", new Span(i, i + 4)), IN_HEADING);
                }
            }
        }
        return null;
    }

    private static int skipBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    /**
     * Without years in headings the date tells: a report of the first half of a year looks back on the year before, one
     * of the second half on the year itself. The title's year is the year of the tasks.
     */
    private static Years from(Front front, List<Section> sections) {
        Stated<LocalDate> date = front.date();
        if (date != null && date.evidence().rule().equals("outline.date-of-meeting")) {
            int year = date.value().getYear();
            Evidence why = new Evidence("outline.year-of-date", date.evidence().words(), String.valueOf(year));
            int back = date.value().getMonthValue() < SECOND_HALF ? 1 : 0;
            return new Years(new Stated<>(year - back, why, FROM_DATE), new Stated<>(year, why, FROM_DATE));
        }
        Stated<String> title = front.title();
        if (title != null && !sections.isEmpty()) {
            for (int i = 0; i + 4 < title.value().length(); i++) {
                int year = Days.year(title.value(), i, title.value().length());
                if (year > 0 && title.value().charAt(i + 4) == '年') {
                    Evidence why = new Evidence(
                            "outline.year-of-title", title.evidence().words(), String.valueOf(year));
                    return new Years(new Stated<>(year - 1, why, FROM_TITLE), new Stated<>(year, why, FROM_TITLE));
                }
            }
        }
        return new Years(null, null);
    }
}
