/** Grok: patterns that are put together out of named ones and make typed records. */
@NullMarked
package io.penstock.core.expression.grok;

import org.jspecify.annotations.NullMarked;
