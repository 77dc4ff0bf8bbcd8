package io.penstock.api.problem;

/**
 * The table of all codes. A code is stable: its meaning never changes, its number is never used
 * again. The title says in a few words what is wrong; the page, one or two sentences, says how it
 * comes about and what to do; both stand in the reference.
 */
public enum ProblemCode {
  E001(
      "The pipeline file is empty",
      "The file holds no step. Write at least one source and one sink."),
  E002(
      "A limit of the text is passed",
      "The file is too large, too deep, or uses too many aliases. Split it, or bring shared pieces in with `use:`."),
  E003(
      "The text is no YAML",
      "The YAML parser stopped here. Look at the line and the one above it."),
  E004(
      "The file's characters cannot be read",
      "A pipeline file is UTF-8 text without control characters. The message names the byte."),
  E005("A tab is used for indentation", "YAML is indented with spaces."),
  E006("The file holds more than one document", "One file is one pipeline. Split it at `---`."),
  E007("A key stands twice", "Each key of a map may stand once; the message names both lines."),
  E008(
      "A YAML tag is used",
      "What a value means is said by the option it stands at, never by a tag."),
  E009("A merge key is used", "`<<` is not read. Shared pieces come in with `use:` or `chains`."),
  E010(
      "An alias names no value",
      "The anchor is missing, or the alias stands inside the value that it names."),
  E011(
      "A key is no name",
      "Keys are plain texts. Put quotes around a key that reads as a number, true, false or null."),
  E021(
      "A comma inside braces ended the expression",
      "Inside `{ }` and `[ ]` YAML ends a value at a comma. Give the entry a line of its own, or quote it."),
  E022(
      "A colon ended the expression",
      "YAML reads `: ` as the end of a key. Write `if(condition, a, b)`, or quote the whole expression."),
  E023(
      "A quote ended the expression",
      "YAML reads a value that begins with a quote as finished at the closing quote. Quote the whole expression."),
  E024(
      "A text is read as a field's name",
      "YAML takes the quotes away. A text inside an expression wants quotes of its own: `\"'FR'\"`."),
  E025(
      "A comment ended the expression",
      "YAML reads ` #` as the beginning of a comment. Quote the whole expression."),
  E026(
      "The value begins with a character that YAML keeps for itself",
      "Quote a value that begins with one of these: ! * & @ ` %. A negation is also written `not x`."),
  E028(
      "Braces begin a map",
      "YAML reads a value that begins with `{` as a map. Quote a template that begins with an expression."),
  E029(
      "A question mark inside braces",
      "The YAML reader takes a `?` inside `{ }` or `[ ]` for a key. Give the entry a line of its own, or quote it."),
  E030(
      "Double quotes do not know this escape",
      "In double quotes a backslash begins an escape. Use single quotes for patterns."),
  E101("Unknown option", "The component has no such option; the message lists those it has."),
  E103(
      "A required option is missing",
      "The option has no default. The example shows how it is written."),
  E104(
      "The value has the wrong form",
      "The option takes another form of value; the message lists the accepted ones."),
  E105(
      "The value is out of range",
      "The option takes values within limits; the message names them."),
  E106(
      "Unknown component",
      "There is no component of this name for this place; the message lists those there are."),
  E107("Exactly one component is wanted", "A step names one component, beside its common keys."),
  E108(
      "The variable is not set",
      "Set the environment variable, or give a default: `${NAME:-default}`."),
  E109(
      "A `${}` stands in an expression",
      "It would paste text into code. Declare a parameter with `from: \"${NAME}\"` and use `params.name`."),
  E110("Options contradict each other", "The message says which options do not go together."),
  E111(
      "A used file cannot be read",
      "`use:` names files beside the pipeline file, relative, without loops."),
  E112(
      "Unknown connection",
      "`connection:` names an entry of `connections:` of the same component."),
  E113(
      "A parameter has no value",
      "Give it with `--param name=value`, with `from`, or with a default."),
  E114(
      "The template cannot be read",
      "`{expression}` is replaced, `{{` and `}}` are literal braces."),
  E115(
      "Not in this version",
      "The language has a place for this, but this version does not read it yet."),
  E116(
      "The format is not known",
      "It follows from the end of the file's name (`.csv`, `.jsonl`), or is said with `format:`. A `.json` file says `array`, `document` or `lines`."),
  E117(
      "A grok pattern cannot be read",
      "An entry of `patterns:` is a pattern in the syntax of RE2, made of named patterns (`%{NUMBER}`), not of itself. `run-pipeline functions parse_grok` lists the named ones."),
  E201(
      "The text is no name",
      "Names are lower-case letters, digits and `_`, and begin with a letter."),
  E202(
      "A name is taken twice",
      "Names are unique over sources, transforms and tables, and over sinks."),
  E203(
      "Unknown step",
      "`from:` names a source or a transform of the file, or one of their outputs; the message names the nearest."),
  E204(
      "Unknown output",
      "A step has its main output, `failed`, and those that its component gives; the message lists them."),
  E205(
      "It is not clear what the step reads",
      "Left out, `from:` means the step above. Where that is not one output, it is to be said; the message lists the choices."),
  E206(
      "Steps read each other in a circle",
      "Rows would never leave the circle. The message names the way round."),
  E207("Nothing leaves the pipeline", "A file has at least one source and one sink."),
  E208(
      "The name has a meaning of its own",
      "`meta`, `params` and `row` stand for themselves in expressions; `failed`, `late` and `otherwise` are outputs of steps."),
  E209(
      "Unknown table, chain or schema",
      "The name stands in no section of the file; the message names the nearest."),
  E210(
      "Two steps use the same path",
      "A sink never writes where a source, a table or another sink reads or writes."),
  E211(
      "The component cannot stand here",
      "`steps` holds transforms that look at one row at a time; what keeps state is a step of its own."),
  E212(
      "The input never ends",
      "The step gives its result at the end of its input, and a source above it has none."),
  E213(
      "The value would not repeat",
      "`random()` and its like are drawn by a row's position; rows that a step made of several others have none."),
  E301("Unknown field", "The expression names a field that the step's input does not have."),
  E302(
      "The expression cannot be read",
      "A word or sign does not fit where it stands. The mark shows the first character that does not."),
  E303(
      "A limit of expressions is passed",
      "An expression has at most 64 KiB, 200 levels of brackets and 1,000 operators in a row. Split it with `let`."),
  E304(
      "Unknown function",
      "There is no function of this name; the message names the nearest. `run-pipeline functions` lists them."),
  E305(
      "Not in the language of expressions",
      "Expressions compute a value and change nothing: no assignment, loops, objects, name spaces. The hint names the way to write it."),
  E306(
      "Wrong number of arguments",
      "The function takes another number of arguments; the message shows how it is called."),
  E307(
      "The literal cannot be read",
      "A number, text, duration or pattern is written in a way that the language does not know."),
  E308(
      "The pattern cannot be read",
      "The regular expression is not one that can be matched in linear time (RE2 syntax)."),
  E309(
      "An aggregate stands where it cannot",
      "Aggregates stand in `compute`, not inside each other, and `where` belongs to one of them."),
  E310(
      "A field stands outside an aggregate",
      "In `compute` each field stands inside an aggregate or is one that `by` groups by."),
  E311(
      "A function calls itself",
      "The functions of a file are put in where they are called, so none may lead back to itself."),
  E312(
      "Unknown parameter or metadata",
      "`params.x` and `meta.x` name what the file declares and what the source gives; the message lists it."),
  E320(
      "The script cannot be read",
      "A word or sign does not fit where it stands. The mark shows where the reader stopped; what is wrong may stand just before."),
  E321(
      "Not in the language of scripts",
      "Scripts have variables, loops, conditions, functions of their own and those of expressions, and nothing else of Java or JEXL. The hint names the way to write it."),
  E322(
      "The Java code does not compile",
      "The text of a `java` step is the body of a method. The compiler knows no lambdas and no generic types."),
  E323(
      "Java code is not allowed",
      "A `java` step may do all that the engine may: read and write files, reach the network, end the process. It runs only with `--allow-java`."),
  E401(
      "The types do not go together",
      "Text, numbers, times and the like are not converted on their own. The hint names the cast."),
  E402(
      "The expression has the wrong type",
      "Another type is wanted where the expression stands. The hint names the cast."),
  E403(
      "The value may be null",
      "A value is required where the expression stands. Give a default: `x ?? value`."),
  E404(
      "The argument has the wrong type",
      "The function takes another type here. The hint names the cast."),
  E405(
      "The type of the json value is not known",
      "A json value is converted where the other side tells the type; here nothing does. Use `to_int`, `to_double`, `to_string` or the like."),
  E406(
      "The record has no such field",
      "The record's type is known and has no field of this name; the message lists those it has."),
  E407("Unknown type", "The message lists the types. Types of the file's own stand in `schemas:`."),
  E408(
      "Rows that meet have different types",
      "A field that comes from several steps has one type in all of them, after widening."),
  E409(
      "The field is there already",
      "Two fields of a row cannot have one name. Rename one, or say `existing: replace` where the step has it."),
  E410(
      "The fields of the rows are not known",
      "The sink or format writes named columns. `select` the fields above it."),
  E501(
      "The guarantee cannot be reached",
      "`delivery` is a floor; the message names the side of the path that cannot keep it."),
  E502(
      "The source has no end",
      "The run was to reach an end, but the source goes on for ever. Give it a `count`, or the run `--until`."),
  E503(
      "There are no slots",
      "`{slot}` is the time for which a batch was planned, so the pipeline needs a `schedule`."),
  E504(
      "Sources meet that a schedule treats differently",
      "At each time of a schedule a source with an end is read whole, while one without goes on where it stood. Make the first a table, or leave the schedule out."),
  D101("The record cannot be decoded", "The bytes are not what the format or the schema says."),
  D102(
      "The text is malformed",
      "The record holds bytes that are no text in the encoding, or a NUL. Say the right `charset` on the source."),
  D103(
      "A field is missing",
      "A declared field is not in the record. Declare it `optional` if it may be missing."),
  D104(
      "A value is not of the declared type",
      "The text or number is not what the schema says: another kind of value, out of range, another pattern."),
  D105(
      "A field is unknown",
      "The record has a field that the schema does not name, under `unknown_fields: fail`."),
  D106(
      "The number of cells is wrong",
      "The record has more or fewer cells than the header or the schema has fields."),
  D107(
      "A record passes a limit",
      "The record is longer, deeper, or has longer numbers, than is read. `max_record` raises the limit of its length."),
  D108(
      "Compressed bytes are damaged",
      "The file is cut off, its checksum is wrong, or something else follows; what lies behind the damage is lost."),
  D109(
      "A field stands there twice",
      "The record names a field more than once, so its value is in doubt."),
  D201(
      "A whole number is too large",
      "The result needs more than 64 bits. Use `to_decimal` or `to_double` before computing."),
  D202("Division by zero", "The divisor is zero. Use `if(y == 0, null, x / y)` or `try(x / y)`."),
  D203("A decimal is too large", "The result needs more digits than its type has."),
  D204("The value is of another kind", "The json value is not of the type that is needed here."),
  D205("The text cannot be converted", "The text is not written as the type wants it."),
  D206(
      "The argument is outside the function's domain",
      "The function has no result for this argument."),
  D207(
      "The pattern cannot be read",
      "The regular expression, made from data, is not one that can be matched in linear time (RE2 syntax)."),
  D208("A limit of values is passed", "The result would be larger than a value may be."),
  D209("The expression says it fails", "`error` or `assert` was reached."),
  D210("The value is missing", "The value is null where one is needed."),
  D220(
      "An expectation is not met",
      "A rule of `expect` is not true for the row; the message names the rule."),
  D221(
      "The table has no such row", "The lookup found no row with this key, under `missing: fail`."),
  D222(
      "Too many rows break the rules",
      "More rows than `at_most` allows failed the rules of `expect`, so the run fails."),
  D230(
      "A script passes a limit",
      "The script takes more steps, makes more text and lists, emits more rows, or takes more time than `steps`, `size`, `rows` and `time` allow for one row. A loop may have no end."),
  D231(
      "An emitted value does not fit",
      "A row that a script or Java code emits has a field that the declared schema does not have, lacks one, or has a value of another type."),
  D232(
      "Java code throws an exception",
      "The code of a `java` step has thrown something for this row; the message names it, the place is the line of the code."),
  D301(
      "The format cannot hold a value",
      "A value, such as NaN in JSON, has no form in the sink's format."),
  D302(
      "A path cannot be made of a value",
      "The value of a template gives no name of a file: it is empty or too long."),
  R101(
      "The pipeline runs already",
      "Another process, which the message names, works with the same kept state. Stop it first, or give this run another `--state`."),
  R102(
      "The kept state is another pipeline's",
      "The file that says whose state this is is missing or names another pipeline or run. Put it back, or begin anew with `--fresh`."),
  R103(
      "A state file is damaged",
      "A file that the newest checkpoint needs does not hold what was written. `run-pipeline state verify` shows what is whole, `state rewind` goes back to an epoch before."),
  R104(
      "A checkpoint is damaged",
      "The newest checkpoint does not hold what was written, and an output may have gone further than the one before. `state rewind --allow-duplicates` goes back."),
  R105(
      "Plans and checkpoints disagree",
      "The numbers of the plans of batches and of the checkpoints in the state folder do not follow each other, so files were removed or mixed. Begin anew with `--fresh`, or put the files back."),
  R106(
      "The pipeline was changed and its state does not fit",
      "The edited file changes the meaning of kept state. Allow the change by name with `--state-change`, or begin anew with `--fresh`."),
  R107(
      "The run is finished and its input has changed",
      "All sources were read to their end and what they read is no longer the same. Say `watch: true`, or begin anew with `--fresh`."),
  R108(
      "The kept state is from a newer version",
      "The state was written in a format that this version does not know. Use the version that wrote it, or a later one."),
  R109(
      "The state cannot be written or read",
      "The disk reports an error for the state folder; the message tells which. The run stops, and the next start goes on from the last checkpoint."),
  R201(
      "A file was cut or replaced",
      "The file in which reading stopped is gone, shorter, or another one, so reading cannot go on there."),
  R202(
      "Records are gone before they were read",
      "The source no longer has the records at which reading stopped, so some would be lost silently. Begin anew with `--state-change reset-source=STEP` to go on with what is there."),
  R203(
      "Too many records fail", "More records failed than `stop_above` allows, so the run stopped."),
  R204(
      "No file is found",
      "No file matches the path or pattern. Paths are relative to the pipeline file's folder."),
  R205(
      "A file cannot be read",
      "The file is a directory, a device or a pipe, may not be read, or the disk reports an error."),
  R206(
      "The header of a file is wrong",
      "The first record must name each field once, and name all fields of the schema that are not optional."),
  R207(
      "The path lies outside the cage",
      "The run is confined to a folder with `--confine`, and the path leads out of it."),
  R210(
      "The source cannot be read",
      "The file, server or device gives an error; the message tells which."),
  R211(
      "A key stands twice in a table",
      "Each key of a table must lead to one row. Make the rows unique, or add a field to `key`."),
  R212(
      "A dead letter cannot go back",
      "The pipeline has changed, or the letter does not hold the whole record. Nothing is replayed until such letters are left out with `--leave`."),
  R301(
      "Another run has taken over",
      "A newer run of this pipeline writes to the same place; this one stops."),
  R302("Output is lost", "Files that were written for this run are gone. Run the pipeline again."),
  R303(
      "Output would be overwritten",
      "Files are there that no former run of this pipeline lists. Say `if_exists: replace` or `append`, or take another path."),
  R304(
      "A file cannot be written",
      "The disk is full, the path may not be written, or the disk reports an error."),
  R305(
      "Too many files at once",
      "The template gives more files than one run may write. Use fewer values, or a folder of parts."),
  R306(
      "The format cannot hold these rows",
      "The sink's format needs named fields; end the pipeline with a `select`."),
  R310(
      "The sink cannot be written",
      "The file, server or device gives an error; the message tells which."),
  R401(
      "The memory does not suffice",
      "A step must hold more rows or groups than the heap has room for. Give Java more memory, or filter first."),
  R402(
      "There is no room to spill",
      "What steps hold does not fit into memory, and the disk has no room for the rest. Free some, or give more memory."),
  R410(
      "The engine has made a mistake",
      "This is an error in Penstock, not in the pipeline. Report it, with the log."),
  W101(
      "A secret is written in clear",
      "Use `${file:...}`, an environment variable or a secret parameter."),
  W102(
      "A number loses its zero",
      "The value is read as a number. Quote it to keep it as it is written."),
  W201("Nobody reads the step", "Its rows are computed and dropped. Read it, or remove it."),
  W202(
      "Nobody reads the output",
      "Its rows are counted and dropped. Send them to a sink, `discard` for one, where that is not meant."),
  W203(
      "The name has a meaning of its own in expressions",
      "A field called `meta`, `params` or `row` is written `row['meta']`."),
  W204(
      "A failure is not handled",
      "Asked for by `--strict`: the step may fail for a row, and nothing says what happens then."),
  W401(
      "The letters of the pattern may mean something else",
      "`YYYY` is the year of the week, `DD` the day of the year, `hh` the hour of half a day."),
  W501(
      "A step begins with no state",
      "The pipeline goes on with kept state, but this step has none there: what was read before is not in its results.");

  private final String title;
  private final String page;

  ProblemCode(String title, String page) {
    this.title = title;
    this.page = page;
  }

  /** What is wrong, in a few words. */
  public String title() {
    return title;
  }

  /** How it comes about and what to do, one or two sentences. */
  public String page() {
    return page;
  }

  /** The family that the code's first characters name. */
  public ProblemFamily family() {
    return switch (name().charAt(0)) {
      case 'E' -> ProblemFamily.FILE;
      case 'W' -> ProblemFamily.LINT;
      case 'D' -> ProblemFamily.RECORD;
      default ->
          switch (name().charAt(1)) {
            case '1' -> ProblemFamily.STATE;
            case '2' -> ProblemFamily.SOURCE;
            case '3' -> ProblemFamily.SINK;
            default -> ProblemFamily.RESOURCES;
          };
    };
  }

  /** The exit code of a run or a check that ends with this problem. */
  public int exitCode() {
    return switch (this) {
      case R203, R212 -> 8;
      case R101, R301 -> 3;
      default -> family().exitCode();
    };
  }
}
