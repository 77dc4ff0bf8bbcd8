/** Whole pipelines that read and write a Redis server. */
@NullMarked
package io.penstock.connectors.redis.trial;

import org.jspecify.annotations.NullMarked;
