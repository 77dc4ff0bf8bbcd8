package io.penstock.api.lookup;

import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Config;
import io.penstock.api.problem.Problem;
import io.penstock.api.system.Probe;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A bound outside system of a pipeline file that {@code lookup} asks for each row. */
public interface LookupConfig extends Config {
  /**
   * What is computed of a row to ask for it. Rows with equal keys get one answer; a row in whose
   * key there is a null is not asked for, since nothing equals null.
   */
  List<KeyPart> key();

  /** The lookup; opens nothing yet. */
  Lookup lookup();

  /** How an answer's bytes are read; empty where the lookup fills in fields itself. */
  default Optional<FormatConfig> format() {
    return Optional.empty();
  }

  /** The fields of answers where they are always these, so that the file declares none. */
  default Optional<Schema> answer() {
    return Optional.empty();
  }

  /** Why a part of the key cannot have this type; empty where it can. */
  default Optional<String> refusal(KeyPart part, ValueType type) {
    return Optional.empty();
  }

  /**
   * Reaches what would be asked, changes nothing there, and tells what would keep a run from asking
   * it. Called by a thread that may wait.
   *
   * @param answer the fields of answers
   * @throws IOException for what the machine says
   * @throws io.penstock.api.problem.PipelineException where there is one problem and no more
   */
  default List<Problem> connect(Probe probe, Schema answer) throws IOException {
    return List.of();
  }
}
