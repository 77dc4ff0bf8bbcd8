/** Standard input and output. */
@NullMarked
package io.penstock.connectors.standard.console;

import org.jspecify.annotations.NullMarked;
