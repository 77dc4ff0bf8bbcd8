package io.penstock.connectors.parquet;

import io.penstock.api.data.Batch;
import io.penstock.api.format.Block;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Out;
import io.penstock.api.source.Split;
import java.util.List;

/** Keeps at which row of its file each block begins. */
record Blocks(List<Long> firstRows) implements Out {
  @Override
  public void block(Block block) {
    firstRows.add(block.position());
  }

  @Override
  public void rows(Batch rows) {
    throw new AssertionError("no row source");
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
    throw new AssertionError(message);
  }
}
