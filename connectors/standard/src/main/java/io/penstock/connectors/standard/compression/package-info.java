/** Compressed bytes. */
@NullMarked
package io.penstock.connectors.standard.compression;

import org.jspecify.annotations.NullMarked;
