/** Disk, clock and scheduler, handed in so that a run can be simulated. */
@NullMarked
package io.penstock.api.system;

import org.jspecify.annotations.NullMarked;
