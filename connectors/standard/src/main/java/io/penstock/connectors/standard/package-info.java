/** The connectors and formats that come with the engine. */
@NullMarked
package io.penstock.connectors.standard;

import org.jspecify.annotations.NullMarked;
