/** JSON values in their binary form, read from text and written as text. */
@NullMarked
package io.penstock.json;

import org.jspecify.annotations.NullMarked;
