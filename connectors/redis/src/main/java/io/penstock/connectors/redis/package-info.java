/** Redis: streams as sources, and streams, channels and keys as sinks. */
@NullMarked
package io.penstock.connectors.redis;

import org.jspecify.annotations.NullMarked;
