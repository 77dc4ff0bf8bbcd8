package io.penstock.bench;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs benchmarks with the options of JMH's own command, shorter by default, and prints what a row
 * costs. What goes on meanwhile is told on the error stream.
 */
public final class Jmh {
  private static final int WARMUPS = 3;
  private static final TimeValue WARMUP = TimeValue.milliseconds(500);
  private static final int ITERATIONS = 5;
  private static final TimeValue ITERATION = TimeValue.milliseconds(300);

  private Jmh() {}

  /** Runs the benchmarks whose names match. */
  public static void main(String[] arguments) throws Exception {
    CommandLineOptions given = new CommandLineOptions(arguments);
    if (given.shouldHelp()
        || given.shouldList()
        || given.shouldListWithParams()
        || given.shouldListProfilers()
        || given.shouldListResultFormats()) {
      Main.main(arguments);
      return;
    }
    Collection<RunResult> results =
        new Runner(
                shortened(given),
                OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL))
            .run();
    System.out.println("Java " + Runtime.version());
    System.out.print(CostTable.of(results));
  }

  private static Options shortened(CommandLineOptions given) {
    return new OptionsBuilder()
        .parent(given)
        .mode(Mode.AverageTime)
        .timeUnit(TimeUnit.NANOSECONDS)
        .forks(given.getForkCount().orElse(1))
        .warmupIterations(given.getWarmupIterations().orElse(WARMUPS))
        .warmupTime(given.getWarmupTime().orElse(WARMUP))
        .measurementIterations(given.getMeasurementIterations().orElse(ITERATIONS))
        .measurementTime(given.getMeasurementTime().orElse(ITERATION))
        // As run-pipeline starts the engine.
        .jvmArgsAppend("-XX:+UseSerialGC", "-Xms1g", "-Xmx1g")
        .build();
  }
}
