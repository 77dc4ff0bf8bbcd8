package io.penstock.api.problem;

/**
 * The table of all codes. A code is stable: its meaning never changes, its number is never used
 * again. The title says in a few words what is wrong; the page of a code stands in {@link
 * ProblemPages}, and both in the reference.
 */
public enum ProblemCode {
  E001("The pipeline file is empty"),
  E002("A limit of the text is passed"),
  E003("The text is no YAML"),
  E004("The file's characters cannot be read"),
  E005("A tab is used for indentation"),
  E006("The file holds more than one document"),
  E007("A key stands twice"),
  E008("A YAML tag is used"),
  E009("A merge key is used"),
  E010("An alias names no value"),
  E011("A key is no name"),
  E021("A comma inside braces ended the expression"),
  E022("A colon ended the expression"),
  E023("A quote ended the expression"),
  E024("A text is read as a field's name"),
  E025("A comment ended the expression"),
  E026("The value begins with a character that YAML keeps for itself"),
  E028("Braces begin a map"),
  E029("A question mark inside braces"),
  E030("Double quotes do not know this escape"),
  E101("Unknown option"),
  E103("A required option is missing"),
  E104("The value has the wrong form"),
  E105("The value is out of range"),
  E106("Unknown component"),
  E107("Exactly one component is wanted"),
  E108("The variable is not set"),
  E109("A `${}` stands in an expression"),
  E110("Options contradict each other"),
  E111("A used file cannot be read"),
  E112("Unknown connection"),
  E113("A parameter has no value"),
  E114("The template cannot be read"),
  E115("Not in this version"),
  E116("The format is not known"),
  E117("A grok pattern cannot be read"),
  E118("A schema's file declares no fields"),
  E201("The text is no name"),
  E202("A name is taken twice"),
  E203("Unknown step"),
  E204("Unknown output"),
  E205("It is not clear what the step reads"),
  E206("Steps read each other in a circle"),
  E207("Nothing leaves the pipeline"),
  E208("The name has a meaning of its own"),
  E209("Unknown table, chain or schema"),
  E210("Two steps use the same path"),
  E211("The component cannot stand here"),
  E212("The input never ends"),
  E213("The value would not repeat"),
  E214("The rows have no event time"),
  E215("Changes come where rows must stay"),
  E301("Unknown field"),
  E302("The expression cannot be read"),
  E303("A limit of expressions is passed"),
  E304("Unknown function"),
  E305("Not in the language of expressions"),
  E306("Wrong number of arguments"),
  E307("The literal cannot be read"),
  E308("The pattern cannot be read"),
  E309("An aggregate stands where it cannot"),
  E310("A field stands outside an aggregate"),
  E311("A function calls itself"),
  E312("Unknown parameter or metadata"),
  E320("The script cannot be read"),
  E321("Not in the language of scripts"),
  E322("The Java code does not compile"),
  E323("Java code is not allowed"),
  E401("The types do not go together"),
  E402("The expression has the wrong type"),
  E403("The value may be null"),
  E404("The argument has the wrong type"),
  E405("The type of the json value is not known"),
  E406("The record has no such field"),
  E407("Unknown type"),
  E408("Rows that meet have different types"),
  E409("The field is there already"),
  E410("The fields of the rows are not known"),
  E501("The guarantee cannot be reached"),
  E502("The source has no end"),
  E503("There are no slots"),
  E504("Sources meet that a schedule treats differently"),
  E560("The subject of a schema is not known"),
  D101("The record cannot be decoded"),
  D102("The text is malformed"),
  D103("A field is missing"),
  D104("A value is not of the declared type"),
  D105("A field is unknown"),
  D106("The number of cells is wrong"),
  D107("A record passes a limit"),
  D108("Compressed bytes are damaged"),
  D109("A field stands there twice"),
  D110("The change does not say which rows come and go"),
  D130("The registry has no such schema"),
  D131("The registry's schema is of another kind"),
  D132("The registry's schema does not fit the declared one"),
  D201("A whole number is too large"),
  D202("Division by zero"),
  D203("A decimal is too large"),
  D204("The value is of another kind"),
  D205("The text cannot be converted"),
  D206("The argument is outside the function's domain"),
  D207("The pattern cannot be read"),
  D208("A limit of values is passed"),
  D209("The expression says it fails"),
  D210("The value is missing"),
  D211("The time lies in the future"),
  D220("An expectation is not met"),
  D221("There is no such row"),
  D222("Too many rows break the rules"),
  D223("What is looked up gets no answer"),
  D224("What is looked up is there more than once"),
  D230("A script passes a limit"),
  D231("An emitted value does not fit"),
  D232("Java code throws an exception"),
  D301("The format cannot hold a value"),
  D302("A path cannot be made of a value"),
  D303("The sink takes no such record"),
  D304("A URL or a header cannot be made of a value"),
  D310("The database refuses the row"),
  D311("A value does not fit its column"),
  D312("The receiver refuses the row"),
  D380("The server refuses what is asked for"),
  R101("The pipeline runs already"),
  R102("The kept state is another pipeline's"),
  R103("A state file is damaged"),
  R104("A checkpoint is damaged"),
  R105("Plans and checkpoints disagree"),
  R106("The pipeline was changed and its state does not fit"),
  R107("The run is finished and its input has changed"),
  R108("The kept state is from a newer version"),
  R109("The state cannot be written or read"),
  R201("A file was cut or replaced"),
  R202("Records are gone before they were read"),
  R203("Too many records fail"),
  R204("No file is found"),
  R205("A file cannot be read"),
  R206("The header of a file is wrong"),
  R207("The path lies outside the cage"),
  R210("The source cannot be read"),
  R211("A key stands twice in a table"),
  R212("A dead letter cannot go back"),
  R213("The source can be read only once"),
  R214("A table is too old"),
  R220("The table does not fit the schema"),
  R221("Nobody knows the source's host"),
  R222("The source's host refuses the connection"),
  R223("The source gives no answer"),
  R224("The source and this side do not trust each other"),
  R225("The source refuses who asks"),
  R226("The source may not be read by who asks"),
  R227("What is to be read is not there"),
  R301("Another run has taken over"),
  R302("Output is lost"),
  R303("Output would be overwritten"),
  R304("A file cannot be written"),
  R305("Too many files at once"),
  R306("The format cannot hold these rows"),
  R310("The sink cannot be written"),
  R320("The table does not fit the rows"),
  R321("Nobody knows the sink's host"),
  R322("The sink's host refuses the connection"),
  R323("The sink gives no answer"),
  R324("The sink and this side do not trust each other"),
  R325("The sink refuses who asks"),
  R326("The sink may not be written by who asks"),
  R327("What is to be written to is not there"),
  R401("The memory does not suffice"),
  R402("There is no room to spill"),
  R410("The engine has made a mistake"),
  W101("A secret is written in clear"),
  W102("A number loses its zero"),
  W103("A secret's file may be read by everybody"),
  W104("The other side of a connection is not checked"),
  W105("One bad request ends the run"),
  W201("Nobody reads the step"),
  W202("Nobody reads the output"),
  W203("The name has a meaning of its own in expressions"),
  W204("A failure is not handled"),
  W401("The letters of the pattern may mean something else"),
  W402("Fields of a schema's file are json"),
  W501("A step begins with no state"),
  W502("A file that was read has changed"),
  W503("The topic deletes old rows at once"),
  W504("Rows that are committed late may be missed"),
  W520("Results depend on the clock"),
  W540("A run with state could not keep its epochs"),
  W570("Who wanted to connect was turned away"),
  W571("What was published was not heard");

  private final String title;

  ProblemCode(String title) {
    this.title = title;
  }

  /** What is wrong, in a few words. */
  public String title() {
    return title;
  }

  /** How it comes about and what to do, one or two sentences. */
  public String page() {
    return ProblemPages.of(this);
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
