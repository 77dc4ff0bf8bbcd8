package io.penstock.connectors.standard.file;

import io.penstock.api.source.Bound;
import io.penstock.api.source.Discovery;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.Split;
import io.penstock.api.source.SplitState;
import java.util.List;

/** In work. */
final class FileSource implements Source {
  FileSource(FileSourceConfig config) {}

  @Override
  public void open(SourceContext run) {}

  @Override
  public Discovery discover(List<SplitState> known) {
    throw new IllegalStateException("in work");
  }

  @Override
  public Bound end(Split split) {
    throw new IllegalStateException("in work");
  }

  @Override
  public Reader reader(ReaderContext run) {
    throw new IllegalStateException("in work");
  }

  @Override
  public void close() {}
}
