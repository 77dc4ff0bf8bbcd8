/** What browsers and robots say of themselves: the room of the library that knows them. */
@org.jspecify.annotations.NullMarked
package io.penstock.core.expression.useragent;
