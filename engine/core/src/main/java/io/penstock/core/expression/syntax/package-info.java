/** The text of an expression as a tree: lexer, parser, spans. */
@NullMarked
package io.penstock.core.expression.syntax;

import org.jspecify.annotations.NullMarked;
