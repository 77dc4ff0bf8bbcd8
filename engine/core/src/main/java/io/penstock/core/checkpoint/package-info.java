/**
 * What a run keeps on the disk so that a later one goes on where it ended: who it is, its
 * checkpoints, the plans of its batches, and the rows that wait for a sink.
 */
@NullMarked
package io.penstock.core.checkpoint;

import org.jspecify.annotations.NullMarked;
