/**
 * Reads the figures of a report: numbers with their units, what they measure, how they bound it and until when.
 *
 * <p>A hand-written scanner finds amounts ({@link org.luoshi.reading.figures.AmountScanner}); a small learned model
 * decides which of them are figures at all ({@link org.luoshi.reading.figures.FigureModel}); a grammar over the words
 * around them finds the indicator, the relation, the basis and the time. The words are resource files beside this
 * package.
 */
@NullMarked
package org.luoshi.reading.figures;

import org.jspecify.annotations.NullMarked;
