package io.penstock.connectors.standard.socket;

/** By what messages of syslog travel. */
public enum Protocol {
  UDP,
  TCP
}
