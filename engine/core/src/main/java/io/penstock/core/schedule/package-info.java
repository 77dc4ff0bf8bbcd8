/** When the batches of a scheduled run begin. No clock inside: callers say what time it is. */
@NullMarked
package io.penstock.core.schedule;

import org.jspecify.annotations.NullMarked;
