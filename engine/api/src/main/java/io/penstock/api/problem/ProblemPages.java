package io.penstock.api.problem;

/**
 * The page of each code: one or two sentences that say how it comes about and what to do. A code
 * without one does not compile.
 */
final class ProblemPages {
  private ProblemPages() {}

  static String of(ProblemCode code) {
    return switch (code) {
      case E001 -> "The file holds no step. Write at least one source and one sink.";
      case E002 ->
          "The file is too large, too deep, or uses too many aliases. Split it, or bring shared pieces in with `use:`.";
      case E003 -> "The YAML parser stopped here. Look at the line and the one above it.";
      case E004 ->
          "A pipeline file is UTF-8 text without control characters. The message names the byte.";
      case E005 -> "YAML is indented with spaces.";
      case E006 -> "One file is one pipeline. Split it at `---`.";
      case E007 -> "Each key of a map may stand once; the message names both lines.";
      case E008 -> "What a value means is said by the option it stands at, never by a tag.";
      case E009 -> "`<<` is not read. Shared pieces come in with `use:` or `chains`.";
      case E010 -> "The anchor is missing, or the alias stands inside the value that it names.";
      case E011 ->
          "Keys are plain texts. Put quotes around a key that reads as a number, true, false or null.";
      case E021 ->
          "Inside `{ }` and `[ ]` YAML ends a value at a comma. Give the entry a line of its own, or quote it.";
      case E022 ->
          "YAML reads `: ` as the end of a key. Write `if(condition, a, b)`, or quote the whole expression.";
      case E023 ->
          "YAML reads a value that begins with a quote as finished at the closing quote. Quote the whole expression.";
      case E024 ->
          "YAML takes the quotes away. A text inside an expression wants quotes of its own: `\"'FR'\"`.";
      case E025 -> "YAML reads ` #` as the beginning of a comment. Quote the whole expression.";
      case E026 ->
          "Quote a value that begins with one of these: ! * & @ ` %. A negation is also written `not x`.";
      case E028 ->
          "YAML reads a value that begins with `{` as a map. Quote a template that begins with an expression.";
      case E029 ->
          "The YAML reader takes a `?` inside `{ }` or `[ ]` for a key. Give the entry a line of its own, or quote it.";
      case E030 -> "In double quotes a backslash begins an escape. Use single quotes for patterns.";
      case E101 -> "The component has no such option; the message lists those it has.";
      case E103 -> "The option has no default. The example shows how it is written.";
      case E104 -> "The option takes another form of value; the message lists the accepted ones.";
      case E105 -> "The option takes values within limits; the message names them.";
      case E106 ->
          "There is no component of this name for this place; the message lists those there are.";
      case E107 -> "A step names one component, beside its common keys.";
      case E108 -> "Set the environment variable, or give a default: `${NAME:-default}`.";
      case E109 ->
          "It would paste text into code. Declare a parameter with `from: \"${NAME}\"` and use `params.name`.";
      case E110 -> "The message says which options do not go together.";
      case E111 -> "`use:` names files beside the pipeline file, relative, without loops.";
      case E112 -> "`connection:` names an entry of `connections:` of the same component.";
      case E113 -> "Give it with `--param name=value`, with `from`, or with a default.";
      case E114 -> "`{expression}` is replaced, `{{` and `}}` are literal braces.";
      case E115 -> "The language has a place for this, but this version does not read it yet.";
      case E116 ->
          "It follows from the end of the file's name (`.csv`, `.jsonl`), or is said with `format:`. A `.json` file says `array`, `document` or `lines`.";
      case E117 ->
          "An entry of `patterns:` is a pattern in the syntax of RE2, made of named patterns (`%{NUMBER}`), not of itself. `run-pipeline functions parse_grok` lists the named ones.";
      case E118 ->
          "What `avro:` or `json_schema:` names says which fields a record has; the message tells at which line and column of that file something else stands. Nothing is fetched from elsewhere.";
      case E201 -> "Names are lower-case letters, digits and `_`, and begin with a letter.";
      case E202 -> "Names are unique over sources, transforms and tables, and over sinks.";
      case E203 ->
          "`from:` names a source or a transform of the file, or one of their outputs; the message names the nearest.";
      case E204 ->
          "A step has its main output, `failed`, and those that its component gives; the message lists them.";
      case E205 ->
          "Left out, `from:` means the step above. Where that is not one output, it is to be said; the message lists the choices.";
      case E206 -> "Rows would never leave the circle. The message names the way round.";
      case E207 -> "A file has at least one source and one sink.";
      case E208 ->
          "`meta`, `params` and `row` stand for themselves in expressions; `failed`, `late` and `otherwise` are outputs of steps.";
      case E209 -> "The name stands in no section of the file; the message names the nearest.";
      case E210 -> "A sink never writes where a source, a table or another sink reads or writes.";
      case E211 ->
          "`steps` holds transforms that look at one row at a time; what keeps state is a step of its own.";
      case E212 ->
          "The step gives its result at the end of its input, and a source above it has none.";
      case E213 ->
          "`random()` and its like are drawn by a row's position; rows that a step made of several others have none, and a change that takes a row away must give the values that the row has had.";
      case E214 ->
          "A step goes by the time of rows, or by the window that they carry, and nothing above gives them one. Write `event_time` beside the source, or a step `event_time` above.";
      case E215 ->
          "A stream of changes has rows that take others away. Steps that look at one row at a time pass them; aggregates that can take rows back and `top` take them; a sink must update rows, or its format write changes.";
      case E301 -> "The expression names a field that the step's input does not have.";
      case E302 ->
          "A word or sign does not fit where it stands. The mark shows the first character that does not.";
      case E303 ->
          "An expression has at most 64 KiB, 200 levels of brackets and 1,000 operators in a row. Split it with `let`.";
      case E304 ->
          "There is no function of this name; the message names the nearest. `run-pipeline functions` lists them.";
      case E305 ->
          "Expressions compute a value and change nothing: no assignment, loops, objects, name spaces. The hint names the way to write it.";
      case E306 ->
          "The function takes another number of arguments; the message shows how it is called.";
      case E307 ->
          "A number, text, duration or pattern is written in a way that the language does not know.";
      case E308 ->
          "The regular expression is not one that can be matched in linear time (RE2 syntax).";
      case E309 ->
          "Aggregates stand in `compute`, not inside each other, and `where` belongs to one of them.";
      case E310 ->
          "In `compute` each field stands inside an aggregate or is one that `by` groups by.";
      case E311 ->
          "The functions of a file are put in where they are called, so none may lead back to itself.";
      case E312 ->
          "`params.x` and `meta.x` name what the file declares and what the source gives; the message lists it.";
      case E320 ->
          "A word or sign does not fit where it stands. The mark shows where the reader stopped; what is wrong may stand just before.";
      case E321 ->
          "Scripts have variables, loops, conditions, functions of their own and those of expressions, and nothing else of Java or JEXL. The hint names the way to write it.";
      case E322 ->
          "The text of a `java` step is the body of a method. The compiler knows no lambdas and no generic types.";
      case E323 ->
          "A `java` step may do all that the engine may: read and write files, reach the network, end the process. It runs only with `--allow-java`.";
      case E401 ->
          "Text, numbers, times and the like are not converted on their own. The hint names the cast.";
      case E402 -> "Another type is wanted where the expression stands. The hint names the cast.";
      case E403 -> "A value is required where the expression stands. Give a default: `x ?? value`.";
      case E404 -> "The function takes another type here. The hint names the cast.";
      case E405 ->
          "A json value is converted where the other side tells the type; here nothing does. Use `to_int`, `to_double`, `to_string` or the like.";
      case E406 ->
          "The record's type is known and has no field of this name; the message lists those it has.";
      case E407 -> "The message lists the types. Types of the file's own stand in `schemas:`.";
      case E408 ->
          "A field that comes from several steps has one type in all of them, after widening.";
      case E409 ->
          "Two fields of a row cannot have one name. Rename one, or say `existing: replace` where the step has it.";
      case E410 -> "The sink or format writes named columns. `select` the fields above it.";
      case E501 ->
          "`delivery` is a floor; the message names the side of the path that cannot keep it.";
      case E502 ->
          "The run was to reach an end, but the source goes on for ever. Give it a `count`, or the run `--until`.";
      case E503 ->
          "`{slot}` is the time for which a batch was planned, so the pipeline needs a `schedule`.";
      case E504 ->
          "At each time of a schedule a source with an end is read whole, while one without goes on where it stood. Make the first a table, or leave the schedule out.";
      case E560 ->
          "Schemas of what is written stand under `<topic>-value`. Where rows go to several topics, or to none, the registry's `subject` is named.";
      case D101 -> "The bytes are not what the format or the schema says.";
      case D102 ->
          "The record holds bytes that are no text in the encoding, or a NUL. Say the right `charset` on the source.";
      case D103 ->
          "A declared field is not in the record. Declare it `optional` if it may be missing.";
      case D104 ->
          "The text or number is not what the schema says: another kind of value, out of range, another pattern.";
      case D105 ->
          "The record has a field that the schema does not name, under `unknown_fields: fail`.";
      case D106 -> "The record has more or fewer cells than the header or the schema has fields.";
      case D107 ->
          "The record is longer, deeper, or has longer numbers, than is read. `max_record` raises the limit of its length.";
      case D108 ->
          "The file is cut off, its checksum is wrong, or something else follows; what lies behind the damage is lost.";
      case D109 -> "The record names a field more than once, so its value is in doubt.";
      case D110 ->
          "A change of a table needs the row that goes, in full, as `before`, and the one that comes as `after`: an insert has no `before`, a delete no `after`. What empties a whole table does not say which rows go.";
      case D130 ->
          "The number before the record is not known to the registry. Look whether `url` leads to the registry that the sender uses.";
      case D131 ->
          "Records are read as the format of the source says. Look which kind of schema the subject has, and take that format.";
      case D132 ->
          "The schema that the sender registered says of a field what the declared type cannot take. Change the declared schema, or the sender.";
      case D201 ->
          "The result needs more than 64 bits. Use `to_decimal` or `to_double` before computing.";
      case D202 -> "The divisor is zero. Use `if(y == 0, null, x / y)` or `try(x / y)`.";
      case D203 -> "The result needs more digits than its type has.";
      case D204 -> "The json value is not of the type that is needed here.";
      case D205 -> "The text is not written as the type wants it.";
      case D206 -> "The function has no result for this argument.";
      case D207 ->
          "The regular expression, made from data, is not one that can be matched in linear time (RE2 syntax).";
      case D208 -> "The result would be larger than a value may be.";
      case D209 -> "`error` or `assert` was reached.";
      case D210 -> "The value is null where one is needed.";
      case D211 ->
          "The event time of the row is further in the future than `max_ahead` of its `event_time` allows, ten minutes unless it says otherwise. The row moves no watermark.";
      case D220 -> "A rule of `expect` is not true for the row; the message names the rule.";
      case D221 -> "The lookup found no row with this key, under `missing: fail`.";
      case D222 ->
          "More rows than `at_most` allows failed the rules of `expect`, so the run fails.";
      case D223 ->
          "The outside system that a lookup asks gave no answer in time, broke the connection, or refuses what is asked for this row. What may pass was tried again as `retry` says; then the row follows `on_error`.";
      case D224 ->
          "A lookup takes the fields of one row, and the outside system has given several for this key. Ask by what identifies a row.";
      case D230 ->
          "The script takes more steps, makes more text and lists, emits more rows, or takes more time than `steps`, `size`, `rows` and `time` allow for one row. A loop may have no end.";
      case D231 ->
          "A row that a script or Java code emits has a field that the declared schema does not have, lacks one, or has a value of another type.";
      case D232 ->
          "The code of a `java` step has thrown something for this row; the message names it, the place is the line of the code.";
      case D301 -> "A value, such as NaN in JSON, has no form in the sink's format.";
      case D302 ->
          "The value of a template gives no name: of a file, it is empty or too long; of a topic, it has other characters than letters, digits, `.`, `_` and `-`.";
      case D303 ->
          "The outside refuses this record whenever it is sent: it is too large, or there is no such topic or partition, or its time lies outside of what is taken. The message says which, and by how much.";
      case D310 ->
          "A rule of the table forbids the row: a key that is there already, a column that must not be null, a row of another table that is missing, a check, a trigger. The message is the database's.";
      case D311 ->
          "The text is too long, the number too large, or the value is none of the column's type. The message is the database's.";
      case D304 ->
          "The value of a template makes no URL, or one of a host that may not be asked: a host that comes from data must be public, or stand in `hosts`. A header holds no line breaks.";
      case D312 ->
          "The receiver answered that it does not want the row, with a status of `give_up_on` or by naming the row. Its words are in the message.";
      case D380 ->
          "The server answered with a status of `give_up_on`. Look at what the record has of its answer, and at the URL.";
      case R101 ->
          "Another process, which the message names, works with the same kept state. Stop it first, or give this run another `--state`.";
      case R102 ->
          "The file that says whose state this is is missing or names another pipeline or run. Put it back, or begin anew with `--fresh`.";
      case R103 ->
          "A file that the newest checkpoint needs does not hold what was written. `run-pipeline state verify` shows what is whole, `state rewind` goes back to an epoch before.";
      case R104 ->
          "The newest checkpoint does not hold what was written, and an output may have gone further than the one before. `state rewind --allow-duplicates` goes back.";
      case R105 ->
          "The numbers of the plans of batches and of the checkpoints in the state folder do not follow each other, so files were removed or mixed. Begin anew with `--fresh`, or put the files back.";
      case R106 ->
          "The edited file changes the meaning of kept state. Allow the change by name with `--state-change`, or begin anew with `--fresh`.";
      case R107 ->
          "All sources were read to their end and what they read is no longer the same. Say `watch: true`, or begin anew with `--fresh`.";
      case R108 ->
          "The state was written in a format that this version does not know. Use the version that wrote it, or a later one.";
      case R109 ->
          "The disk reports an error for the state folder; the message tells which. The run stops, and the next start goes on from the last checkpoint.";
      case R201 ->
          "The file in which reading stopped is gone, shorter, or another one, so reading cannot go on there.";
      case R202 ->
          "The source no longer has the records at which reading stopped, so some would be lost silently. Begin anew with `--state-change reset-source=STEP` to go on with what is there.";
      case R203 -> "More records failed than `stop_above` allows, so the run stopped.";
      case R204 ->
          "No file matches the path or pattern. Paths are relative to the pipeline file's folder.";
      case R205 ->
          "The file is a directory, a device or a pipe, may not be read, or the disk reports an error.";
      case R206 ->
          "The first record must be names that can be read, each once. Names that do not fit the schema are mistakes of the records below them (D103, D105).";
      case R207 ->
          "The run is confined to a folder with `--confine`, and the path leads out of it.";
      case R210 -> "The file, server or device gives an error; the message tells which.";
      case R211 ->
          "Each key of a table must lead to one row. Make the rows unique, or add a field to `key`.";
      case R212 ->
          "The pipeline has changed, or the letter does not hold the whole record. Nothing is replayed until such letters are left out with `--leave`.";
      case R213 ->
          "`trace` reads a source up to the record, which would take the records away from the run that should have them. Trace a copy of the pipeline that reads them from a file.";
      case R214 ->
          "The table could not be read again for longer than its `stale_after` allows. The message says why; what is decided stays, and a run that keeps state goes on from there.";
      case R220 ->
          "The table is not there, a field has no column or one of another type, or the columns of `key` may be null or do not tell rows apart. The message lists all of it.";
      case R221, R321 ->
          "The name of the host leads nowhere: it is misspelt, or only known in another network. Try `getent hosts NAME` on the machine that runs the pipeline.";
      case R222, R322 ->
          "The host is there and nothing listens on the port. Check the port, and whether the server runs.";
      case R223, R323 ->
          "The server did not answer in time: a firewall swallows what is sent, or the server is overloaded or stands still.";
      case R224, R324 ->
          "The certificate of one side is not accepted by the other. Check `tls`: the `ca`, the certificate and the name of the host that it was made for.";
      case R225, R325 ->
          "The user, the password or the token is not accepted. Nothing of it is shown; check where the pipeline takes it from.";
      case R226, R326 ->
          "The server knows who asks and does not allow it. Have the right given, or ask as somebody else.";
      case R227, R327 ->
          "The server has no topic, table, folder or page of this name. Check the name, or make it first.";
      case R301 -> "A newer run of this pipeline writes to the same place; this one stops.";
      case R302 -> "Files that were written for this run are gone. Run the pipeline again.";
      case R303 ->
          "Files are there that no former run of this pipeline lists. Say `if_exists: replace` or `append`, or take another path.";
      case R304 -> "The disk is full, the path may not be written, or the disk reports an error.";
      case R305 ->
          "The template gives more files than one run may write, or the system does not let the process open more. Use fewer values, a folder of parts, or raise the limit with `ulimit -n`.";
      case R306 -> "The sink's format needs named fields; end the pipeline with a `select`.";
      case R310 -> "The file, server or device gives an error; the message tells which.";
      case R320 ->
          "The table is not there, a field has no column or one of another type, a column that must not be null is filled by no field, or no unique index stands on `key`. The message lists all of it.";
      case R401 ->
          "A step must hold more rows or groups than the heap has room for. Give Java more memory, or filter first.";
      case R402 ->
          "What steps hold does not fit into memory, and the disk has no room for the rest. Free some, or give more memory.";
      case R410 -> "This is an error in Penstock, not in the pipeline. Report it, with the log.";
      case W101 -> "Use `${file:...}`, an environment variable or a secret parameter.";
      case W102 -> "The value is read as a number. Quote it to keep it as it is written.";
      case W103 ->
          "Take the right from others, as with `chmod 600`: whoever may read the file knows the secret.";
      case W104 ->
          "With `verify: none` anybody in between can read and change what is sent. Name the authority in `ca`.";
      case W105 ->
          "Whoever may send can end the run with a request that is malformed. Write `on_error: dead_letter` or `on_error: skip` at the source.";
      case W201 -> "Its rows are computed and dropped. Read it, or remove it.";
      case W202 ->
          "Its rows are counted and dropped. Send them to a sink, `discard` for one, where that is not meant.";
      case W203 -> "A field called `meta`, `params` or `row` is written `row['meta']`.";
      case W204 ->
          "Asked for by `--strict`: the step may fail for a row, and nothing says what happens then.";
      case W401 ->
          "`YYYY` is the year of the week, `DD` the day of the year, `hh` the hour of half a day.";
      case W402 ->
          "The file allows values of several types there, records inside themselves, or anything. Such a field is navigated as json and converted by hand; `convert` or a schema that is written out gives it a type.";
      case W501 ->
          "The pipeline goes on with kept state, but this step has none there: what was read before is not in its results.";
      case W502 ->
          "A watched folder is read file by file, each once. What is written into a file after that is not read: give it a file of its own, or say `follow: true` for files that grow.";
      case W503 ->
          "The brokers delete records by the times that they carry. With `timestamp` these are the rows' own, so what is read again, or comes late, is gone before anybody has read it.";
      case W504 ->
          "A row gets its value before its transaction is committed. One that is committed late may have a lesser value than one that was read; reading does not go back. Of a table whose increment counts rows this is known and waited for; of times and of queries it is not, nor where the database does not tell who writes.";
      case W520 ->
          "With `processing_time` a row has the time at which it is read, in micro-batches that of the batch. The same input read once more, or in other batches, is in other windows. Where rows carry a time of their own, `event_time: <field>` gives the same results every time.";
      case W540 ->
          "A run with state writes in its transactions which epoch they bring, to the table that `epochs` names, and makes it where it is not there. Who asks lacks the right to. Have the table made and its rights given, or run without state.";
      case W570 ->
          "A connection to a source that listens with `tls` has not come to records: what came is no TLS, no version or cipher is common to both, or the certificate of who connects is missing or not accepted. The source goes on with the others. Each address is told once for each reason, a hundred in all.";
      case W571 ->
          "The connection on which the messages of channels are heard was lost and has come about again. Servers keep nothing of what is published, so what was published meanwhile is gone. Servers also hang up on who does not take messages as fast as they come (`client-output-buffer-limit` of Redis): then a sink is too slow. What must not be lost is published to a stream, which can be read on.";
    };
  }
}
