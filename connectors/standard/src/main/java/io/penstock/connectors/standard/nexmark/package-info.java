/** The events of the NexMark benchmark: people, auctions and bids. */
@NullMarked
package io.penstock.connectors.standard.nexmark;

import org.jspecify.annotations.NullMarked;
