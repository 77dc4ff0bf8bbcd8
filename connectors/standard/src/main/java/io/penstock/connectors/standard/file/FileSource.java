package io.penstock.connectors.standard.file;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Discovery;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.Split;
import io.penstock.api.source.SplitState;
import io.penstock.api.system.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Files as one split, in the order of their names. The files are looked for when it is opened. */
final class FileSource implements Source {
  private static final List<Path> MADE_BY_THE_SYSTEM = List.of(Path.of("/proc"), Path.of("/sys"));
  private static final Split SPLIT = new Split("files");

  private final FileSourceConfig config;
  private final List<Disk.Entry> files = new ArrayList<>();
  private @Nullable SourceContext run;
  private long size;

  FileSource(FileSourceConfig config) {
    this.config = config;
  }

  @Override
  public void open(SourceContext context) throws IOException {
    run = context;
    files.clear();
    Set<Path> found = new TreeSet<>();
    for (String path : config.path().values()) {
      find(path, context, found);
    }
    for (String path : config.exclude()) {
      Glob excluded = Glob.of(path, context.files());
      found.removeIf(excluded::matches);
    }
    if (found.isEmpty()) {
      throw problem(
          context,
          ProblemCode.R204,
          "no file is found for " + shown(config.path().values()),
          "paths are relative to " + context.files().root());
    }
    for (Path path : found) {
      files.add(readable(path, context));
    }
    size = files.stream().mapToLong(Disk.Entry::size).sum();
  }

  private void find(String path, SourceContext context, Set<Path> found) throws IOException {
    if (!Glob.isPattern(path)) {
      found.add(context.files().resolve(path));
      return;
    }
    Set<Path> matches = new TreeSet<>();
    Glob.of(path, context.files()).find(context.disk(), matches);
    if (matches.isEmpty()) {
      throw problem(
          context,
          ProblemCode.R204,
          "no file matches `" + path + "`",
          "paths are relative to " + context.files().root());
    }
    for (Path match : matches) {
      // Through the cage, because a link may lead out of it.
      found.add(context.files().resolve(match.toString()));
    }
  }

  private static Disk.Entry readable(Path path, SourceContext context) throws IOException {
    String shown = context.files().shown(path);
    Path real = context.disk().real(path);
    if (MADE_BY_THE_SYSTEM.stream().anyMatch(real::startsWith)) {
      throw problem(
          context,
          ProblemCode.R205,
          "`" + shown + "` is not kept on a disk: the system makes it as it is read",
          "copy it to a file first");
    }
    Optional<Disk.Entry> entry = context.disk().entry(path);
    if (entry.isEmpty()) {
      throw problem(
          context,
          ProblemCode.R204,
          "there is no file `" + shown + "`",
          "paths are relative to " + context.files().root());
    }
    return switch (entry.get().kind()) {
      case FILE -> entry.get();
      case DIRECTORY ->
          throw problem(
              context,
              ProblemCode.R205,
              "`" + shown + "` is a directory, not a file",
              "write `" + shown + "/*` for the files in it");
      case SPECIAL ->
          throw problem(
              context,
              ProblemCode.R205,
              "`" + shown + "` is a device or a pipe, not a file",
              "copy it to a file, or read standard input with `console`");
    };
  }

  private static String shown(List<String> paths) {
    return "`" + String.join("`, `", paths) + "`";
  }

  static PipelineException problem(
      SourceContext context, ProblemCode code, String message, String hint) {
    return new PipelineException(Problem.of(code, Origin.file(context.step()), message, hint));
  }

  @Override
  public Discovery discover(List<SplitState> known) {
    return new Discovery(known.isEmpty() ? List.of(SPLIT) : List.of(), List.of(), List.of());
  }

  @Override
  public Bound end(Split split) {
    return new Bound(size);
  }

  @Override
  public Reader reader(ReaderContext context) {
    SourceContext open = run;
    if (open == null) {
      throw new IllegalStateException("not open");
    }
    return new FileReader(config, files, open, context);
  }

  @Override
  public OptionalLong left(Map<Split, Position> at) {
    Position position = at.getOrDefault(SPLIT, Position.START);
    String read = position.evidence().getOrDefault(FileReader.READ, "0");
    return OptionalLong.of(Math.max(0, size - Long.parseLong(read)));
  }

  @Override
  public void close() {}
}
