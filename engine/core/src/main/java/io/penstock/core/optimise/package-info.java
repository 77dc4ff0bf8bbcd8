/** Makes plans cheaper without changing what they mean. */
@NullMarked
package io.penstock.core.optimise;

import org.jspecify.annotations.NullMarked;
