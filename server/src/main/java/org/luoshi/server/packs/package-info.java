/** Loads what a county configures: units, people and calendar of a pack into an empty installation. */
@NullMarked
package org.luoshi.server.packs;

import org.jspecify.annotations.NullMarked;
