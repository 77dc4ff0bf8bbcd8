/** Names, edges, schemas and types: from the pipeline as written to the logical plan. */
@NullMarked
package io.penstock.dsl.language.check;

import org.jspecify.annotations.NullMarked;
