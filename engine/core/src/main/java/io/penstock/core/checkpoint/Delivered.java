package io.penstock.core.checkpoint;

import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Staged;
import io.penstock.api.system.Disk;
import io.penstock.core.runner.CrashPoints;
import io.penstock.core.state.DamagedException;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was delivered last to sinks whose outside does not tell, with the rows that came back: noted
 * behind each delivery, so that a later start repeats only one that was cut short. A note that is
 * lost or damaged costs a repetition and nothing else.
 */
public final class Delivered {
  /** The file's name among the spools. */
  static final String NAME = "delivered";

  private static final int KIND = 'D';
  private static final int MOST = 1 << 24;

  private final Disk disk;
  private final Path file;
  private final Map<String, Note> notes = new TreeMap<>();

  /** A delivery: the spool tells the epoch and, by its checksum, the rows. */
  private record Note(Staged spool, Rejects rejects) {}

  /** What is noted in a folder of spools. */
  public Delivered(Disk disk, Path folder) throws IOException {
    this.disk = disk;
    this.file = folder.resolve(NAME);
    if (disk.entry(file).isPresent()) {
      read();
    }
  }

  private void read() throws IOException {
    try (StateInput from = new SealedFile(disk).read(file, KIND)) {
      for (int i = from.count(MOST); i > 0; i--) {
        notes.put(from.text(), new Note(Codec.staged(from), rejects(from)));
      }
    } catch (DamagedException | NewerFormatException | IllegalArgumentException unreadable) {
      // The last is a code that only a later version has.
      notes.clear();
    }
  }

  /** The rows that came back of a delivery; empty where it is not known to be through. */
  public Optional<Rejects> of(String sink, Staged spool) {
    return Optional.ofNullable(notes.get(sink))
        .filter(note -> note.spool().equals(Spool.named(spool)))
        .map(Note::rejects);
  }

  /** Notes a delivery in place of the sink's one before. */
  public void note(String sink, Staged spool, Rejects rejects) throws IOException {
    notes.put(sink, new Note(Spool.named(spool), rejects));
    new SealedFile(disk).write(file, KIND, this::write, NAME, CrashPoints.NONE);
  }

  private void write(StateOutput to) throws IOException {
    to.number(notes.size());
    for (Map.Entry<String, Note> note : notes.entrySet()) {
      to.text(note.getKey());
      Codec.staged(note.getValue().spool(), to);
      List<Rejects.Reject> rows = note.getValue().rejects().rows();
      to.number(rows.size());
      for (Rejects.Reject row : rows) {
        to.number(row.row());
        to.text(row.code().name());
        to.text(row.message());
      }
    }
  }

  private static Rejects rejects(StateInput from) throws IOException {
    List<Rejects.Reject> rows = new ArrayList<>();
    for (int i = from.count(MOST); i > 0; i--) {
      rows.add(
          new Rejects.Reject((int) from.number(), ProblemCode.valueOf(from.text()), from.text()));
    }
    return new Rejects(rows);
  }
}
