package io.penstock.core.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one stage hands to another: a channel from each of its tasks, put in order again, unit after
 * unit as they were dealt.
 */
final class Feed {
  private final List<Channel> channels;
  private final List<Integer> ports;
  private int turn;

  /**
   * A feed.
   *
   * @param ports the entries of the receiving stage that it leads to
   */
  Feed(List<Channel> channels, List<Integer> ports) {
    this.channels = channels;
    this.ports = ports;
  }

  List<Integer> ports() {
    return ports;
  }

  /** The next item; null where it is not there yet. Barriers and ends come once for all tasks. */
  @Nullable Item poll() {
    while (true) {
      Channel channel = channels.get(turn);
      Item item = channel.peek();
      if (item == null) {
        return null;
      }
      if (item instanceof Item.UnitEnd) {
        channel.poll();
        turn = (turn + 1) % channels.size();
        continue;
      }
      if (item instanceof Item.Barrier || item instanceof Item.End) {
        return mark(item);
      }
      return channel.poll();
    }
  }

  private @Nullable Item mark(Item item) {
    for (Channel channel : channels) {
      Item other = channel.peek();
      if (other == null || other.getClass() != item.getClass()) {
        return null;
      }
    }
    channels.forEach(Channel::poll);
    return item;
  }
}
