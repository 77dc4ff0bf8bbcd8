/** How a plan is run: the one door to every engine. */
@NullMarked
package io.penstock.core.runner;

import org.jspecify.annotations.NullMarked;
