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
    private static final double TEMPERATURE = 2.6;

    /** The weight of no department being right, beside which a single faint term proves little. */
    private static final double NONE = 1.0;

    /** What it says for a department that the words begin with it, as in 各乡镇要…. */
    private static final double SUBJECT = 6;

    private static final double HEADING_SHARE = 0.35;

    private final Duties duties;
    private final OfficeNames names;
    private final TermMatcher terms;
    private final NamedOffices named;

    public Departments(Duties duties) {
        this.duties = duties;
        this.names = new OfficeNames(duties);
        this.terms = new TermMatcher(duties.all().size());
        for (int i = 0; i < duties.all().size(); i++) {
            int owner = i;
            duties.all().get(i).terms().forEach((term, weight) -> terms.add(term, owner, weight));
        }
        duties.silent().forEach(terms::silence);
        this.named = new NamedOffices(names);
    }

    public Duties duties() {
        return duties;
    }

    /** The departments that a written name stands for: 省人社厅 and 人力资源社会保障部 are one. Empty where none is known. */
    public Set<Duty> resolve(String name) {
        return names.resolve(name);
    }

    /** What the terms of the duties say, by department in the order of the file: for callers that weigh many pieces. */
    public TermMatcher terms() {
        return terms;
    }

    /** Where the words name departments, by names of three characters or more; at most {@code most}. */
    public List<Span> mentions(CharSequence text, Span span, int most) {
        return names.mentions(text, span.start(), span.end(), most);
    }

    /** The departments that the text names as those to act, who leads and who joins, each with {@code named} set. */
    public Assigned named(CharSequence text, Span span) {
        return named.find(text, span.start(), span.end());
    }

    /** As {@link #named(CharSequence, Span)} of the whole text. */
    public Assigned named(CharSequence text) {
        return named.find(text, 0, text.length());
    }

    /** Whether the words are a list of departments and no more: 责任单位：…, in a bracket or without one. */
    public boolean opensList(CharSequence text, Span span) {
        return named.opensList(text, span.start(), span.end());
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
        return propose(text, span, heading(heading), most);
    }

    /** What the terms of a heading say; to be kept where many pieces stand below one heading. */
    public TermMatcher.Tally heading(CharSequence heading) {
        return terms.tally(heading, 0, heading.length());
    }

    /** As {@link #propose(CharSequence, Span, CharSequence, int)} with a heading read before. */
    public List<Proposal> propose(CharSequence text, Span span, TermMatcher.Tally heading, int most) {
        TermMatcher.Tally tally = terms.tally(text, span.start(), span.end());
        double[] scores = tally.scores();
        for (int i = 0; i < scores.length; i++) {
            scores[i] += HEADING_SHARE * heading.scores()[i];
        }
        long subject = names.subject(text, span.start(), span.end());
        if (subject >= 0) {
            scores[(int) (subject >>> 32)] += SUBJECT;
        }
        return ranked(scores, tally, heading, most);
    }

    private List<Proposal> ranked(double[] scores, TermMatcher.Tally tally, TermMatcher.Tally heading, int most) {
        double[] chances = chances(scores);
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
            ranked.add(new Proposal(duty.key(), duty.name(), false, chances[best], evidence(best, tally, heading)));
        }
        return ranked;
    }

    /** Chances of the departments that something speaks for; that none of them is right has a chance too. */
    private static double[] chances(double[] scores) {
        double most = 0;
        for (double score : scores) {
            most = Math.max(most, score / TEMPERATURE);
        }
        var chances = new double[scores.length];
        double sum = NONE * Math.exp(-most);
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] > 0) {
                chances[i] = Math.exp(scores[i] / TEMPERATURE - most);
                sum += chances[i];
            }
        }
        for (int i = 0; i < scores.length; i++) {
            chances[i] /= sum;
        }
        return chances;
    }

    private static Evidence evidence(int owner, TermMatcher.Tally tally, TermMatcher.Tally heading) {
        int hit = tally.best(owner);
        if (hit >= 0) {
            return new Evidence("department.term", tally.span(hit), tally.term(hit));
        }
        int above = heading.best(owner);
        return new Evidence("department.section", null, above < 0 ? "" : heading.term(above));
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
