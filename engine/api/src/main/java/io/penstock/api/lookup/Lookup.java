package io.penstock.api.lookup;

import java.io.IOException;

/**
 * Asks an outside system. Opened once, before the first row; asked again and again, by one thread
 * at a time, not always the same; closed once.
 */
public interface Lookup extends AutoCloseable {
  /** Connects, or gets ready to. */
  void open(LookupContext run) throws IOException;

  /**
   * Asks for each key and says once of each what came of it, in any order, on the calling thread,
   * on which it waits. What may pass is tried again first. Where the run is {@link
   * LookupContext#isAbandoned abandoned} it returns soon, and says nothing of the keys that are
   * left.
   *
   * @throws IOException for what keeps it from asking for any key
   * @throws io.penstock.api.problem.PipelineException for the same, where it has words for it
   */
  void ask(LookupKeys keys, Answers into) throws IOException;

  @Override
  void close() throws IOException;
}
