/** Scripts: read by JEXL's parser, run by code of our own that can reach nothing but values. */
@NullMarked
package io.penstock.core.expression.script;

import org.jspecify.annotations.NullMarked;
