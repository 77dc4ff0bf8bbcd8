/** Options that connectors share whose data come over a network, and what those options mean. */
@NullMarked
package io.penstock.api.network;

import org.jspecify.annotations.NullMarked;
