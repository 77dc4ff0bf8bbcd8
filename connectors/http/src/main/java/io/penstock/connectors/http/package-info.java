/** Talks HTTP: asks, sends, and listens. */
@NullMarked
package io.penstock.connectors.http;

import org.jspecify.annotations.NullMarked;
