/**
 * The files that a county edits, read so that all their faults are reported at once, each with its file and line.
 *
 * <p>{@link org.luoshi.reading.packs.PackFile} gives mappings, lists and scalars node by node; what a file means is the
 * business of the package that reads it. A reader takes what it can, notes a fault for the rest, goes on, and calls
 * {@link org.luoshi.reading.packs.PackFile#check} at the end.
 */
@NullMarked
package org.luoshi.reading.packs;

import org.jspecify.annotations.NullMarked;
