/** What a pipeline means: the plan that the language makes and every runner takes. */
@NullMarked
package io.penstock.core.logical;

import org.jspecify.annotations.NullMarked;
