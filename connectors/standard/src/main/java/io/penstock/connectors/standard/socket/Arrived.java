package io.penstock.connectors.standard.socket;

import io.penstock.api.problem.ProblemCode;
import java.util.Optional;

/**
 * A record that came in.
 *
 * @param bytes without what tells records apart
 * @param remote the address of whoever sent it
 * @param receivedAt when it was there whole, micros since 1970
 * @param wrong why it is none
 */
record Arrived(byte[] bytes, String remote, long receivedAt, Optional<Wrong> wrong) {
  /** What is wrong with bytes that are no record. */
  record Wrong(ProblemCode code, String message) {}
}
