package io.penstock.dsl.launcher;

/**
 * One command, its arguments filled in. Called once.
 *
 * <p>What a user did wrong in calling it is a {@link UsageException}.
 */
@FunctionalInterface
interface Command {
  int run(Shell shell);
}
