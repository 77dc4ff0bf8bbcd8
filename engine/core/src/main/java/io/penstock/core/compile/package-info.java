/** Java classes made while a pipeline runs: the loops that expressions become. Janino's room. */
@NullMarked
package io.penstock.core.compile;

import org.jspecify.annotations.NullMarked;
