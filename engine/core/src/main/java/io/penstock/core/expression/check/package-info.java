/** Gives the tree of an expression its types: names, conversions, overloads, aggregates. */
@NullMarked
package io.penstock.core.expression.check;

import org.jspecify.annotations.NullMarked;
