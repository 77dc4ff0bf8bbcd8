package io.penstock.core.run;

import com.google.common.hash.Hashing;
import io.penstock.api.data.Schema;
import io.penstock.api.option.Template;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Staged;
import io.penstock.core.checkpoint.Spool;
import io.penstock.core.logical.LogicalNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the rows that wait for a sink look like: kept beside them, because a pipeline that was
 * edited since reads others.
 *
 * @param hash of fields and templates
 */
record SpoolShape(String hash) {
  private static final String DETAIL = "shape";
  private static final int DIGITS = 16;

  static SpoolShape of(Schema schema, List<Template> templates) {
    String all = schema + "\n" + String.join("\n", templates.stream().map(Template::text).toList());
    return new SpoolShape(
        Hashing.sha256().hashString(all, StandardCharsets.UTF_8).toString().substring(0, DIGITS));
  }

  /** The handles as the checkpoint keeps them. */
  List<Staged> beside(List<Staged> handles) {
    return handles.stream().map(handle -> Spool.is(handle) ? with(handle) : handle).toList();
  }

  private Staged with(Staged handle) {
    Map<String, String> details = new TreeMap<>(handle.details());
    details.put(DETAIL, hash);
    return new Staged(handle.kind(), details);
  }

  /** Refuses rows of another shape; what tells none was kept by this very pipeline. */
  void verify(Staged handle, LogicalNode sink) {
    String kept = handle.details().getOrDefault(DETAIL, hash);
    if (!kept.equals(hash)) {
      throw new PipelineException(
          Problem.of(
              ProblemCode.R106,
              sink.origin(),
              "rows wait for `"
                  + sink.step()
                  + "` that the pipeline has kept as it was before it was edited",
              "start the file as it was once, so that they are delivered, then edit it"));
    }
  }
}
