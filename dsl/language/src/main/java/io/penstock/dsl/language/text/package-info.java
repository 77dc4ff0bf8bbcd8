/** The texts that users write, and problems shown in them. */
@NullMarked
package io.penstock.dsl.language.text;

import org.jspecify.annotations.NullMarked;
