/** The contract of sinks. */
@NullMarked
package io.penstock.api.sink;

import org.jspecify.annotations.NullMarked;
