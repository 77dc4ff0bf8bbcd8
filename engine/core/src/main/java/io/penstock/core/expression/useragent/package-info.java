/** What browsers and robots say of themselves: the room of the library that knows them. */
@NullMarked
package io.penstock.core.expression.useragent;

import org.jspecify.annotations.NullMarked;
