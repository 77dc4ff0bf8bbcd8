/** Data for the benchmarks: the same rows for the same number, on every machine. */
@NullMarked
package io.penstock.bench;

import org.jspecify.annotations.NullMarked;
