/** Plans written for people and for programs. */
@NullMarked
package io.penstock.dsl.launcher.explain;

import org.jspecify.annotations.NullMarked;
