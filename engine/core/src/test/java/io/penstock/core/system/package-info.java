/** The machine's files and threads. */
@NullMarked
package io.penstock.core.system;

import org.jspecify.annotations.NullMarked;
