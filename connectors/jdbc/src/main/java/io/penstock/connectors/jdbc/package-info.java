/** Reads and writes the tables of databases. */
@NullMarked
package io.penstock.connectors.jdbc;

import org.jspecify.annotations.NullMarked;
