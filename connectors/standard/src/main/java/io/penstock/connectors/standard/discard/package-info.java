/** The sink that drops. */
@NullMarked
package io.penstock.connectors.standard.discard;

import org.jspecify.annotations.NullMarked;
