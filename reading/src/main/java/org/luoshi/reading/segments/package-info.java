/**
 * Cuts a text into segments and says of each whether it tells what was done, commits to something, or neither.
 *
 * <p>{@link org.luoshi.reading.segments.Segments} cuts; {@link org.luoshi.reading.segments.SegmentReader} labels with a
 * small linear model that {@code SegmentTraining} makes from labelled reports. The model holds hashed weights only, no
 * words of any report.
 */
@NullMarked
package org.luoshi.reading.segments;

import org.jspecify.annotations.NullMarked;
