/** The aggregate functions of {@code compute}: their contract, their registry, their states. */
@NullMarked
package io.penstock.core.expression.aggregate;

import org.jspecify.annotations.NullMarked;
