/**
 * A world in which a run can be repeated by its seed: a disk that loses what was not forced, a
 * clock, a database, sources and sinks, and faults at chosen steps. Everything is used by one
 * thread.
 */
@NullMarked
package io.penstock.testkit.simulation;

import org.jspecify.annotations.NullMarked;
