package io.penstock.connectors.standard.socket;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Block;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceConfig;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.Split;
import io.penstock.api.system.Files;
import io.penstock.api.system.Scheduler;
import io.penstock.testkit.ManualClock;
import io.penstock.testkit.MemoryDisk;
import io.penstock.testkit.network.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/** A source that listens at a free port, read as the engine reads it. */
final class Listening implements Out, AutoCloseable {
  final int port = free();
  final ManualClock clock = new ManualClock(1_767_225_600_000_000L);
  final List<String> taken = new ArrayList<>();
  final List<String> meta = new ArrayList<>();
  private final Source source;
  private final Reader reader;

  Listening(IntFunction<SourceConfig> config) throws IOException {
    this(config, new MemoryDisk());
  }

  /**
   * The same with files.
   *
   * @param disk whose root is where paths begin
   */
  Listening(IntFunction<SourceConfig> config, MemoryDisk disk) throws IOException {
    source = config.apply(port).source();
    source.open(
        new SourceContext(
            "in",
            disk,
            new Root(Path.of("/")),
            clock,
            0,
            Set.of("remote", "received_at"),
            InputStream.nullInputStream(),
            Scheduler.NONE,
            Schema.anything()));
    reader =
        source.reader(
            new ReaderContext(
                clock,
                () -> {
                  throw new IllegalStateException("records are known one by one");
                },
                1 << 20));
    reader.assign(SocketReader.SPLIT, new Position(7, new TreeMap<>()), Bound.NONE);
  }

  static int free() {
    try {
      return Ports.free();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads until so many records are there; what they are. */
  List<String> read(int count) throws IOException {
    await(() -> taken.size() >= count);
    return List.copyOf(taken);
  }

  /** Reads until there is a warning; what is warned of. */
  List<Problem> warned() throws IOException {
    List<Problem> found = new ArrayList<>();
    await(
        () -> {
          found.addAll(warnings());
          return !found.isEmpty();
        });
    return found;
  }

  private void await(BooleanSupplier there) throws IOException {
    // Not so many steps: bytes that come one by one take a step each.
    long patience = System.nanoTime() + 60_000_000_000L;
    while (!there.getAsBoolean() && System.nanoTime() < patience) {
      step(20);
    }
  }

  /** Reads once. */
  Reader.Step step(int millis) throws IOException {
    return reader.next(this, new Reader.Limits(100, 1 << 16), Duration.ofMillis(millis));
  }

  void pause(boolean paused) {
    reader.pause(paused ? Set.of(SocketReader.SPLIT) : Set.of());
  }

  long position() {
    return reader.position(SocketReader.SPLIT).offset();
  }

  /** What is odd, since it was asked last. */
  List<Problem> warnings() {
    return reader.warnings();
  }

  @Override
  public void block(Block block) {
    for (int i = 0; i < block.records().orElseThrow().size(); i++) {
      Block one = block.record(i);
      taken.add(new String(one.bytes(), one.from(), one.to() - one.from(), StandardCharsets.UTF_8));
      Column.Bytes remote = (Column.Bytes) column(block, "remote");
      Column.Longs at = (Column.Longs) column(block, "received_at");
      meta.add(remote.text(i) + " " + at.values()[i]);
    }
  }

  private static Column column(Block block, String name) {
    return Objects.requireNonNull(block.records().orElseThrow().meta().get(name));
  }

  @Override
  public void rows(Batch rows) {
    throw new AssertionError(rows);
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
    taken.add(code + " " + message);
  }

  @Override
  public void close() throws IOException {
    reader.close();
    source.close();
  }

  /** Paths begin at the root. */
  record Root(Path root) implements Files {
    @Override
    public Path resolve(String written) {
      return root.resolve(written);
    }

    @Override
    public String shown(Path path) {
      return path.toString();
    }
  }
}
