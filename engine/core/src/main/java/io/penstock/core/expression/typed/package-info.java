/** The typed tree of an expression, shared by everything that executes one. */
@NullMarked
package io.penstock.core.expression.typed;

import org.jspecify.annotations.NullMarked;
