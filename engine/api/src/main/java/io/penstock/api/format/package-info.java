/** The contract of formats: bytes to rows and back. */
@NullMarked
package io.penstock.api.format;

import org.jspecify.annotations.NullMarked;
