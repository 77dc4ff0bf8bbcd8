/** The Protocol Buffers format. */
@NullMarked
package io.penstock.connectors.protobuf;

import org.jspecify.annotations.NullMarked;
