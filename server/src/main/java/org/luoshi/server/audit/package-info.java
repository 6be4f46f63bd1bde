/**
 * The journal and the one path on which anything is written (DESIGN.md, law 2): begin, check that the request was not
 * carried out before, do the work, append what was done, commit.
 */
@NullMarked
package org.luoshi.server.audit;

import org.jspecify.annotations.NullMarked;
