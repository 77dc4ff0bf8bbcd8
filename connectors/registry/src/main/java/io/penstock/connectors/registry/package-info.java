/** Asks a schema registry for schemas by their numbers, and for the numbers of schemas. */
@NullMarked
package io.penstock.connectors.registry;

import org.jspecify.annotations.NullMarked;
