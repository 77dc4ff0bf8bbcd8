package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who does the steps of tasks. */
final class TaskPoolTest {
  private final List<Throwable> failures = new ArrayList<>();
  private final TaskPool pool = new TaskPool(failures::add);
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch done = new CountDownLatch(1);
  private final Task brief =
      pool.task(
          "short",
          () -> {
            done.countDown();
            return Task.Progress.DONE;
          });

  @AfterEach
  void stopThreads() throws InterruptedException {
    pool.stop();
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), failures);
  }

  private void start() {
    Thread thread = new Thread(pool::work);
    threads.add(thread);
    thread.start();
  }

  /** A task whose step lasts until it is let go. */
  private CountDownLatch longStep() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    pool.task(
            "long",
            () -> {
              begun.countDown();
              await(go);
              return Task.Progress.DONE;
            })
        .wake();
    start();
    begun.await();
    return go;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whereNoThreadDoesStepsWhoeverGivesDoesNoneEither() {
    pool.helping(brief::wake, false);

    assertEquals(1, done.getCount());
    assertTrue(pool.step(0));
    assertEquals(0, done.getCount());
  }

  @Test
  void whileAThreadDoesAStepWhoeverGivesLeavesTheNextOneToIt() throws InterruptedException {
    CountDownLatch go = longStep();

    pool.helping(brief::wake, false);

    assertEquals(1, done.getCount());
    go.countDown();
    done.await();
  }

  @Test
  void whereThreadsRestAllIsDoneInTheEnd() throws InterruptedException {
    start();
    Task second =
        pool.task(
            "second",
            () -> {
              brief.wake();
              return Task.Progress.DONE;
            });

    pool.helping(second::wake, false);

    done.await();
    assertFalse(pool.step(0));
  }

  @Test
  void aTaskThatWaitsBehindALongStepIsCalledFor() throws InterruptedException {
    CountDownLatch go = longStep();
    start();

    brief.wake();
    pool.callForWaiting();

    done.await();
    go.countDown();
  }

  @Test
  void whoeverStopsWaitsForAStepOfWhoeverHelps() throws InterruptedException {
    start();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicBoolean over = new AtomicBoolean();
    Task longer =
        pool.task(
            "longer",
            () -> {
              begun.countDown();
              await(go);
              over.set(true);
              return Task.Progress.DONE;
            });
    Thread helper = new Thread(() -> pool.helping(longer::wake, true));
    helper.start();
    begun.await();
    AtomicBoolean wasOver = new AtomicBoolean();
    Thread stopping =
        new Thread(
            () -> {
              pool.stop();
              try {
                pool.awaitStopped();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              wasOver.set(over.get());
            });
    stopping.start();

    go.countDown();

    stopping.join();
    helper.join();
    assertTrue(wasOver.get());
  }
}
