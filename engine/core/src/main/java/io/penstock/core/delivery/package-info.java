/** What is promised of the rows on their way from a source to a sink, and whether state is kept. */
@NullMarked
package io.penstock.core.delivery;

import org.jspecify.annotations.NullMarked;
