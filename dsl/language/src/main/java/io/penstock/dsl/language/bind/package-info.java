/** Nodes converted into records by their declarations: the pipeline as written. */
@NullMarked
package io.penstock.dsl.language.bind;

import org.jspecify.annotations.NullMarked;
