/** The expression language: parsed, typed, evaluated over columns. */
@NullMarked
package io.penstock.core.expression;

import org.jspecify.annotations.NullMarked;
