/** Executes expressions by trees of closures: no start-up cost, any expression. */
@NullMarked
package io.penstock.core.expression.closure;

import org.jspecify.annotations.NullMarked;
