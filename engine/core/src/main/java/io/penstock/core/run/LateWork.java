package io.penstock.core.run;

import org.jspecify.annotations.Nullable;

/** Work that is made after its task, because it needs the channels between tasks. */
final class LateWork implements Task.Work {
  private Task.@Nullable Work work;

  void is(Task.Work made) {
    work = made;
  }

  @Override
  public Task.Progress step() {
    Task.Work made = work;
    if (made == null) {
      throw new IllegalStateException("a task was begun before it was made");
    }
    return made.step();
  }
}
