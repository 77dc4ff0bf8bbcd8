/** The XML format: a record is an element at a path. */
@NullMarked
package io.penstock.connectors.standard.xml;

import org.jspecify.annotations.NullMarked;
