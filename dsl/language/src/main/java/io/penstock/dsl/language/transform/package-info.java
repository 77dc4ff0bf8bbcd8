/** The built-in transforms: their options, and how each becomes a logical operation. */
@NullMarked
package io.penstock.dsl.language.transform;

import org.jspecify.annotations.NullMarked;
