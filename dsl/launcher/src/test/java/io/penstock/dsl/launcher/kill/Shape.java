package io.penstock.dsl.launcher.kill;

import java.util.List;

/** What the pipeline under test looks like. */
enum Shape {
  /** Its input ends, and totals are known then. */
  ENDS(
      "",
      """
        totals:
          from: valued
          aggregate: { by: [key], compute: { rows: count(), sum: sum(value) } }
      """,
      """
        totals: { from: totals, file: totals.jsonl }
      """),
  /** It waits for more files, and prints too, which nobody can take back. */
  GOES_ON(
      ", watch: true",
      "",
      """
        printed: { from: valued, console: { format: { json: lines } } }
      """),
  /** It ends, prints, and has a sink that may never answer. */
  STICKS(
      "",
      ENDS.transforms,
      ENDS.sinks
          + """
            printed: { from: valued, console: { format: { json: lines } } }
            stuck: { from: valued, stuck: {} }
          """),
  /** It ends, and a step holds some hundreds of bytes of every row. */
  GATHERS(
      "",
      ENDS.transforms
          + """
            gathered:
              from: valued
              aggregate:
                by: [key]
                compute: { texts: "collect(pad_start(to_string(seq), 300))" }
          """,
      ENDS.sinks
          + """
            gathered: { from: gathered, file: gathered.jsonl }
          """);

  private static final String PIPELINE =
      """
      sources:
        orders:
          file: { path: orders/*.csv%s }
          schema: { seq: int, key: string, value: string, checksum: int }
      transforms:
        valued:
          convert: { value: int }
        firsts:
          from: valued
          distinct: { by: [key] }
      %ssinks:
        parts: { from: valued, file: { path: parts/, format: { json: lines } } }
        all: { from: valued, file: all.jsonl }
        firsts: { from: firsts, file: firsts.jsonl }
      %sdead_letter:
        file: { path: bad/, format: { json: lines } }
      run:
        mode: %s
        checkpoint: 20ms
        batch: { max_rows: 3000 }
      """;

  private final String waits;
  private final String transforms;
  private final String sinks;

  Shape(String waits, String transforms, String sinks) {
    this.waits = waits;
    this.transforms = transforms;
    this.sinks = sinks;
  }

  /**
   * The pipeline file.
   *
   * @param mode {@code continuous} or {@code micro_batch}
   */
  String pipeline(String mode) {
    String text = PIPELINE.formatted(waits, transforms, sinks, mode);
    // Batches that are taken when told to would end with what is there.
    return this == GOES_ON ? text + "  schedule: { every: 100ms }\n".repeat(batches(mode)) : text;
  }

  private static int batches(String mode) {
    return mode.equals("micro_batch") ? 1 : 0;
  }

  /** The single files that each row comes out in once. */
  List<String> files() {
    return this == GOES_ON ? List.of("all.jsonl", "printed.jsonl") : List.of("all.jsonl");
  }
}
