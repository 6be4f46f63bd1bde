/**
 * The bulletin (督查通报) of a period: what was given, fell due, was done in time or late, was sent back, by unit and by
 * campaign. Every figure is a list that can be opened.
 */
@NullMarked
package org.luoshi.server.bulletins;

import org.jspecify.annotations.NullMarked;
