/**
 * Who answers for what: the duties file of a county, departments named in a text, and departments proposed for one.
 *
 * <p>{@link org.luoshi.reading.departments.Duties} is the file, checked whole;
 * {@link org.luoshi.reading.departments.Departments} reads texts by it. Rule keys of the evidence:
 *
 * <ul>
 *   <li>{@code department.named}: the text names it as the one to act; the words are the name
 *   <li>{@code department.term}: a term of its duty stands in the text; the detail is the term
 *   <li>{@code department.section}: a term of its duty stands in the heading above; the detail is the term
 * </ul>
 */
@NullMarked
package org.luoshi.reading.departments;

import org.jspecify.annotations.NullMarked;
