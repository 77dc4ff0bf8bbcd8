/** Values between bytes of text and columns, shared by the formats. */
@NullMarked
package io.penstock.connectors.standard.value;

import org.jspecify.annotations.NullMarked;
