package io.penstock.core.run;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Compares the engine with the reference by many seeds, for hours. */
final class Agreements {
  private static final int TELL = 20_000;

  private Agreements() {}

  /**
   * Prints each difference; ends with 1 where there is one.
   *
   * @param arguments how many seeds, the first of them, how many threads
   */
  public static void main(String[] arguments) throws InterruptedException {
    long all = Long.parseLong(arguments[0]);
    long first = Long.parseLong(arguments[1]);
    int threads = Integer.parseInt(arguments[2]);
    AtomicLong done = new AtomicLong();
    AtomicLong differing = new AtomicLong();
    List<Thread> workers =
        IntStream.range(0, threads)
            .mapToObj(i -> new Thread(() -> work(first + i, first + all, threads, done, differing)))
            .toList();
    workers.forEach(Thread::start);
    for (Thread worker : workers) {
      worker.join();
    }
    System.out.println(done + " seeds from " + first + " on, " + differing + " differences");
    // A thread that has died has not done its seeds.
    System.exit(differing.get() == 0 && done.get() == all ? 0 : 1);
  }

  private static void work(long from, long to, int step, AtomicLong done, AtomicLong differing) {
    long begun = System.nanoTime();
    for (long seed = from; seed < to; seed += step) {
      Optional<String> difference = Agreement.RIGHT.difference(seed);
      if (difference.isPresent()) {
        differing.incrementAndGet();
        System.out.println(difference.get());
      }
      long count = done.incrementAndGet();
      if (count % TELL == 0) {
        long each = count * 1_000_000_000 / (System.nanoTime() - begun);
        System.out.println(count + " seeds, " + differing + " differences, " + each + " a second");
      }
    }
  }
}
