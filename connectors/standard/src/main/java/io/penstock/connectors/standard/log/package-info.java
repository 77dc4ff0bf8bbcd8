/** Formats of logs: logfmt, syslog and the common event format. */
@NullMarked
package io.penstock.connectors.standard.log;

import org.jspecify.annotations.NullMarked;
