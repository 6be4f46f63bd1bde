package org.luoshi.reading;

/**
 * The trimmed text between two of {@code 。；！？;!?} or line ends.
 *
 * @param index position among the segments of the text, from 0
 * @param confidence calibrated probability that the label is right, 0..1
 */
public record Segment(int index, Span span, SegmentLabel label, double confidence, Evidence evidence) {}
