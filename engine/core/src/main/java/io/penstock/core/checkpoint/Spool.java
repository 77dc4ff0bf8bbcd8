package io.penstock.core.checkpoint;

import io.penstock.api.data.Column;
import io.penstock.api.data.Schema;
import io.penstock.api.option.Template;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SpoolReader;
import io.penstock.api.sink.Staged;
import io.penstock.api.system.Disk;
import io.penstock.core.state.BatchCodec;
import io.penstock.core.state.DamagedException;
import io.penstock.core.state.SpoolException;
import io.penstock.core.state.StateInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** The rows of one epoch that wait for a sink, read back. */
public final class Spool implements SpoolReader, AutoCloseable {
  private static final int BLOCK = 64 << 10;

  private final Path file;
  private final Origin origin;
  private final Schema schema;
  private final List<Template> templates;
  private final long rows;
  private StateInput input;

  /** Where the bytes come from, each time from the first one on. */
  @FunctionalInterface
  private interface Origin {
    StateInput input() throws IOException;
  }

  private Spool(Path file, Origin origin, Schema schema, List<Template> templates, long rows)
      throws IOException {
    this.file = file;
    this.origin = origin;
    this.schema = schema;
    this.templates = List.copyOf(templates);
    this.rows = rows;
    this.input = origin.input();
  }

  /** Whether a handle names a spool. */
  public static boolean is(Staged handle) {
    return handle.kind().equals(SpoolWriter.KIND);
  }

  /** The name of a spool's file; a spool without one has the name that it would have. */
  public static String name(Staged handle) {
    return handle.details().getOrDefault(SpoolWriter.NAME, "");
  }

  /** Whether the rows are in a file, and not in the handle itself. */
  public static boolean isInFile(Staged handle) {
    return is(handle) && !handle.details().containsKey(SpoolWriter.INSIDE);
  }

  /** A handle without the rows that it may hold: which ones they are, its checksum tells. */
  public static Staged named(Staged handle) {
    Map<String, String> details = new TreeMap<>(handle.details());
    String inside = details.remove(SpoolWriter.INSIDE);
    return inside == null ? handle : new Staged(handle.kind(), details);
  }

  /**
   * Opens a spool, once all its bytes are found to be those that were written.
   *
   * @param templates as they were given to the writer
   */
  public static Spool open(
      Disk disk, Path folder, Staged handle, Schema schema, List<Template> templates)
      throws IOException {
    Path file = folder.resolve(name(handle));
    if (isInFile(handle) && disk.entry(file).isEmpty()) {
      throw new DamagedException("`" + name(handle) + "`, rows that wait for a sink, is gone");
    }
    long rows = Long.parseLong(handle.details().getOrDefault(SpoolWriter.ROWS, "0"));
    if (isInFile(handle)) {
      verify(disk, file, handle);
      return new Spool(file, () -> input(disk.read(file)), schema, templates, rows);
    }
    byte[] inside = verifiedInside(handle);
    return new Spool(file, () -> StateInput.of(inside), schema, templates, rows);
  }

  private static byte[] verifiedInside(Staged handle) throws DamagedException {
    byte[] inside;
    try {
      inside = Base64.getDecoder().decode(handle.details().getOrDefault(SpoolWriter.INSIDE, ""));
    } catch (IllegalArgumentException e) {
      throw new DamagedException("`" + name(handle) + "` is no text of bytes: " + e.getMessage());
    }
    CRC32C checksum = new CRC32C();
    checksum.update(inside, 0, inside.length);
    same(handle, inside.length, checksum);
    return inside;
  }

  /** Compares a spool's bytes, in its file or its handle, with what was written. */
  public static void verify(Disk disk, Path file, Staged handle) throws IOException {
    if (!isInFile(handle)) {
      byte[] unused = verifiedInside(handle);
      return;
    }
    CRC32C checksum = new CRC32C();
    long at = 0;
    try (Disk.Reading reading = disk.read(file)) {
      byte[] block = new byte[(int) Math.max(1, Math.min(BLOCK, reading.length()))];
      for (int count = reading.read(at, block, 0, block.length);
          count > 0;
          count = reading.read(at, block, 0, block.length)) {
        checksum.update(block, 0, count);
        at += count;
      }
    }
    same(handle, at, checksum);
  }

  private static void same(Staged handle, long at, CRC32C checksum) throws DamagedException {
    String length = handle.details().getOrDefault(SpoolWriter.LENGTH, "");
    String expected = handle.details().getOrDefault(SpoolWriter.CHECKSUM, "");
    String actual = Integer.toString((int) checksum.getValue());
    if (!length.equals(Long.toString(at)) || !expected.equals(actual)) {
      throw new DamagedException(
          "`"
              + name(handle)
              + "` has "
              + at
              + " bytes with checksum "
              + actual
              + ", not "
              + length
              + " with "
              + expected);
    }
  }

  private static StateInput input(Disk.Reading reading) {
    return new StateInput(
        new StateInput.Origin() {
          private long at;

          @Override
          public int read(byte[] into, int offset, int count) throws IOException {
            int got = reading.read(at, into, offset, count);
            at += Math.max(0, got);
            return got;
          }

          @Override
          public void close() throws IOException {
            reading.close();
          }
        });
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public Optional<SinkRows> next() throws IOException {
    try {
      return rowsOrEnd();
    } catch (IOException e) {
      throw new SpoolException(file, e);
    }
  }

  private Optional<SinkRows> rowsOrEnd() throws IOException {
    if (!input.flag()) {
      return Optional.empty();
    }
    io.penstock.api.data.Batch batch = BatchCodec.read(schema, input);
    Map<Template, List<Column.Bytes>> computed = new LinkedHashMap<>();
    for (Template template : templates) {
      List<Column.Bytes> columns = new ArrayList<>();
      for (int i = input.count(1000); i > 0; i--) {
        columns.add((Column.Bytes) BatchCodec.read(batch.size(), input));
      }
      computed.put(template, columns);
    }
    return Optional.of(new SinkRows(batch, computed));
  }

  @Override
  public void rewind() throws IOException {
    try {
      input.close();
      input = origin.input();
    } catch (IOException e) {
      throw new SpoolException(file, e);
    }
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
