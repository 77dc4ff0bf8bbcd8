/** What was found wrong, written for people and for programs. */
@NullMarked
package io.penstock.dsl.launcher.problems;

import org.jspecify.annotations.NullMarked;
