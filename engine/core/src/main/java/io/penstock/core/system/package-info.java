/** Disk, clock, threads and files of the real world. */
@NullMarked
package io.penstock.core.system;

import org.jspecify.annotations.NullMarked;
