/** The {@code emit} of a step. */
@NullMarked
package io.penstock.dsl.language.emission;

import org.jspecify.annotations.NullMarked;
