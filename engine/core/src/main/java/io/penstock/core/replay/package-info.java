/** Dead letters back in at the place where they failed. */
@NullMarked
package io.penstock.core.replay;

import org.jspecify.annotations.NullMarked;
