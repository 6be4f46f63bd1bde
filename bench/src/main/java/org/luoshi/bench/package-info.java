/**
 * Benchmarks: each is measured beside what a user would take instead, in the same run, and says which bar it must pass.
 */
@NullMarked
package org.luoshi.bench;

import org.jspecify.annotations.NullMarked;
