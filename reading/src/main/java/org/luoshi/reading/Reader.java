package org.luoshi.reading;

import java.util.List;
import org.luoshi.reading.commitments.CommitmentReader;
import org.luoshi.reading.commitments.Themes;
import org.luoshi.reading.departments.Duties;
import org.luoshi.reading.figures.FigureReader;
import org.luoshi.reading.outline.Outlines;
import org.luoshi.reading.segments.SegmentReader;
import org.luoshi.reading.segments.Segments;

/**
 * Reads a report: text in, everything that was found out. Building one takes some tenths of a second, so build it once;
 * it is immutable and one serves any number of threads.
 *
 * <pre>{@code
 * Reading reading = Reader.standard().read(new SourceText("report.txt", text));
 * }</pre>
 */
public final class Reader {
    private static final class Standard {
        static final Reader READER = with(Duties.standard(), Themes.standard());
    }

    private final SegmentReader segments;
    private final CommitmentReader commitments;

    private Reader(SegmentReader segments, CommitmentReader commitments) {
        this.segments = segments;
        this.commitments = commitments;
    }

    /** The reader with the general duties and themes that come with the program. */
    public static Reader standard() {
        return Standard.READER;
    }

    /** A reader with a county's own duties and themes. */
    public static Reader with(Duties duties, Themes themes) {
        return new Reader(new SegmentReader(), new CommitmentReader(duties, themes));
    }

    /** Reads a text of any kind, in time that grows with its length. Never throws on a text; an empty one reads empty. */
    public Reading read(SourceText source) {
        Outline outline = Outlines.read(source);
        List<Segment> labelled = segments.read(source, outline, Segments.split(source));
        List<Figure> figures = FigureReader.read(source, outline, labelled);
        return new Reading(source, outline, labelled, figures, commitments.read(source, outline, labelled, figures));
    }
}
