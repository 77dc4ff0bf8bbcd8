package io.penstock.connectors.standard.file;

import io.penstock.api.format.SpareArrays;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.Split;
import io.penstock.api.system.Disk;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads files one after the other. The offset of a position is a byte in the file that is being
 * read, unpacked and as UTF-8; its evidence tells that file and those read before.
 */
final class FileReader implements Reader {
  private static final int BLOCK = 1 << 20;

  private final FileSourceConfig config;
  private final SourceContext source;
  private final ReaderContext run;
  private final SpareArrays spares = new SpareArrays();
  private Split split = new Split("");
  private boolean paused;
  private long end = Long.MAX_VALUE;
  private @Nullable Backlog backlog;
  private @Nullable BegunFile open;
  private @Nullable Finished opened;
  private String name = "";
  private long passedOver;

  FileReader(FileSourceConfig config, SourceContext source, ReaderContext run) {
    this.config = config;
    this.source = source;
    this.run = run;
  }

  @Override
  public void assign(Split assigned, Position from, Bound to) throws IOException {
    close();
    split = assigned;
    end = config.watch() ? to.offset() : Long.MAX_VALUE;
    Backlog left = Backlog.at(config, source, from);
    backlog = left;
    Optional<FileMark> mark = left.begun();
    if (mark.isPresent()) {
      begin(left.file(mark.get()), mark.get());
    }
  }

  @Override
  public void revoke(Split gone) throws IOException {
    close();
    backlog = null;
  }

  @Override
  public void pause(Set<Split> splits) {
    paused = splits.contains(split);
  }

  @Override
  public Step next(Out out, Limits limits, Duration wait) throws IOException {
    Backlog files = backlog;
    if (files == null) {
      return Step.ENDED;
    }
    if (paused) {
      return Step.NOTHING_NOW;
    }
    while (true) {
      BegunFile current = open == null ? following(files) : open;
      if (current == null) {
        boolean ends = !config.watch() || end != Long.MAX_VALUE;
        return ends ? Step.ENDED : Step.NOTHING_NOW;
      }
      boolean more = read(current, out, limits);
      if (current.ended()) {
        finish(files);
      }
      if (more) {
        return Step.MORE;
      }
    }
  }

  private @Nullable BegunFile following(Backlog files) throws IOException {
    if (files.read() >= end) {
      return null;
    }
    Optional<Disk.Entry> next = files.take();
    while (next.isPresent()) {
      Disk.Entry file = next.get();
      String shown = source.files().shown(file.path());
      Optional<Disk.Entry> now = config.watch() ? source.disk().entry(file.path()) : next;
      if (now.isPresent()) {
        return begin(now.get(), FileMark.start(shown, file.key(), file.size()));
      }
      next = files.take();
    }
    return null;
  }

  private boolean read(BegunFile current, Out out, Limits limits) throws IOException {
    try {
      return current.next(out, Math.min(limits.bytes(), BLOCK));
    } catch (IOException broken) {
      throw unreadable(broken);
    }
  }

  private BegunFile begin(Disk.Entry file, FileMark mark) throws IOException {
    name = mark.file();
    try {
      opened = Finished.of(source.disk(), file);
      BegunFile begun =
          run.parts().isPresent() && OpenFile.isPlain(config, file)
              ? PartedFile.at(run.parts().get(), source, file, mark)
              : OpenFile.at(config, source, run, file, mark, spares);
      open = begun;
      passedOver += begun.passedOver();
      return begun;
    } catch (IOException broken) {
      throw unreadable(broken);
    }
  }

  private void finish(Backlog files) throws IOException {
    Finished done = opened;
    if (done != null) {
      files.finish(name, done);
    }
    close();
  }

  private RuntimeException unreadable(IOException broken) {
    return FileSource.problem(
        source,
        ProblemCode.R205,
        "`" + name + "` cannot be read: " + Reason.of(broken),
        "check that the file is there and may be read");
  }

  @Override
  public Position position(Split of) {
    Backlog files = backlog;
    return files == null ? Position.START : files.position(Optional.ofNullable(open));
  }

  @Override
  public long passedOver() {
    return passedOver;
  }

  @Override
  public List<Problem> warnings() {
    Backlog files = backlog;
    return files == null ? List.of() : files.takeWarnings();
  }

  @Override
  public void close() throws IOException {
    BegunFile current = open;
    open = null;
    opened = null;
    if (current != null) {
      current.close();
    }
  }
}
