/** Reads and writes Kafka's topics. */
@NullMarked
package io.penstock.connectors.kafka;

import org.jspecify.annotations.NullMarked;
