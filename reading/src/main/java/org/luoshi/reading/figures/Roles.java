package org.luoshi.reading.figures;

import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Outline;
import org.luoshi.reading.Outline.Role;
import org.luoshi.reading.Outline.Stated;

/** What the outline says of a place in the text: the role of its innermost section, and the years. */
final class Roles {
    private final Outline outline;
    private int next;
    private Role role = Role.OTHER;
    private int roleEnd = Integer.MAX_VALUE;

    private final int reviewYear;
    private final int taskYear;

    Roles(Outline outline, String text) {
        this.outline = outline;
        int review = year(outline.reviewYear());
        int task = year(outline.taskYear());
        if (review == 0 && task == 0) {
            SaidYear said = SaidYear.of(text);
            review = said.review();
            task = said.task();
        }
        reviewYear = review;
        taskYear = task;
    }

    /** The role at an offset; offsets must be asked in rising order. */
    Role at(int offset) {
        if (offset >= roleEnd) {
            role = Role.OTHER;
            roleEnd = Integer.MAX_VALUE;
        }
        while (next < outline.sections().size()
                && outline.sections().get(next).heading().start() <= offset) {
            var section = outline.sections().get(next++);
            if (section.role() != Role.OTHER || section.depth() == 1) {
                role = section.role();
                roleEnd = section.body().end();
            }
        }
        return role;
    }

    /** The year that a figure of this part is about, 0 where the report does not tell. */
    int ownYear(Role at, boolean goal) {
        boolean review = at == Role.REVIEW || at == Role.OTHER && !goal;
        return review ? reviewYear : taskYear;
    }

    /** The year of the speech, 0 where the report does not tell. */
    int thisYear() {
        int date = outline.date() == null ? 0 : outline.date().value().getYear();
        return taskYear > 0 ? taskYear : date;
    }

    private static int year(@Nullable Stated<Integer> stated) {
        return stated == null ? 0 : stated.value();
    }
}
