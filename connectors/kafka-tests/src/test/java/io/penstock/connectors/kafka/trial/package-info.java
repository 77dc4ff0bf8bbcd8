/** Whole pipelines that read and write a broker. */
@NullMarked
package io.penstock.connectors.kafka.trial;

import org.jspecify.annotations.NullMarked;
