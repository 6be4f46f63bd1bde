package org.luoshi.reading.commitments;

import java.util.ArrayList;
import java.util.List;
import org.luoshi.reading.Commitment.ThemeChoice;
import org.luoshi.reading.Evidence;
import org.luoshi.reading.Span;
import org.luoshi.reading.departments.TermMatcher;

/** Files words under a theme by the terms of the themes file, the heading above, and the department that would lead. */
final class ThemeFinder {
    private static final double HEADING_SHARE = 0.5;
    private static final double DEPARTMENT = 1.5;

    private record Slot(Theme theme, int sub) {}

    private final List<Theme> themes;
    private final List<Slot> slots = new ArrayList<>();
    private final int[] first;
    private final TermMatcher terms;

    ThemeFinder(Themes all) {
        themes = all.all();
        first = new int[themes.size() + 1];
        for (int t = 0; t < themes.size(); t++) {
            first[t] = slots.size();
            slots.add(new Slot(themes.get(t), -1));
            for (int s = 0; s < themes.get(t).sub().size(); s++) {
                slots.add(new Slot(themes.get(t), s));
            }
        }
        first[themes.size()] = slots.size();
        terms = new TermMatcher(slots.size());
        for (int i = 0; i < slots.size(); i++) {
            int owner = i;
            Slot slot = slots.get(i);
            Theme theme = slot.sub() < 0 ? slot.theme() : slot.theme().sub().get(slot.sub());
            theme.terms().forEach((term, weight) -> terms.add(term, owner, weight));
        }
    }

    /** What the terms of a heading say. */
    TermMatcher.Tally heading(String heading) {
        return terms.tally(heading, 0, heading.length());
    }

    /** The theme of the words; empty keys and confidence 0 where nothing speaks for any. */
    ThemeChoice find(CharSequence text, Span span, TermMatcher.Tally heading, String departmentTheme) {
        TermMatcher.Tally tally = terms.tally(text, span.start(), span.end());
        double[] above = heading.scores();
        int best = -1;
        double most = 0;
        double sum = 0;
        for (int t = 0; t < themes.size(); t++) {
            double score = 0;
            for (int i = first[t]; i < first[t + 1]; i++) {
                score += tally.scores()[i] + HEADING_SHARE * above[i];
            }
            if (themes.get(t).key().equals(departmentTheme)) {
                score += DEPARTMENT;
            }
            sum += score;
            if (score > most) {
                most = score;
                best = t;
            }
        }
        if (best < 0) {
            return new ThemeChoice("", "", 0, Evidence.of("theme.none"));
        }
        int sub = -1;
        double mostSub = 0;
        int said = first[best];
        for (int i = first[best]; i < first[best + 1]; i++) {
            double score = tally.scores()[i] + HEADING_SHARE * above[i];
            if (score > mostSub && slots.get(i).sub() >= 0) {
                mostSub = score;
                sub = i;
            }
            if (tally.scores()[i] > tally.scores()[said]) {
                said = i;
            }
        }
        String subKey =
                sub < 0 ? "" : themes.get(best).sub().get(slots.get(sub).sub()).key();
        return new ThemeChoice(themes.get(best).key(), subKey, most / (sum + 1), evidence(tally, said, above));
    }

    private static Evidence evidence(TermMatcher.Tally tally, int slot, double[] above) {
        int hit = tally.best(slot);
        if (hit >= 0) {
            return new Evidence("theme.term", tally.span(hit), tally.term(hit));
        }
        for (double score : above) {
            if (score > 0) {
                return Evidence.of("theme.section");
            }
        }
        return Evidence.of("theme.department");
    }
}
