/** Kept state looked at from outside a run, and taken back to an earlier epoch. */
@NullMarked
package io.penstock.core.inspect;

import org.jspecify.annotations.NullMarked;
