/** What the Java code of a pipeline file sees. */
@NullMarked
package io.penstock.api.code;

import org.jspecify.annotations.NullMarked;
