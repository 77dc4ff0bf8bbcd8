/** The one door to the language: from the text of a pipeline file to a checked plan. */
@NullMarked
package io.penstock.dsl.language;

import org.jspecify.annotations.NullMarked;
