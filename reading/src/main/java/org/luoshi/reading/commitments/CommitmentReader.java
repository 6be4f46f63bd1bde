package org.luoshi.reading.commitments;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Commitment;
import org.luoshi.reading.Commitment.Deadline;
import org.luoshi.reading.Commitment.Named;
import org.luoshi.reading.Commitment.Proposal;
import org.luoshi.reading.Commitment.ThemeChoice;
import org.luoshi.reading.Evidence;
import org.luoshi.reading.Figure;
import org.luoshi.reading.Outline;
import org.luoshi.reading.Segment;
import org.luoshi.reading.SegmentLabel;
import org.luoshi.reading.SourceText;
import org.luoshi.reading.Span;
import org.luoshi.reading.departments.Departments;
import org.luoshi.reading.departments.Duties;
import org.luoshi.reading.departments.Duty;
import org.luoshi.reading.departments.TermMatcher;

/**
 * Makes commitments of the segments that commit. Built once for a duties file and themes; immutable and safe to share
 * between threads. Linear in the length of the text; never throws on a text.
 */
public final class CommitmentReader {
    private static final int MOST_LEADS = 3;
    private static final int MOST_JOINT = 4;
    private static final double JOINT_SHARE = 0.2;
    private static final double LEAST_JOINT = 0.08;

    private final Departments departments;
    private final Clauses clauses;
    private final ThemeFinder themes;
    private final Names names;

    public CommitmentReader(Duties duties, Themes themes) {
        this.departments = new Departments(duties);
        this.clauses = new Clauses(departments.terms());
        this.themes = new ThemeFinder(themes);
        this.names = new Names(departments);
    }

    /** As the instance's method; builds a reader for one use. */
    public static List<Commitment> read(
            SourceText source,
            Outline outline,
            List<Segment> segments,
            List<Figure> figures,
            Duties duties,
            Themes themes) {
        return new CommitmentReader(duties, themes).read(source, outline, segments, figures);
    }

    /** The commitments in the order of the text; every offset points into {@code source}. */
    public List<Commitment> read(SourceText source, Outline outline, List<Segment> segments, List<Figure> figures) {
        var reading = new Pass(source.text(), outline);
        int figure = 0;
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            while (figure < figures.size() && figures.get(figure).segment() < segment.index()) {
                figure++;
            }
            int past = figure;
            while (past < figures.size() && figures.get(past).segment() == segment.index()) {
                past++;
            }
            reading.segment(segment, i == 0 ? null : segments.get(i - 1), figures.subList(figure, past));
            figure = past;
        }
        return List.copyOf(reading.commitments);
    }

    /** One run over one text. */
    private final class Pass {
        private final String text;
        private final Sections sections;
        private final @Nullable Integer year;
        private final @Nullable LocalDate said;
        private final Repeats repeats = new Repeats();
        private final List<Commitment> commitments = new ArrayList<>();

        /** The first commitment that a list of departments at the end of the paragraph would answer for. */
        private int unanswered;

        private TimeWords.@Nullable Found inForce;
        private int headingOf = -1;
        private TermMatcher.Tally headingDuties = departments.heading("");
        private TermMatcher.Tally headingThemes = themes.heading("");

        Pass(String text, Outline outline) {
            this.text = text;
            this.sections = new Sections(outline, text);
            this.year = outline.taskYear() == null ? null : outline.taskYear().value();
            this.said = outline.date() == null ? null : outline.date().value();
        }

        void segment(Segment segment, @Nullable Segment before, List<Figure> figures) {
            Span span = segment.span();
            int gap = before == null ? 0 : before.span().end();
            if (breaks(gap, span.start(), "。！？!?\n\r")) {
                inForce = null;
            }
            boolean newLine = breaks(gap, span.start(), "\n\r");
            boolean list = departments.opensList(text, span);
            boolean commits = segment.label() == SegmentLabel.COMMIT && !list;
            if (newLine && commits) {
                unanswered = commitments.size();
            }
            int first = commitments.size();
            if (commits && sections.roleAt(span.start()) != Outline.Role.GLOSSARY) {
                commit(segment, figures);
            } else if (!commits && newLine && !list) {
                unanswered = commitments.size();
            }
            answer(span, first, list);
        }

        private boolean breaks(int from, int to, String marks) {
            for (int i = from; i < to; i++) {
                if (marks.indexOf(text.charAt(i)) >= 0) {
                    return true;
                }
            }
            return false;
        }

        /** Gives departments that the segment names to its commitments and to those before it that have none yet. */
        private void answer(Span span, int first, boolean list) {
            Departments.Assigned named = departments.named(text, span);
            if (named.isEmpty()) {
                return;
            }
            int from = list || first == commitments.size() ? Math.min(unanswered, first) : first;
            for (int i = from; i < commitments.size(); i++) {
                commitments.set(i, assigned(commitments.get(i), named));
            }
            unanswered = commitments.size();
        }

        private Commitment assigned(Commitment c, Departments.Assigned named) {
            List<Commitment.Doubt> doubts = c.doubts().stream()
                    .filter(doubt -> !doubt.question().startsWith("doubt.lead"))
                    .toList();
            List<Proposal> lead = named.lead().isEmpty() ? c.lead() : named.lead();
            return new Commitment(
                    c.index(),
                    c.span(),
                    c.segment(),
                    c.section(),
                    c.what(),
                    c.verb(),
                    c.object(),
                    c.targets(),
                    c.deadline(),
                    c.names(),
                    c.theme(),
                    lead,
                    named.joint(),
                    c.sameAs(),
                    c.confidence(),
                    doubts,
                    c.evidence());
        }

        private void commit(Segment segment, List<Figure> figures) {
            var targets = new ArrayList<Figure>();
            for (Figure figure : figures) {
                if (figure.kind() == Figure.Kind.TARGET) {
                    targets.add(figure);
                }
            }
            List<Span> spans = clauses.cut(text, segment.span(), targets, year);
            for (Span span : spans) {
                commitments.add(one(segment, span, targets, spans.size() > 1));
            }
        }

        private Commitment one(Segment segment, Span span, List<Figure> all, boolean part) {
            var targets = new ArrayList<Figure>();
            for (Figure target : all) {
                if (span.contains(target.number())) {
                    targets.add(target);
                }
            }
            int index = commitments.size();
            int section = sections.innermost(span.start());
            above(section);
            Line line = Line.of(text, span, targets);
            List<Named> named = names.find(text, span);
            List<Proposal> ranked = departments.propose(text, span, headingDuties, MOST_LEADS + MOST_JOINT);
            List<Proposal> lead = ranked.subList(0, Math.min(MOST_LEADS, ranked.size()));
            List<TimeWords.Found> times = TimeWords.find(text, span.start(), span.end(), year, said);
            TimeWords.Found carried = inForce;
            if (!times.isEmpty()) {
                inForce = times.getLast();
            }
            Deadline deadline = deadline(times, carried, targets, section);
            String leadTheme = lead.isEmpty()
                    ? ""
                    : departments
                            .duties()
                            .find(lead.getFirst().department())
                            .map(Duty::theme)
                            .orElse("");
            ThemeChoice theme = themes.find(text, span, headingThemes, leadTheme);
            int sameAs = repeats.link(index, targets, line.object(), deadline.due());
            var doubts = new Doubts(text);
            doubts.label(segment);
            doubts.masked(targets);
            doubts.outcome(span, targets, named, line);
            doubts.times(times, deadline, year);
            doubts.lead(lead);
            if (sameAs >= 0) {
                doubts.repeated(commitments.get(sameAs), line);
            }
            return new Commitment(
                    index,
                    span,
                    segment.index(),
                    section,
                    line.what(),
                    line.verb(),
                    line.object(),
                    List.copyOf(targets),
                    deadline,
                    named,
                    theme,
                    List.copyOf(lead),
                    joint(ranked),
                    sameAs,
                    confidence(segment, span, targets, line, part),
                    doubts.list(),
                    Evidence.of(part ? "commitment.clause" : "commitment.segment", span));
        }

        /** Reads the heading of a section once for all that stands below it. */
        private void above(int section) {
            if (section != headingOf) {
                headingOf = section;
                String heading = sections.heading(section);
                headingDuties = departments.heading(heading);
                headingThemes = themes.heading(heading);
            }
        }

        private Deadline deadline(
                List<TimeWords.Found> times, TimeWords.@Nullable Found carried, List<Figure> targets, int section) {
            if (!times.isEmpty()) {
                TimeWords.Found time = times.getLast();
                return new Deadline(time.due(), false, words("deadline.words", time));
            }
            if (carried != null) {
                return new Deadline(carried.due(), false, words("deadline.sentence", carried));
            }
            for (Figure target : targets) {
                if (target.due() != null) {
                    String time = target.time() == null ? "" : target.time();
                    return new Deadline(target.due(), false, new Evidence("deadline.figure", target.span(), time));
                }
            }
            Sections.Period period = sections.period(section, year, said);
            if (period != null) {
                return new Deadline(
                        period.due(),
                        true,
                        new Evidence(
                                "deadline.heading",
                                period.words(),
                                period.words().of(text)));
            }
            if (year != null) {
                return new Deadline(
                        LocalDate.of(year, 12, 31), true, new Evidence("deadline.section", null, year.toString()));
            }
            return new Deadline(null, true, Evidence.of("deadline.none"));
        }

        private Evidence words(String rule, TimeWords.Found time) {
            return new Evidence(rule, time.span(), time.span().of(text));
        }
    }

    /** Those after the first whose own words speak in the text, not much weaker than it. */
    private static List<Proposal> joint(List<Proposal> ranked) {
        var joint = new ArrayList<Proposal>();
        for (int i = 1; i < ranked.size() && joint.size() < MOST_JOINT; i++) {
            Proposal proposal = ranked.get(i);
            boolean speaks = proposal.evidence().rule().equals("department.term");
            if (speaks
                    && proposal.score() >= LEAST_JOINT
                    && proposal.score() >= JOINT_SHARE * ranked.getFirst().score()) {
                joint.add(proposal);
            }
        }
        return List.copyOf(joint);
    }

    private static double confidence(Segment segment, Span span, List<Figure> targets, Line line, boolean part) {
        double confidence = segment.confidence();
        if (part) {
            confidence *= 0.9;
        }
        if (line.verb().isEmpty() && targets.isEmpty()) {
            confidence *= 0.8;
        }
        if (span.length() < 8) {
            confidence *= 0.8;
        }
        for (Figure target : targets) {
            confidence *= 0.5 + 0.5 * target.confidence();
        }
        return Math.clamp(confidence, 0.0, 1.0);
    }
}
