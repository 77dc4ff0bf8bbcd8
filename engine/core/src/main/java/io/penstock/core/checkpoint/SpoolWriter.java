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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rows of each epoch for a sink that takes them after the decision: few of them in the
 * checkpoint, which is forced anyway, more of them in a file.
 */
public final class SpoolWriter implements SinkWriter {
  private static final int MOST_ENDED = 2;

  static final String KIND = "spool";
  static final String NAME = "name";
  static final String LENGTH = "length";
  static final String CHECKSUM = "checksum";
  static final String ROWS = "rows";
  static final String INSIDE = "inside";

  private final Disk disk;
  private final Path folder;
  private final String sink;
  private final List<Template> templates;
  private final int mostInside;
  private long epoch;
  private long rows;
  private @Nullable Open open;
  // Of epochs that may not be decided yet, so that they can be let go of.
  private final ArrayDeque<Disk.Writing> ended = new ArrayDeque<>();
  // Of the epoch that was prepared last, until somebody is to force it.
  private Disk.@Nullable Writing latest;

  /** The rows of an epoch that has some. */
  private record Open(SpoolBytes bytes, StateOutput out) {}

  /**
   * A spool.
   *
   * @param sink a name for its files
   * @param templates whose values are kept with the rows
   * @param epoch the epoch of the first rows
   * @param mostInside how many bytes of an epoch the checkpoint keeps at most
   */
  public SpoolWriter(
      Disk disk, Path folder, String sink, List<Template> templates, long epoch, int mostInside) {
    this.disk = disk;
    this.folder = folder;
    this.sink = sink;
    this.templates = List.copyOf(templates);
    this.epoch = epoch;
    this.mostInside = mostInside;
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

  private Open open() {
    Open before = open;
    if (before != null) {
      return before;
    }
    SpoolBytes bytes = new SpoolBytes(disk, folder.resolve(name()), mostInside);
    Open made = new Open(bytes, new StateOutput(bytes));
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
    Map<String, String> details = new TreeMap<>();
    details.put(NAME, name);
    details.put(LENGTH, Long.toString(to.length()));
    details.put(CHECKSUM, Integer.toString(ending.bytes().checksum()));
    details.put(ROWS, Long.toString(rows));
    rows = 0;
    if (ending.bytes().file().isPresent()) {
      inFile(ending.bytes().file().get());
    } else {
      details.put(INSIDE, ending.bytes().text());
    }
    return List.of(new Staged(KIND, details));
  }

  private void inFile(Disk.Writing file) {
    if (ended.size() == MOST_ENDED) {
      // Its epoch is decided, so it was forced and closed.
      ended.remove();
    }
    ended.add(file);
    latest = file;
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
      ending.bytes().file().ifPresent(ended::add);
    }
    for (Disk.Writing file = ended.poll(); file != null; file = ended.poll()) {
      file.close();
    }
  }
}
