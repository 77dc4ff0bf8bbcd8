package io.penstock.connectors.standard.file;

import io.penstock.api.data.Batch;
import io.penstock.api.format.Block;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Out;
import io.penstock.api.source.Split;

/** Takes what is passed over because reading begins behind it. */
final class Passing implements Out {
  @Override
  public void block(Block block) {
    // Before the start.
  }

  @Override
  public void rows(Batch rows) {
    // Before the start.
  }

  @Override
  public void bad(
      Split split,
      long position,
      long line,
      byte[] raw,
      long rawBytes,
      ProblemCode code,
      String message) {
    // Before the start.
  }
}
