package io.penstock.core.replay;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.logical.LogicalPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Dead letters that go back into a pipeline: undecoded records to the decoder of their source, rows
 * to the step that failed, each with its first position.
 *
 * @param plan the parts of the pipeline that the letters reach, fed by them; empty where none does
 * @param going how many letters go back, by step
 * @param refused how many do not
 * @param problems one for each reason why letters do not go back, with how many
 * @param left the letters that do not, by the byte at which they begin
 */
public record Replay(
    Optional<LogicalPlan> plan,
    Map<String, Long> going,
    long refused,
    List<Problem> problems,
    Set<Long> left) {
  private static final String HINT = "`--leave` replays the others and leaves such letters";

  /**
   * Looks at each letter.
   *
   * @param shown the file's name as the user gave it
   * @param partial whether letters may reach steps that keep state, which then see them alone
   */
  public static Replay of(
      LogicalPlan pipeline, LetterFile file, String shown, boolean partial, Surroundings around)
      throws IOException {
    Targets targets = new Targets(pipeline, partial, around);
    Map<String, Reason> reasons = new LinkedHashMap<>();
    Map<String, Long> going = new LinkedHashMap<>();
    Map<String, Long> attempts = new HashMap<>();
    Set<Long> left = new HashSet<>();
    try (LetterFile.Lines lines = file.open(around.disk())) {
      for (Optional<LetterFile.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
        try {
          Letter letter = letter(line.get());
          targets.take(letter);
          going.merge(letter.step(), 1L, Long::sum);
          if (letter.attempt() > 1) {
            String place = place(letter);
            attempts.merge(AgainSink.key(letter.source(), place), letter.attempt(), Math::max);
          }
        } catch (UnfitLetterException e) {
          left.add(line.get().at());
          int number = line.get().number();
          reasons.computeIfAbsent(e.why(), why -> new Reason(number)).count++;
        }
      }
    }
    Optional<LogicalPlan> plan =
        going.isEmpty()
            ? Optional.empty()
            : Optional.of(new ReplayPlan(pipeline, file.without(left), attempts).of(targets));
    return new Replay(plan, going, left.size(), problems(reasons, shown), left);
  }

  /** Why letters do not go back. */
  private static final class Reason {
    private final int first;
    private long count;

    Reason(int first) {
      this.first = first;
    }
  }

  private static Letter letter(LetterFile.Line line) throws UnfitLetterException {
    return Letter.of(
        line.text().orElseThrow(() -> new UnfitLetterException("the line is too long")));
  }

  /** As a letter names the place of its record. */
  private static String place(Letter letter) {
    if (letter.position() < 0) {
      return "";
    }
    return letter.split().isEmpty()
        ? Long.toString(letter.position())
        : letter.split() + "@" + letter.position();
  }

  private static List<Problem> problems(Map<String, Reason> reasons, String shown) {
    List<Problem> problems = new ArrayList<>();
    reasons.forEach(
        (why, reason) ->
            problems.add(
                Problem.of(
                    ProblemCode.R212,
                    Origin.at(shown, reason.first, 1),
                    (reason.count == 1 ? "a letter" : reason.count + " letters")
                        + " cannot go back: "
                        + why,
                    HINT)));
    return problems;
  }
}
