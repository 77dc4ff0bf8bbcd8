/** The command line: arguments in, exit code and text out. */
@NullMarked
package io.penstock.dsl.launcher;

import org.jspecify.annotations.NullMarked;
