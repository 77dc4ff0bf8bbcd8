/** The Avro format: files with their schema in them, and records each by itself. */
@NullMarked
package io.penstock.connectors.avro;

import org.jspecify.annotations.NullMarked;
