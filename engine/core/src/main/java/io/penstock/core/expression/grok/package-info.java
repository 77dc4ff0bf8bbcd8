/** Grok: patterns that are put together out of named ones and make typed records. */
@org.jspecify.annotations.NullMarked
package io.penstock.core.expression.grok;
