/** The Parquet format: files of columns. */
@NullMarked
package io.penstock.connectors.parquet;

import org.jspecify.annotations.NullMarked;
