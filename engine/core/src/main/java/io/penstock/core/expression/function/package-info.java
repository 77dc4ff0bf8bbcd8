/** The functions of the expression language: their contract, their registry, their families. */
@NullMarked
package io.penstock.core.expression.function;

import org.jspecify.annotations.NullMarked;
