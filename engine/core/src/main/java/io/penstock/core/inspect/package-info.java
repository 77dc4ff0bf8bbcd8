/**
 * Kept state, and outside systems, looked at without a run; and state taken back to an earlier
 * epoch.
 */
@NullMarked
package io.penstock.core.inspect;

import org.jspecify.annotations.NullMarked;
