/** Types, schemas, columns and batches: what moves through a pipeline. */
@NullMarked
package io.penstock.api.data;

import org.jspecify.annotations.NullMarked;
