/** What becomes of kept state when the pipeline file was edited. */
@NullMarked
package io.penstock.core.upgrade;

import org.jspecify.annotations.NullMarked;
