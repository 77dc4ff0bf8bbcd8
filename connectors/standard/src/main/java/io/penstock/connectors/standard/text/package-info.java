/** The text format. */
@NullMarked
package io.penstock.connectors.standard.text;

import org.jspecify.annotations.NullMarked;
