package org.luoshi.reading.commitments;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Outline;
import org.luoshi.reading.Outline.Section;
import org.luoshi.reading.Span;

/** The sections of an outline, looked up by offsets that only grow. For one pass over one text. */
final class Sections {
    /** A period that a heading sets, such as 今后五年. */
    record Period(LocalDate due, Span words) {}

    private static final int DEEPEST = 16;

    private final List<Section> sections;
    private final String text;

    /** Indices of the sections that are open at the current place, outermost first. */
    private final int[] open = new int[DEEPEST];

    private int depth;
    private int next;

    Sections(Outline outline, String text) {
        this.sections = outline.sections();
        this.text = text;
    }

    /** The innermost section at {@code offset}, -1 where there is none. Offsets must not fall from call to call. */
    int innermost(int offset) {
        while (next < sections.size() && sections.get(next).heading().start() <= offset) {
            Section opened = sections.get(next);
            while (depth > 0 && sections.get(open[depth - 1]).depth() >= opened.depth()) {
                depth--;
            }
            if (depth < DEEPEST) {
                open[depth++] = next;
            }
            next++;
        }
        while (depth > 0 && sections.get(open[depth - 1]).body().end() < offset) {
            depth--;
        }
        return depth == 0 ? -1 : open[depth - 1];
    }

    Outline.Role roleAt(int offset) {
        int section = innermost(offset);
        return section < 0 ? Outline.Role.OTHER : sections.get(section).role();
    }

    /** The title of the section, and of the one above it where it is a mere 一是. */
    String heading(int section) {
        if (section < 0) {
            return "";
        }
        String title = sections.get(section).title();
        if (sections.get(section).depth() >= 4 && depth >= 2) {
            return sections.get(open[depth - 2]).title() + "。" + title;
        }
        return title;
    }

    /** The period set by the headings above the current place, the innermost that sets one. */
    @Nullable
    Period period(int section, @Nullable Integer year, @Nullable LocalDate said) {
        if (section < 0 || year == null) {
            return null;
        }
        for (int i = depth - 1; i >= 0; i--) {
            Span heading = sections.get(open[i]).heading();
            List<TimeWords.Found> found =
                    TimeWords.find(text, heading.start(), Math.min(heading.end(), text.length()), year, said);
            for (TimeWords.Found time : found) {
                // A heading such as 2026年工作安排 names the year of the tasks; only a longer period tells something.
                if (time.due().getYear() > year) {
                    return new Period(time.due(), time.span());
                }
            }
        }
        return null;
    }
}
