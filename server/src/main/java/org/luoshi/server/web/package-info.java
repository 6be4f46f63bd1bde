/** What all pages share: the shell around them, words in two languages, templates, and answers to errors. */
@NullMarked
package org.luoshi.server.web;

import org.jspecify.annotations.NullMarked;
