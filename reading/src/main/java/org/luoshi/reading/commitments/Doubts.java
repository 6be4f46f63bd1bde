package org.luoshi.reading.commitments;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Commitment;
import org.luoshi.reading.Commitment.Deadline;
import org.luoshi.reading.Commitment.Doubt;
import org.luoshi.reading.Commitment.Named;
import org.luoshi.reading.Commitment.Proposal;
import org.luoshi.reading.Figure;
import org.luoshi.reading.Segment;
import org.luoshi.reading.Span;

/** Collects what a reviewer should look at first in one commitment. The keys stand in the package's description. */
final class Doubts {
    private static final double LOW_LABEL = 0.85;
    private static final double CLEAR_LEAD = 0.6;
    private static final double CLOSE = 0.15;

    private final String text;
    private final List<Doubt> doubts = new ArrayList<>();

    Doubts(String text) {
        this.text = text;
    }

    List<Doubt> list() {
        return List.copyOf(doubts);
    }

    private void add(String question, @Nullable Span words, String detail) {
        doubts.add(new Doubt(question, words, detail));
    }

    void label(Segment segment) {
        if (segment.confidence() < LOW_LABEL) {
            add("doubt.low-label", segment.span(), Math.round(100 * segment.confidence()) + "%");
        }
    }

    void masked(List<Figure> targets) {
        for (Figure target : targets) {
            if (target.masked()) {
                add("doubt.masked-value", target.number(), target.indicator());
            }
        }
    }

    void outcome(Span span, List<Figure> targets, List<Named> named, Line line) {
        boolean project = named.stream().anyMatch(name -> name.sort() == Named.Sort.PROJECT);
        if (targets.isEmpty() && !project && !Verbs.completes(text, span.start(), span.end())) {
            add("doubt.no-outcome", span, line.verb());
        }
    }

    /** A time carried along the sentence is doubtful only where it says other than the year of the tasks would. */
    void times(List<TimeWords.Found> times, Deadline deadline, @Nullable Integer year) {
        boolean yearEnd = year != null && LocalDate.of(year, 12, 31).equals(deadline.due());
        if (deadline.due() == null) {
            add("doubt.deadline-unknown", null, "");
        }
        if (!yearEnd && deadline.evidence().rule().equals("deadline.sentence")) {
            add("doubt.deadline-scope", deadline.evidence().words(), String.valueOf(deadline.due()));
        }
        for (TimeWords.Found time : times) {
            if (!time.due().equals(deadline.due())) {
                add("doubt.several-deadlines", time.span(), time.due().toString());
            }
        }
    }

    void lead(List<Proposal> lead) {
        if (lead.isEmpty()) {
            add("doubt.lead-none", null, "");
        } else if (lead.size() > 1
                && lead.get(0).score() < CLEAR_LEAD
                && lead.get(0).score() - lead.get(1).score() < CLOSE) {
            add("doubt.lead-close", null, lead.get(0).name() + "、" + lead.get(1).name());
        }
    }

    /** A repeat in the same words needs no second look; one in other words does. */
    void repeated(Commitment earlier, Line line) {
        if (!earlier.what().equals(line.what())) {
            add("doubt.repeated", null, earlier.what());
        }
    }
}
