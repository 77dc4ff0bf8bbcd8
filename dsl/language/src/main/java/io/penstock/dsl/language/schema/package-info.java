/** Types as users write them: schemas, parameters, constants. */
@NullMarked
package io.penstock.dsl.language.schema;

import org.jspecify.annotations.NullMarked;
