package io.penstock.connectors.kafka.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * What happens to a broker, or beside it, while a pipeline runs between two of its topics and is
 * fed all the time: how long no epoch was decided, and what became of the records.
 */
final class Troubles {
  /** By what a stall may be longer than the trouble. */
  static final Duration GRACE = Duration.ofSeconds(10);

  private static final int LOOK_MILLIS = 5;
  private static final int BETWEEN_MILLIS = 2000;

  private final Broker broker;
  private final List<Stall> stalls = new ArrayList<>();

  /** How long a trouble was, and for how long at most no epoch was decided. */
  record Stall(Duration trouble, Duration stall) {
    /** Whether it was longer than the broker was away, and more. */
    boolean isTooLong(boolean away) {
      return stall.compareTo(away ? trouble.plus(GRACE) : GRACE) > 0;
    }
  }

  /** A trouble that is over when this comes back. */
  interface Trouble {
    void happens() throws Exception;
  }

  Troubles(Broker broker) {
    this.broker = broker;
  }

  List<Stall> stalls() {
    return List.copyOf(stalls);
  }

  /** Lets it happen so often to one process, and then lets all records come out. */
  Verdict round(Path folder, String name, int times, Trouble trouble) throws Exception {
    Flow flow = Flow.make(broker, folder, name, "continuous");
    Process process = flow.start();
    check(!flow.endsEarly(process, 500), process, flow);
    Feeding feeding = Feeding.of(flow, process);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    for (int i = 0; i < times; i++) {
      stalls.add(watch(flow, process, thread, trouble));
      check(!process.waitFor(BETWEEN_MILLIS, TimeUnit.MILLISECONDS), process, flow);
    }
    thread.shutdown();
    feeding.stop();
    Program.Outcome end = flow.toTheEnd(process);
    if (end.code() != 0) {
      throw new AssertionError(end.text());
    }
    return flow.verdict();
  }

  /** From its beginning until an epoch has been decided after its end. */
  private static Stall watch(Flow flow, Process process, ExecutorService thread, Trouble trouble)
      throws Exception {
    long begun = System.nanoTime();
    Future<Long> over =
        thread.submit(
            () -> {
              trouble.happens();
              return System.nanoTime() - begun;
            });
    long epoch = flow.epoch();
    long since = begun;
    long most = 0;
    for (boolean after = false; !after; ) {
      boolean ended = over.isDone();
      check(!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS), process, flow);
      long now = System.nanoTime();
      most = Math.max(most, now - since);
      long next = flow.epoch();
      after = ended && next > epoch;
      since = next > epoch ? now : since;
      epoch = next;
    }
    return new Stall(Duration.ofNanos(over.get()), Duration.ofNanos(most));
  }

  private static void check(boolean lives, Process process, Flow flow) throws Exception {
    if (!lives) {
      throw new AssertionError(flow.program().ended(process).text());
    }
  }

  /**
   * Two members of a pipeline's group come and go by turns, so that those who are left share anew
   * each second.
   */
  static Trouble members(Topic topic, String protocol, Duration length) {
    return () -> {
      ExecutorService threads = Executors.newFixedThreadPool(2);
      long until = System.nanoTime() + length.toNanos();
      List<Future<?>> members = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        members.add(
            threads.submit(
                () -> {
                  while (System.nanoTime() < until) {
                    topic.joinAndLeave("flow", protocol, Duration.ofSeconds(2));
                  }
                  return true;
                }));
        topic.idle(1000);
      }
      for (Future<?> member : members) {
        var unused = member.get();
      }
      threads.shutdown();
    };
  }

  private static void print(String what, Verdict verdict, List<Stall> stalls) {
    String times =
        String.join(
            ", ",
            stalls.stream()
                .map(s -> "%.1f in %.1f".formatted(seconds(s.stall()), seconds(s.trouble())))
                .toList());
    System.out.printf(
        Locale.ROOT,
        "%s, %d times: no epoch for s, in a trouble of s: %s; %s%n",
        what,
        stalls.size(),
        times,
        verdict);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  /**
   * What {@code engine/bench/broker.sh} starts; ends with 1 where records are wrong or a stall was
   * too long.
   *
   * @param words an empty folder, what happens, how often, for how many seconds
   */
  public static void main(String[] words) throws Exception {
    Path folder = Files.createDirectories(Path.of(words[0]).toAbsolutePath());
    String what = words[1];
    int times = Integer.parseInt(words[2]);
    Duration length = Duration.ofSeconds(Long.parseLong(words[3]));
    boolean good = true;
    try (Broker broker = Broker.in(Files.createDirectories(folder.resolve("broker")))) {
      if (what.equals("rebalance")) {
        for (String protocol : List.of("range", "cooperative-sticky", "consumer")) {
          good &= rebalance(broker, folder.resolve(protocol), protocol, times, length);
        }
      } else {
        Troubles troubles = new Troubles(broker);
        Verdict verdict = troubles.round(folder, what, times, trouble(broker, what, length));
        print(what, verdict, troubles.stalls());
        good =
            verdict.equals(Verdict.CLEAN)
                && troubles.stalls().stream().noneMatch(stall -> stall.isTooLong(true));
      }
    }
    System.exit(good ? 0 : 1);
  }

  private static boolean rebalance(
      Broker broker, Path folder, String protocol, int times, Duration length) throws Exception {
    Troubles troubles = new Troubles(broker);
    // The members ask for the topic by its name.
    Topic topic = Topic.named(broker, protocol + "-in", 3);
    Verdict verdict = troubles.round(folder, protocol, times, members(topic, protocol, length));
    print("rebalance, " + protocol, verdict, troubles.stalls());
    return verdict.equals(Verdict.CLEAN)
        && troubles.stalls().stream().noneMatch(stall -> stall.isTooLong(false));
  }

  private static Trouble trouble(Broker broker, String what, Duration length) throws IOException {
    return switch (what) {
      case "restart" -> broker::restart;
      case "kill" -> broker::killAndRestart;
      case "silent" ->
          () -> {
            broker.pause();
            TimeUnit.NANOSECONDS.sleep(length.toNanos());
            broker.resume();
          };
      default -> throw new IOException("nothing is called " + what);
    };
  }
}
