/** One record on its way through a pipeline, without touching any sink. */
@NullMarked
package io.penstock.dsl.launcher.trace;

import org.jspecify.annotations.NullMarked;
