package org.luoshi.reading;

/** What a segment does: tells what was done, commits to something, or neither. */
public enum SegmentLabel {
    PAST,
    COMMIT,
    TALK
}
