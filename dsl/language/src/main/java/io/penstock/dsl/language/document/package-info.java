/** Documents made of the declarations: the schema for editors and the reference. */
@NullMarked
package io.penstock.dsl.language.document;

import org.jspecify.annotations.NullMarked;
