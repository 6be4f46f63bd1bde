/**
 * Matter types as files: what a matter holds, which states it passes, who may move it, which clocks run, when its light
 * turns, and how it is urged. Read and checked whole; drawn from the file. Knows no database and no web.
 */
@NullMarked
@NamedInterface("types")
package org.luoshi.server.matters.types;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
