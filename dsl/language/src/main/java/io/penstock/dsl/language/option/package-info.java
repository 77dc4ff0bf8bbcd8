/** Declarations of components and options, read from annotated records. */
@NullMarked
package io.penstock.dsl.language.option;

import org.jspecify.annotations.NullMarked;
