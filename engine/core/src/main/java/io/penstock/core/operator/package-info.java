/** What steps do to batches of rows. */
@NullMarked
package io.penstock.core.operator;

import org.jspecify.annotations.NullMarked;
