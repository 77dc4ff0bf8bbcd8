/** State as bytes: what operators keep over a crash, and rows that wait on the disk. */
@NullMarked
package io.penstock.core.state;

import org.jspecify.annotations.NullMarked;
