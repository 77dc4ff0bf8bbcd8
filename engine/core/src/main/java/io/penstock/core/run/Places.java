package io.penstock.core.run;

import java.util.Optional;

/**
 * Where the tasks of a run are done.
 *
 * @param work all but those that wait for the disk
 * @param forcing those that wait for the disk; empty where each sink waits for it itself
 */
record Places(TaskPool work, Optional<TaskPool> forcing) {}
