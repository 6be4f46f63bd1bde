package org.luoshi.reading;

import java.util.List;

/** Everything that was found in one text. */
public record Reading(
        SourceText source,
        Outline outline,
        List<Segment> segments,
        List<Figure> figures,
        List<Commitment> commitments) {}
