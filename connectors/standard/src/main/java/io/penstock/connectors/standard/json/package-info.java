/** The JSON format. */
@NullMarked
package io.penstock.connectors.standard.json;

import org.jspecify.annotations.NullMarked;
