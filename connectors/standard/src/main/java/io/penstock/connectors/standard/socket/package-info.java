/** Sources that listen at a socket, and sinks that send to one. */
@NullMarked
package io.penstock.connectors.standard.socket;

import org.jspecify.annotations.NullMarked;
