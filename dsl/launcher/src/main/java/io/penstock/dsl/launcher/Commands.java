package io.penstock.dsl.launcher;

import io.penstock.api.problem.PipelineException;
import io.penstock.dsl.launcher.problems.ProblemLines;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Finds the command that the arguments name and runs it. Only that command's classes are loaded.
 */
public final class Commands {
  private static final String OVERVIEW =
      """
      Usage: run-pipeline [run] FILE [options]
             run-pipeline COMMAND [arguments]

      run FILE         checks the pipeline and runs it; `run` may be left out
      validate PATH... all problems of all files and folders; runs nothing
      test PATH...     the pipelines' own tests, in every way of running
      explain FILE     the plan at any stage, with the fields and their types
      trace FILE       what becomes of one record: --record N
      diff OLD NEW     what an edit changes, and what becomes of kept state
      replay FILE      dead letters back in at the place where they failed
      state WORD DIR   kept state: ls, show, verify, rewind
      schema           the JSON Schema of pipeline files, for editors
      reference [NAME] documentation of components
      functions [NAME] documentation of the functions of expressions

      run-pipeline COMMAND --help lists the options of a command.
      """;

  private static final String STATE =
      """
      Usage: run-pipeline state WORD DIR [arguments]

      ls               the runs that keep state in a folder, and their epochs
      show             what is kept of an epoch: positions, state, outputs, counts
      verify           whether every byte is what was written
      rewind           back to an epoch, so that the next run goes on from there

      run-pipeline state WORD --help lists the options of a word.
      """;

  private static final byte[] NO_MEMORY =
      "run-pipeline: memory is used up: JAVA_OPTS=-Xmx2g gives more\n"
          .getBytes(StandardCharsets.US_ASCII);
  private static final int ATTEMPTS = 1000;

  private Commands() {}

  /** Runs the command; the exit code. */
  public static int run(String[] args, Shell shell) {
    int code = guarded(args, shell);
    shell.out().flush();
    shell.err().flush();
    return code;
  }

  private static int guarded(String[] args, Shell shell) {
    // Asked for now: once memory is used up, even asking wants some.
    boolean traces = shell.variable("PENSTOCK_DEBUG").isPresent();
    try {
      return told(args, traces, shell);
    } catch (OutOfMemoryError e) {
      sayNoMemory(shell);
      debug(e, traces, shell);
      return ExitCode.WORLD.number();
    }
  }

  private static int told(String[] args, boolean traces, Shell shell) {
    try {
      return dispatch(args, shell);
    } catch (UsageException e) {
      shell.err().print("run-pipeline: " + e.text() + "\n");
      return ExitCode.USAGE.number();
    } catch (PipelineException e) {
      shell
          .err()
          .print(
              new ProblemLines(file -> Optional.empty(), shell.look().errColours())
                  .of(e.problem()));
      debug(e, traces, shell);
      return e.problem().code().exitCode();
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (RuntimeException | Error e) {
      shell
          .err()
          .print(
              "run-pipeline: a bug in Penstock, not in your pipeline ("
                  + e.getClass().getSimpleName()
                  + "): run again with PENSTOCK_DEBUG=1 and report what it prints\n");
      debug(e, traces, shell);
      return ExitCode.WORLD.number();
    }
  }

  /** Says it with no memory of its own; where even that fails, others may be about to let go. */
  private static void sayNoMemory(Shell shell) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        shell.err().write(NO_MEMORY, 0, NO_MEMORY.length);
        return;
      } catch (OutOfMemoryError again) {
        Thread.onSpinWait();
      }
    }
  }

  private static void debug(Throwable e, boolean traces, Shell shell) {
    if (traces) {
      e.printStackTrace(shell.err());
    }
  }

  private static int dispatch(String[] args, Shell shell) {
    if (args.length == 0) {
      shell.err().print(OVERVIEW);
      return ExitCode.USAGE.number();
    }
    return switch (args[0]) {
      case "-h", "--help", "help" -> overview(shell);
      case "-V", "--version", "version" -> version(shell);
      case "run" -> parsed(new RunCommand(), rest(args), shell);
      case "validate" -> parsed(new ValidateCommand(), rest(args), shell);
      case "explain" -> parsed(new ExplainCommand(), rest(args), shell);
      case "trace" -> parsed(new TraceCommand(), rest(args), shell);
      case "diff" -> parsed(new DiffCommand(), rest(args), shell);
      case "replay" -> parsed(new ReplayCommand(), rest(args), shell);
      case "state" -> state(rest(args), shell);
      case "test" -> parsed(new TestCommand(), rest(args), shell);
      case "schema" -> parsed(new SchemaCommand(), rest(args), shell);
      case "reference" -> parsed(new ReferenceCommand(), rest(args), shell);
      case "functions" -> parsed(new FunctionsCommand(), rest(args), shell);
      default -> parsed(new RunCommand(), args, shell);
    };
  }

  private static int state(String[] args, Shell shell) {
    String word = args.length == 0 ? "" : args[0];
    return switch (word) {
      case "ls" -> parsed(new StateListCommand(), rest(args), shell);
      case "show" -> parsed(new StateShowCommand(), rest(args), shell);
      case "verify" -> parsed(new StateVerifyCommand(), rest(args), shell);
      case "rewind" -> parsed(new StateRewindCommand(), rest(args), shell);
      case "-h", "--help", "help" -> {
        shell.out().print(STATE);
        yield ExitCode.OK.number();
      }
      default ->
          throw new UsageException(
              "state is followed by ls, show, verify or rewind, not `" + word + "`");
    };
  }

  private static int overview(Shell shell) {
    shell.out().print(OVERVIEW);
    return ExitCode.OK.number();
  }

  private static int version(Shell shell) {
    String version = Commands.class.getPackage().getImplementationVersion();
    shell.out().print("penstock " + (version == null ? "unpackaged" : version) + "\n");
    shell.out().print("java " + Runtime.version() + "\n");
    return ExitCode.OK.number();
  }

  private static String[] rest(String[] args) {
    return Arrays.copyOfRange(args, 1, args.length);
  }

  private static int parsed(Command command, String[] args, Shell shell) {
    CommandLine line = new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true);
    String name = line.getCommandName();
    try {
      if (line.parseArgs(args).isUsageHelpRequested()) {
        line.usage(shell.out(), CommandLine.Help.Ansi.OFF);
        return ExitCode.OK.number();
      }
    } catch (ParameterException e) {
      String text = String.valueOf(e.getMessage()).strip();
      shell.err().print("run-pipeline " + name + ": " + lowerFirst(text) + "\n");
      shell.err().print("  help: run-pipeline " + name + " --help lists what there is\n");
      return ExitCode.USAGE.number();
    }
    return command.run(shell);
  }

  private static String lowerFirst(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
