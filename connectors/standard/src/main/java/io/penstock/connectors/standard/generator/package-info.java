/** Rows made by expressions. */
@NullMarked
package io.penstock.connectors.standard.generator;

import org.jspecify.annotations.NullMarked;
