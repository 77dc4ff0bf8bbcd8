/** What differs between two versions of a pipeline, as text and as a document. */
@NullMarked
package io.penstock.dsl.launcher.change;

import org.jspecify.annotations.NullMarked;
