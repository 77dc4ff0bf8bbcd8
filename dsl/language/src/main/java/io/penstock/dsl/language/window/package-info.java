/** The {@code window} of a step. */
@NullMarked
package io.penstock.dsl.language.window;

import org.jspecify.annotations.NullMarked;
