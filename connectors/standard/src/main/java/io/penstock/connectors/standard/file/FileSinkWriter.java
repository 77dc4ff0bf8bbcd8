package io.penstock.connectors.standard.file;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Forcing;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import io.penstock.api.system.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes the files of one task: one, one for each value of the path, or parts one after the other.
 * At most {@link #MOST_OPEN} are open at a time, fewer where the system allows fewer: then all are
 * let go of, and taken up again as rows come for them.
 */
final class FileSinkWriter implements SinkWriter {
  private static final int MOST_OPEN = 64;
  private static final int MOST_FILES = 10_000;
  private static final int MOST_UNFORCED = 64;
  private static final int MOST_HANDED_OVER = 2;

  private final Output output;
  private final int index;
  private final PartLimits limits;
  private final List<StagedFile> ended = new ArrayList<>();
  private final List<Path> prepared = new ArrayList<>();
  // Ended and open, as long as they are few.
  private final List<StagedFile> unforced = new ArrayList<>();
  // Of epochs that may not be decided yet.
  private final ArrayDeque<UnforcedParts> handedOver = new ArrayDeque<>();
  private Forcing forcing = Forcing.NONE;

  // By path as written.
  private final Map<String, StagedFile> files = new LinkedHashMap<>();
  private int open;
  private int count;

  FileSinkWriter(Output output, int index) {
    this.output = output;
    this.index = index;
    this.limits = new PartLimits(output.config().parts(), output.run().clock());
  }

  /** Makes the one file, which there is even without a row. */
  void begin() throws IOException {
    if (output.config().path().isConstant() && !output.config().isFolder()) {
      file(output.config().path().text());
    }
  }

  @Override
  public Rejects write(SinkRows rows) throws IOException {
    Batch batch = rows.rows();
    if (output.config().path().isConstant()) {
      return write(output.config().path().text(), batch);
    }
    List<Column.Bytes> values = rows.computed().getOrDefault(output.config().path(), List.of());
    Map<String, Rows> byPath = new LinkedHashMap<>();
    List<Rejects.Reject> rejects = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      Optional<String> path = output.template().path(values, row);
      if (path.isEmpty()) {
        rejects.add(
            new Rejects.Reject(
                row,
                ProblemCode.D302,
                "the path `" + output.config().path() + "` becomes empty or too long"));
      } else {
        byPath.computeIfAbsent(path.get(), p -> new Rows(batch.size())).add(row);
      }
    }
    for (Map.Entry<String, Rows> group : byPath.entrySet()) {
      Rows taken = group.getValue();
      Batch part = taken.count == batch.size() ? batch : batch.gather(taken.rows, taken.count);
      for (Rejects.Reject reject : write(group.getKey(), part).rows()) {
        rejects.add(new Rejects.Reject(taken.rows[reject.row()], reject.code(), reject.message()));
      }
    }
    if (rejects.isEmpty()) {
      return Rejects.NONE;
    }
    rejects.sort(Comparator.comparingInt(Rejects.Reject::row));
    return new Rejects(rejects);
  }

  /** Indexes of rows. */
  private static final class Rows {
    private final int[] rows;
    private int count;

    Rows(int most) {
      rows = new int[most];
    }

    void add(int row) {
      rows[count++] = row;
    }
  }

  private Rejects write(String path, Batch batch) throws IOException {
    List<Rejects.Reject> rejects = new ArrayList<>();
    int from = 0;
    while (from < batch.size()) {
      StagedFile file = file(path);
      int size = limits.room(file, batch.size() - from);
      Batch part = size == batch.size() ? batch : slice(batch, from, size);
      for (Rejects.Reject reject : guarded(file, part).rows()) {
        rejects.add(new Rejects.Reject(from + reject.row(), reject.code(), reject.message()));
      }
      from += size;
      if (limits.full(file)) {
        end(path, true);
      }
    }
    return rejects.isEmpty() ? Rejects.NONE : new Rejects(rejects);
  }

  private Rejects guarded(StagedFile file, Batch batch) throws IOException {
    try {
      return file.write(batch);
    } catch (IOException broken) {
      throw output.brokenPart(file.target(), broken);
    }
  }

  private static Batch slice(Batch batch, int from, int size) {
    int[] rows = new int[size];
    for (int i = 0; i < size; i++) {
      rows[i] = from + i;
    }
    return batch.gather(rows, size);
  }

  private StagedFile file(String path) throws IOException {
    StagedFile known = files.get(path);
    if (known != null) {
      takeUp(known);
      return known;
    }
    if (files.size() == MOST_FILES) {
      throw output.problem(
          ProblemCode.R305,
          "`" + output.config().path() + "` gives more than " + MOST_FILES + " files",
          "put fewer values into the path");
    }
    Path target = target(path);
    try {
      letGo();
      StagedFile made = make(target);
      open++;
      files.put(path, made);
      return made;
    } catch (IOException broken) {
      throw output.brokenPart(target, broken);
    }
  }

  private Path target(String path) throws IOException {
    if (!output.config().isFolder()) {
      return output.config().path().isConstant()
          ? output.file()
          : output.run().files().resolve(path);
    }
    String folder = path.endsWith("/") ? path : path + "/";
    if (output.run().keepsState()) {
      // The epoch is known when it ends.
      return output.run().files().resolve(folder + KeptNames.part(output.run().run()));
    }
    String name = "part-" + output.run().run() + "-" + index + "-" + count + output.suffix();
    return output.run().files().resolve(folder + name);
  }

  private StagedFile make(Path target) throws IOException {
    Disk disk = output.run().disk();
    Path folder = target.resolveSibling("");
    if (output.run().keepsState()) {
      output.makeFolder(folder);
    } else {
      disk.createDirectories(folder);
    }
    boolean continued = output.continues(target);
    if (continued && !output.format().traits().appendable()) {
      throw output.problem(
          ProblemCode.R306,
          "`" + output.run().files().shown(target) + "` has an end in this format and cannot go on",
          "use JSON lines or CSV, or a folder of parts");
    }
    String name = KeptNames.written(output.run().run(), output.run().step(), index, count);
    count++;
    StagedFile made =
        new StagedFile(
            disk,
            folder.resolve(name),
            target,
            output.compression(),
            output.format().encoder(output.run().schema()),
            output.run().clock().nanos(),
            output.run().keepsState()
                ? Optional.of(new SummedOutput.Sums(new Tail()))
                : Optional.empty());
    try {
      made.begin(continued);
    } catch (IOException broken) {
      made.drop();
      throw broken;
    }
    return made;
  }

  private void takeUp(StagedFile file) throws IOException {
    if (file.isOpen()) {
      return;
    }
    try {
      letGo();
      file.takeUp();
      open++;
    } catch (IOException broken) {
      throw output.brokenPart(file.target(), broken);
    }
  }

  /** Whether the system allows one more open file. */
  private boolean isRoom() {
    return output.run().disk().spareHandles() > 0;
  }

  /** Makes room for one more open file. */
  private void letGo() throws IOException {
    if (open < MOST_OPEN && isRoom()) {
      return;
    }
    for (StagedFile file : files.values()) {
      if (file.isOpen()) {
        file.rest();
      }
    }
    open = 0;
  }

  /**
   * Ends a file. In a run that keeps state it is made durable later, beside the rows that follow.
   *
   * @param early whether the epoch goes on, so that the disk has the time to begin with it
   */
  private void end(String path, boolean early) throws IOException {
    StagedFile file = files.remove(path);
    if (file == null) {
      return;
    }
    ended.add(file);
    open -= file.isOpen() ? 1 : 0;
    try {
      file.end();
      if (!output.run().keepsState() || unforced.size() == MOST_UNFORCED || !isRoom()) {
        file.force();
        return;
      }
      unforced.add(file);
      if (early) {
        file.writeBack();
      }
    } catch (IOException broken) {
      throw output.brokenPart(file.target(), broken);
    }
  }

  @Override
  public void tick() throws IOException {
    for (String path : List.copyOf(files.keySet())) {
      if (limits.old(files.get(path))) {
        end(path, true);
      }
    }
  }

  @Override
  public List<Staged> prepare(long epoch) throws IOException {
    for (String path : List.copyOf(files.keySet())) {
      end(path, false);
    }
    List<Staged> staged = output.run().keepsState() ? prepareParts(epoch) : stagedFiles();
    ended.clear();
    prepared.clear();
    return staged;
  }

  private List<Staged> stagedFiles() {
    return ended.stream().map(StagedFile::staged).toList();
  }

  private List<Staged> prepareParts(long epoch) throws IOException {
    List<Staged> staged = new ArrayList<>();
    Set<Path> folders = new TreeSet<>();
    for (StagedFile file : List.copyOf(ended)) {
      try {
        PreparedPart part = file.prepare(partName(epoch, staged.size()));
        ended.remove(file);
        prepared.add(part.temp());
        folders.add(part.temp().resolveSibling(""));
        staged.add(part.staged(output.run().files()));
      } catch (IOException broken) {
        throw output.brokenPart(file.target(), broken);
      }
    }
    handOver(new UnforcedParts(output, unforced, folders));
    return staged;
  }

  private void handOver(UnforcedParts parts) {
    unforced.clear();
    forcing = parts;
    if (handedOver.size() == MOST_HANDED_OVER) {
      // Its epoch is decided, so all its files were forced and closed.
      handedOver.remove();
    }
    handedOver.add(parts);
  }

  @Override
  public Forcing forcing() {
    return forcing;
  }

  private String partName(long epoch, int number) {
    String unique = index == 0 ? Integer.toString(number) : index + "." + number;
    return KeptNames.part(output.run().run(), epoch, unique, output.suffix());
  }

  @Override
  public void close() throws IOException {
    ended.addAll(files.values());
    files.clear();
    for (StagedFile file : ended) {
      file.drop();
    }
    ended.clear();
    for (StagedFile file : unforced) {
      file.letGo();
    }
    unforced.clear();
    for (UnforcedParts parts : handedOver) {
      parts.close();
    }
    handedOver.clear();
    for (Path left : prepared) {
      output.run().disk().delete(left);
    }
    prepared.clear();
  }
}
