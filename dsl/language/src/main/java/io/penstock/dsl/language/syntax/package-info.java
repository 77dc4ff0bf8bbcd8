/** YAML read into nodes with exact places; the only room that knows the YAML library. */
@NullMarked
package io.penstock.dsl.language.syntax;

import org.jspecify.annotations.NullMarked;
