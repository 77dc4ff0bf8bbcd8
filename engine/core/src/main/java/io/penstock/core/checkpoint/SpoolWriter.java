package io.penstock.core.checkpoint;

import io.penstock.api.data.Column;
import io.penstock.api.option.Template;
import io.penstock.api.sink.Forcing;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import io.penstock.api.system.Disk;
import io.penstock.core.state.BatchCodec;
import io.penstock.core.state.SpoolException;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Keeps the rows of each epoch in a file, for a sink that takes them after the decision. */
public final class SpoolWriter implements SinkWriter {
  private static final int MOST_ENDED = 2;

  static final String KIND = "spool";
  static final String NAME = "name";
  static final String LENGTH = "length";
  static final String CHECKSUM = "checksum";
  static final String ROWS = "rows";

  private final Disk disk;
  private final Path folder;
  private final String sink;
  private final List<Template> templates;
  private final CRC32C checksum = new CRC32C();
  private long epoch;
  private long rows;
  private @Nullable Open open;
  // Of epochs that may not be decided yet, so that they can be let go of.
  private final ArrayDeque<Disk.Writing> ended = new ArrayDeque<>();
  // Of the epoch that was prepared last, until somebody is to force it.
  private Disk.@Nullable Writing latest;

  /** The file of an epoch that has rows. */
  private record Open(Disk.Writing file, StateOutput out) {}

  /**
   * A spool.
   *
   * @param sink a name for its files
   * @param templates whose values are kept with the rows
   * @param epoch the epoch of the first rows
   */
  public SpoolWriter(Disk disk, Path folder, String sink, List<Template> templates, long epoch) {
    this.disk = disk;
    this.folder = folder;
    this.sink = sink;
    this.templates = List.copyOf(templates);
    this.epoch = epoch;
  }

  @Override
  public Rejects write(SinkRows given) throws IOException {
    Path file = folder.resolve(name());
    try {
      return add(given);
    } catch (IOException e) {
      throw new SpoolException(file, e);
    }
  }

  private Rejects add(SinkRows given) throws IOException {
    StateOutput to = open().out();
    to.flag(true);
    BatchCodec.write(given.rows(), to);
    for (Template template : templates) {
      List<Column.Bytes> columns = given.computed().getOrDefault(template, List.of());
      to.number(columns.size());
      for (Column.Bytes column : columns) {
        BatchCodec.write(column, to);
      }
    }
    rows += given.rows().size();
    return Rejects.NONE;
  }

  private Open open() throws IOException {
    Open before = open;
    if (before != null) {
      return before;
    }
    Disk.Writing writing = disk.create(folder.resolve(name()));
    checksum.reset();
    StateOutput out =
        new StateOutput(
            (bytes, offset, count) -> {
              checksum.update(bytes, offset, count);
              writing.write(bytes, offset, count);
            });
    Open made = new Open(writing, out);
    open = made;
    return made;
  }

  private String name() {
    return sink + "-" + epoch;
  }

  /** The epoch that a spool file belongs to, by its name; 0 where it is no spool. */
  static long epoch(String name) {
    String number = name.substring(name.lastIndexOf('-') + 1);
    return number.matches("[0-9]{1,18}") ? Long.parseLong(number) : 0;
  }

  @Override
  public List<Staged> prepare(long ended) throws IOException {
    Path file = folder.resolve(name());
    try {
      return end(ended);
    } catch (IOException e) {
      throw new SpoolException(file, e);
    }
  }

  private List<Staged> end(long of) throws IOException {
    Open ending = open;
    String name = name();
    epoch = of + 1;
    latest = null;
    if (ending == null) {
      return List.of();
    }
    StateOutput to = ending.out();
    to.flag(false);
    to.flush();
    open = null;
    if (ended.size() == MOST_ENDED) {
      // Its epoch is decided, so it was forced and closed.
      ended.remove();
    }
    ended.add(ending.file());
    latest = ending.file();
    Staged spooled =
        new Staged(
            KIND,
            Map.of(
                NAME,
                name,
                LENGTH,
                Long.toString(to.length()),
                CHECKSUM,
                Integer.toString((int) checksum.getValue()),
                ROWS,
                Long.toString(rows)));
    rows = 0;
    return List.of(spooled);
  }

  @Override
  public Forcing forcing() {
    Disk.Writing file = latest;
    Path path = folder.resolve(sink + "-" + (epoch - 1));
    latest = null;
    return file == null
        ? Forcing.NONE
        : () -> {
          try (file) {
            file.force();
            disk.forceDirectory(folder);
          } catch (IOException e) {
            throw new SpoolException(path, e);
          }
        };
  }

  @Override
  public void close() throws IOException {
    Open ending = open;
    open = null;
    if (ending != null) {
      ended.add(ending.file());
    }
    for (Disk.Writing file = ended.poll(); file != null; file = ended.poll()) {
      file.close();
    }
  }
}
