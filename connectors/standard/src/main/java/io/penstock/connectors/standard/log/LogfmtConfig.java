package io.penstock.connectors.standard.log;

import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import java.util.Optional;

/** The options of the logfmt format. */
@Component(
    name = "logfmt",
    summary = "Lines of pairs: `level=info msg=\"all done\"`.",
    example = "logfmt: { repeated: last }",
    suffixes = {".logfmt"})
public record LogfmtConfig(
    @Option(value = "What a key that stands in a record again comes to.", byDefault = "fail")
        Repeated repeated,
    @Option(
            value =
                "Whether fields that are null are written, as `key=`. A row of which nothing is written is refused.",
            byDefault = "omit")
        Nulls nulls)
    implements FormatConfig {
  /** What a key that stands there again comes to. */
  public enum Repeated {
    FAIL,
    FIRST,
    LAST
  }

  /** What becomes of null fields. */
  public enum Nulls {
    WRITE,
    OMIT
  }

  @Override
  public Format format() {
    return new LogFormat(
        new LogfmtText(repeated),
        Layout.LINES,
        Optional.of(rows -> new LogfmtRow(rows, nulls == Nulls.WRITE)));
  }
}
