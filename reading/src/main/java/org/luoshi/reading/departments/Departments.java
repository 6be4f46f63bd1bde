package org.luoshi.reading.departments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.luoshi.reading.Commitment.Proposal;
import org.luoshi.reading.Evidence;
import org.luoshi.reading.Span;

/**
 * Proposes who answers for a text, and finds who the text itself names. Built once from a duties file; immutable and
 * safe to share between threads.
 */
public final class Departments {
    /** Divides the scores before they are read as chances; fitted so that a stated 0.7 is right seven times in ten. */
    private static final double TEMPERATURE = 2.0;

    private static final double HEADING_SHARE = 0.35;

    private final Duties duties;
    private final OfficeNames names;
    private final TermMatcher terms;
    private final DutyModel model;
    private final NamedOffices named;

    public Departments(Duties duties) {
        this(duties, DutyModel.standard(duties));
    }

    Departments(Duties duties, DutyModel model) {
        this.duties = duties;
        this.model = model;
        this.names = new OfficeNames(duties);
        this.terms = new TermMatcher(duties.all().size());
        for (int i = 0; i < duties.all().size(); i++) {
            int owner = i;
            duties.all().get(i).terms().forEach((term, weight) -> terms.add(term, owner, weight));
        }
        this.named = new NamedOffices(names);
    }

    public Duties duties() {
        return duties;
    }

    int size() {
        return duties.all().size();
    }

    double[] termScores(CharSequence text, int start, int end) {
        return terms.tally(text, start, end).scores();
    }

    /** The departments that a written name stands for: 省人社厅 and 人力资源社会保障部 are one. Empty where none is known. */
    public Set<Duty> resolve(String name) {
        return names.resolve(name);
    }

    /** The departments that the text names as those to act, who leads and who joins, each with {@code named} set. */
    public Assigned named(CharSequence text, Span span) {
        return named.find(text, span.start(), span.end());
    }

    /** As {@link #named(CharSequence, Span)} of the whole text. */
    public Assigned named(CharSequence text) {
        return named.find(text, 0, text.length());
    }

    /** Who leads and who joins in. */
    public record Assigned(List<Proposal> lead, List<Proposal> joint) {
        public boolean isEmpty() {
            return lead.isEmpty() && joint.isEmpty();
        }
    }

    /** As {@link #propose(CharSequence, Span, CharSequence, int)} of the whole text without a heading. */
    public List<Proposal> propose(CharSequence text, int most) {
        return propose(text, new Span(0, text.length()), "", most);
    }

    /**
     * The departments whose duty the words fall under, best first, at most {@code most}; none where nothing speaks for
     * any.
     *
     * @param text the text that the span points into; the evidence's words too
     * @param heading the heading above the words, which speaks too, but less; may be empty
     */
    public List<Proposal> propose(CharSequence text, Span span, CharSequence heading, int most) {
        TermMatcher.Tally tally = terms.tally(text, span.start(), span.end());
        double[] scores = tally.scores();
        int[] fromHeading = new int[0];
        if (!heading.isEmpty()) {
            TermMatcher.Tally above = terms.tally(heading, 0, heading.length());
            for (int i = 0; i < scores.length; i++) {
                scores[i] += HEADING_SHARE * above.scores()[i];
            }
            fromHeading = above.best();
        }
        model.addTo(scores, text, span.start(), span.end());
        return ranked(scores, tally, fromHeading, most);
    }

    private List<Proposal> ranked(double[] scores, TermMatcher.Tally tally, int[] fromHeading, int most) {
        var scaled = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            scaled[i] = scores[i] / TEMPERATURE;
        }
        double[] chances = DutyLearning.softmax(scaled);
        var ranked = new ArrayList<Proposal>();
        var taken = new boolean[scores.length];
        while (ranked.size() < most) {
            int best = -1;
            for (int i = 0; i < scores.length; i++) {
                if (!taken[i] && scores[i] > 0 && (best < 0 || scores[i] > scores[best])) {
                    best = i;
                }
            }
            if (best < 0) {
                break;
            }
            taken[best] = true;
            Duty duty = duties.all().get(best);
            ranked.add(new Proposal(
                    duty.key(), duty.name(), false, chances[best], evidence(best, tally, fromHeading)));
        }
        return ranked;
    }

    private Evidence evidence(int owner, TermMatcher.Tally tally, int[] fromHeading) {
        int term = tally.best()[owner];
        if (term >= 0) {
            return new Evidence(
                    "department.term", new Span(tally.starts()[owner], tally.ends()[owner]), terms.term(term));
        }
        if (fromHeading.length > 0 && fromHeading[owner] >= 0) {
            return new Evidence("department.section", null, terms.term(fromHeading[owner]));
        }
        return Evidence.of("department.learned");
    }

    /** Keeps the first of every department. */
    static List<Proposal> distinct(List<Proposal> proposals) {
        var kept = new LinkedHashMap<String, Proposal>();
        for (Proposal proposal : proposals) {
            kept.putIfAbsent(proposal.department(), proposal);
        }
        return List.copyOf(kept.values());
    }
}
