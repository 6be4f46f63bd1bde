/**
 * Lists from spreadsheets become matters: a findings list or an old task table is laid beside the fields of a type, row
 * by row checked, looked at, and brought in whole or as far as it is good; once more brings nothing in twice.
 */
@NullMarked
package org.luoshi.server.imports;

import org.jspecify.annotations.NullMarked;
