package io.penstock.core.run;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.source.Reader;
import io.penstock.api.source.SourceTraits;
import io.penstock.api.system.Clock;
import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.operator.Broken;
import io.penstock.core.operator.StepCounters;
import io.penstock.core.operator.Unit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Reads a source and deals what it reads to the workers in turn. */
final class ReadTask implements Task.Work {
  /** So much is done sooner than another thread wakes up. */
  private static final long LITTLE_BYTES = 64 << 10;

  private static final int ROW_BYTES = 128;

  private final LogicalNode node;
  private final Reader.Limits limits;
  private final Duration wait;
  private final List<Channel> workers;
  private final Epochs epochs;
  private final Epochs.Member member;
  private final OpenSource source;
  private final Intake intake;
  private final FailedUnits broken;
  private final StepCounters counters;
  private final ArrayDeque<Unit> read = new ArrayDeque<>();
  private final UnitQueue out;
  private final Silence silence;
  private final Consumer<Runnable> help;
  private boolean begun;
  private int turn;
  private long barrier;
  private boolean exhausted;
  private volatile boolean ending;
  private Checkpoint.SourceState before = new Checkpoint.SourceState(List.of(), false);
  private boolean gaveUp;
  private boolean toldAtBarrier;
  private long units;
  private volatile boolean anything;
  private final ReentrantLock calls = new ReentrantLock();
  private boolean inReader;
  private volatile boolean brought;
  private boolean abandoned;

  /**
   * A reading task.
   *
   * @param wait how long the reader may wait; zero where the source does not wait
   * @param source that is read
   * @param intake what may be read
   * @param broken told where the reader gives up; once the run fails, nothing more is read
   * @param help does what gives workers something to do
   */
  ReadTask(
      OpenSource source,
      Reader.Limits limits,
      Duration wait,
      List<Channel> workers,
      Epochs epochs,
      Intake intake,
      FailedUnits broken,
      Clock clock,
      StepCounters counters,
      Silence silence,
      Consumer<Runnable> help) {
    this.node = source.node();
    this.limits = limits;
    this.wait = wait;
    this.workers = workers;
    this.epochs = epochs;
    this.member = epochs.join(node.step());
    this.source = source;
    this.exhausted = source.wasEnded();
    this.barrier = epochs.barrier();
    this.intake = intake;
    this.broken = broken;
    this.counters = counters;
    this.out = new UnitQueue(this::add, clock);
    this.silence = silence;
    this.help = help;
  }

  /** Whether something was read since the last call. */
  boolean takeAnything() {
    boolean was = anything;
    anything = false;
    return was;
  }

  @Override
  public Task.Progress step() {
    if (ending) {
      return Task.Progress.DONE;
    }
    if (broken.first().isPresent()) {
      return Task.Progress.WAITS;
    }
    if (!begun) {
      begun = true;
      if (exhausted) {
        intake.exhausted();
      }
      silence.begin(source.splits()).forEach(this::deal);
    }
    if (!read.isEmpty()) {
      if (isLittle()) {
        help.accept(this::handOn);
      } else {
        handOn();
      }
      if (!read.isEmpty()) {
        return Task.Progress.WAITS;
      }
    }
    if (gaveUp) {
      return Task.Progress.WAITS;
    }
    long wanted = epochs.barrier();
    if (wanted > barrier) {
      if (!toldAtBarrier) {
        toldAtBarrier = true;
        silence.atBarrier().forEach(this::deal);
        return Task.Progress.MORE;
      }
      toldAtBarrier = false;
      barrier = wanted;
      member.passed(part(state(false)));
      help.accept(() -> toAll(new Item.Barrier(wanted)));
    }
    Intake.Say say = exhausted ? atBound() : intake.now();
    if (say == Intake.Say.END) {
      return end();
    }
    List<Unit> silent = silence.due();
    if (!silent.isEmpty()) {
      anything = true;
      silent.forEach(this::deal);
      return Task.Progress.MORE;
    }
    if (say == Intake.Say.HOLD) {
      return Task.Progress.POLLS;
    }
    if (!workers.get(turn).hasRoom()) {
      return Task.Progress.WAITS;
    }
    return read();
  }

  private void handOn() {
    while (!read.isEmpty() && workers.get(turn).put(new Item.Work(read.peek()))) {
      read.poll();
      turn = (turn + 1) % workers.size();
    }
  }

  private boolean isLittle() {
    long bytes = 0;
    for (Unit unit : read) {
      bytes +=
          unit instanceof Unit.Rows rows
              ? (long) rows.batch().size() * ROW_BYTES
              : new Item.Work(unit).bytes();
    }
    return bytes <= LITTLE_BYTES;
  }

  private Intake.Say atBound() {
    return intake.boundIsEnd() ? Intake.Say.END : Intake.Say.HOLD;
  }

  private Checkpoint.SourceState state(boolean ended) {
    return source.state(ended, silence.reads());
  }

  private Part part(Checkpoint.SourceState state) {
    return new Part(Map.of(node.step(), state), Map.of(), List.of(), Map.of());
  }

  /** Whether the source has given its last. */
  boolean isEnded() {
    return ending;
  }

  /**
   * Leaves a reader alone that does not come back, as from a terminal where nobody types: the
   * source ends here, and what the reader may still bring is not taken. Called by the supervisor;
   * true if the reader was inside its call.
   *
   * @param stays whether it is no end, but a barrier that the reader does not come back to pass
   */
  boolean abandon(boolean stays) {
    calls.lock();
    try {
      if (!inReader || abandoned) {
        return false;
      }
      abandoned = true;
      if (stays && epochs.barrier() > barrier) {
        passBefore();
      } else if (!stays) {
        toAll(new Item.End());
        member.ended(part(before));
      }
      return true;
    } finally {
      calls.unlock();
    }
  }

  /**
   * Lets a barrier pass a reader that is inside a call in which it has brought nothing yet, and
   * where it may stay for as long as nobody types: what it is going to bring belongs to the next
   * epoch. Called by the supervisor.
   */
  void passBarrier() {
    calls.lock();
    try {
      // What was brought in this call, and may have ended a batch, is not handed on yet.
      if (inReader && !brought && !abandoned && epochs.barrier() > barrier) {
        passBefore();
      }
    } finally {
      calls.unlock();
    }
  }

  /** Passes the barrier as of before the reader's call. */
  private void passBefore() {
    barrier = epochs.barrier();
    member.passed(part(before));
    toAll(new Item.Barrier(barrier));
  }

  private void enter() {
    brought = false;
    // Only a reader that waits may have to be left alone.
    Checkpoint.SourceState state = wait.isZero() ? before : state(false);
    calls.lock();
    before = state;
    inReader = true;
    calls.unlock();
  }

  /** Whether what was read counts. */
  private boolean leave() {
    calls.lock();
    try {
      inReader = false;
      return !abandoned;
    } finally {
      calls.unlock();
    }
  }

  private Task.Progress read() {
    Reader.Step step;
    Set<String> ahead;
    Set<String> added;
    enter();
    try {
      added = source.rediscover();
      ahead = intake.ahead();
      source.pause(ahead);
      // New splits show themselves before anything of them is read.
      step = added.isEmpty() ? source.next(out, limits, wait) : Reader.Step.MORE;
      counters.passedOver(source.passedOver());
    } catch (IOException e) {
      if (!leave()) {
        return Task.Progress.WAITS;
      }
      return giveUp(Broken.source(node, e));
    } catch (PipelineException e) {
      return leave() ? giveUp(Broken.placed(node, e)) : Task.Progress.WAITS;
    }
    if (!leave()) {
      return Task.Progress.WAITS;
    }
    if (!added.isEmpty()) {
      silence.begin(added).forEach(this::deal);
    }
    if (step == Reader.Step.NOTHING_NOW && !ahead.isEmpty() && source.isBound()) {
      intake.spent(ahead);
    }
    if (step == Reader.Step.NOTHING_NOW || step == Reader.Step.ENDED) {
      silence.rested().forEach(this::deal);
    }
    return switch (step) {
      case MORE, SPLIT_ENDED -> Task.Progress.MORE;
      case NOTHING_NOW -> wait.isZero() ? Task.Progress.POLLS : Task.Progress.MORE;
      case ENDED -> {
        exhausted = true;
        intake.exhausted();
        yield Task.Progress.MORE;
      }
    };
  }

  private Task.Progress giveUp(RuntimeException why) {
    gaveUp = true;
    broken.failed(node.step(), units, why);
    return Task.Progress.MORE;
  }

  private Task.Progress end() {
    intake.exhausted();
    member.ended(part(state(true)));
    toAll(new Item.End());
    ending = true;
    return Task.Progress.DONE;
  }

  private void toAll(Item item) {
    for (Channel worker : workers) {
      // Marks take no room, so they are never refused.
      boolean unused = worker.put(item);
    }
  }

  private void add(Unit unit) {
    brought = true;
    anything = true;
    silence.read(unit.split()).forEach(this::deal);
    intake.read(unit);
    if (unit instanceof Unit.Bytes bytes && source.traits().kind() == SourceTraits.Kind.BYTES) {
      counters.bytes(bytes.block().to() - bytes.block().from());
    }
    deal(unit);
  }

  private void deal(Unit unit) {
    units++;
    read.add(unit);
  }
}
