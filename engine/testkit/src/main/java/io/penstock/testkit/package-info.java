/** Hand-written fakes for tests of engines, connectors and pipelines. */
@NullMarked
package io.penstock.testkit;

import org.jspecify.annotations.NullMarked;
