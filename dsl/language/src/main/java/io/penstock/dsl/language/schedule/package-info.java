/** When the batches of a pipeline are run, as written in its run block. */
@NullMarked
package io.penstock.dsl.language.schedule;

import org.jspecify.annotations.NullMarked;
