/**
 * What is promised: the reader's proposals, what the clerk makes of them beside the text, and in the end the entries of
 * the register. {@link org.luoshi.server.commitments.Commitments} is the one way to change a commitment.
 */
@NullMarked
package org.luoshi.server.commitments;

import org.jspecify.annotations.NullMarked;
