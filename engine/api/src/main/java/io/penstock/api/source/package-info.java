/** The contract of sources. */
@NullMarked
package io.penstock.api.source;

import org.jspecify.annotations.NullMarked;
