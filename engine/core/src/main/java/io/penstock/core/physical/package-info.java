/** How the embedded engine does a plan: stages, and the edges between them. */
@NullMarked
package io.penstock.core.physical;

import org.jspecify.annotations.NullMarked;
