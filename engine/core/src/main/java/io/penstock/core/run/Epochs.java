package io.penstock.core.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The epochs of a run: which one is under way, whether a barrier for it is asked for, and what the
 * tasks have said as they left it. Numbers count decided epochs. Thread-safe.
 */
final class Epochs {
  /** A task that takes part. Used by the task; what it says is read by the supervisor. */
  final class Member {
    private final String name;
    // Changed under the lock only, by the task itself or for it while it is inside a call.
    private volatile long epoch;
    private Optional<Part> last = Optional.empty();
    private Optional<Part> latest = Optional.empty();

    private Member(String name, long epoch) {
      this.name = name;
      this.epoch = epoch;
    }

    /** The epoch that the task is in. */
    long epoch() {
      return epoch;
    }

    /** The epoch for which a barrier is asked for last. */
    long asked() {
      synchronized (Epochs.this) {
        return barrier;
      }
    }

    /** The task leaves its epoch, and goes on in the next one. */
    void passed(Part part) {
      boolean ready;
      synchronized (Epochs.this) {
        latest = Optional.of(part);
        epoch++;
        ready = isThrough();
      }
      tell(ready);
    }

    /** The task has done its last in this epoch. */
    void ended(Part part) {
      boolean ready;
      synchronized (Epochs.this) {
        last = Optional.of(part);
        ready = isThrough();
      }
      tell(ready);
    }

    private boolean isReady(long of) {
      return epoch > of || last.isPresent();
    }

    /** What the task has said about an epoch for which it is ready. */
    private Part part(long of) {
      if (epoch > of) {
        return latest.orElseThrow();
      }
      Part end = last.orElseThrow();
      return epoch == of ? end : end.later();
    }
  }

  private final List<Member> members = new ArrayList<>();
  private final Runnable ready;
  private long current;
  private long barrier;

  /**
   * The epochs of a run.
   *
   * @param first the number of the first one
   * @param ready told, by whichever task is the last, that all have left the epoch whose barrier is
   *     under way
   */
  Epochs(long first, Runnable ready) {
    this.ready = ready;
    current = first;
    barrier = first - 1;
  }

  /** One more task takes part; before the first barrier. */
  synchronized Member join(String name) {
    Member member = new Member(name, current);
    members.add(member);
    return member;
  }

  /** The epoch that is decided next. */
  synchronized long current() {
    return current;
  }

  /** The epoch for which a barrier is asked for last; one before the first for none yet. */
  synchronized long barrier() {
    return barrier;
  }

  /** Whether a barrier is under way. */
  synchronized boolean isUnderWay() {
    return barrier == current;
  }

  /** Asks for the barrier of this epoch, unless it is under way. */
  synchronized boolean request() {
    if (barrier == current) {
      return false;
    }
    barrier = current;
    return true;
  }

  private boolean isThrough() {
    return barrier == current && isReady();
  }

  private void tell(boolean through) {
    if (through) {
      ready.run();
    }
  }

  /** Whether all tasks have left the epoch, or have ended. */
  synchronized boolean isReady() {
    return members.stream().allMatch(member -> member.isReady(current));
  }

  /** The tasks that have not left the epoch. */
  synchronized List<String> late() {
    return members.stream().filter(m -> !m.isReady(current)).map(m -> m.name).distinct().toList();
  }

  /**
   * What the tasks have said about the epoch, once it is ready; by task in the order of joining.
   */
  synchronized List<Part> parts() {
    return members.stream().map(member -> member.part(current)).toList();
  }

  /** What the tasks of this name have said about the epoch, once they are ready. */
  synchronized List<Part> parts(String name) {
    return members.stream()
        .filter(member -> member.name.equals(name))
        .map(member -> member.part(current))
        .toList();
  }

  /** What the tasks of this name have said so far, about this epoch and the next, to undo it. */
  synchronized List<Part> begun(String name) {
    List<Part> parts = new ArrayList<>();
    for (Member member : members) {
      if (member.name.equals(name)) {
        (member.epoch > current ? member.latest : member.last).ifPresent(parts::add);
        if (member.epoch > current) {
          member.last.ifPresent(parts::add);
        }
      }
    }
    return parts;
  }

  /** The epoch is decided; the next one begins. */
  synchronized void decided() {
    current++;
  }
}
