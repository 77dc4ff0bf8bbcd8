/** What {@code lookup} asks for each row: the contract of connectors that answer. */
@NullMarked
package io.penstock.api.lookup;

import org.jspecify.annotations.NullMarked;
