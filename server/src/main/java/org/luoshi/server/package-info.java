@NullMarked
package org.luoshi.server;

import org.jspecify.annotations.NullMarked;
