/**
 * The register: what has been confirmed. Lists it by filters that have an address, finds words in it, shows an entry
 * with the sentence it comes from, splits totals among units, keeps views and writes it into files. It reads the tables
 * of commitments and documents and changes only its own: splits, shares and saved views.
 */
@NullMarked
package org.luoshi.server.register;

import org.jspecify.annotations.NullMarked;
