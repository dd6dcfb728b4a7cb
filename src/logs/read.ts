// Reads logs: files of any format become runs, and a summary says what was read and what was wrong.
import { list, plural, word } from "../documents/quoting.ts";
import {
  type LogFormat,
  type LogParser,
  type LogRecord,
  type LogSink,
  type Place,
  TROUBLES,
  type Trouble,
} from "./format.ts";
import { logFormats, type Mapping } from "./formats.ts";
import { type FoundFile, filesOf } from "./reading/files.ts";
import { OPENERS } from "./reading/openers.ts";
import { openSource } from "./reading/source.ts";
import type { LoggedRun } from "./run.ts";
import { TextSet } from "./textSet.ts";

export interface ReadOptions {
  /** Takes the runs, in the order of the files as far as these have one run after the other. Their ids are unique. */
  readonly onRun: (run: LoggedRun) => void;
  /** Only these formats are looked for. */
  readonly formats?: readonly string[];
  /** How the columns of tables are called. */
  readonly map?: Mapping;
  /** Bytes of files that have been read, compressed as they are, and those of all files. */
  readonly onProgress?: (bytesDone: number, bytesTotal: number) => void;
  readonly signal?: AbortSignal;
  /** What the path "-" stands for. */
  readonly stdin?: AsyncIterable<Uint8Array>;
}

/** What was read. Nothing of the texts of logs is in it. */
export interface ReadSummary {
  readonly files: number;
  readonly bytes: number;
  readonly runs: number;
  /** The formats that were found, in the order of all formats. */
  readonly formats: readonly FormatCount[];
  /** In the order in which they were met first. */
  readonly troubles: readonly TroubleCount[];
  /** Files of which nothing was understood. */
  readonly unknown: readonly string[];
}

export interface FormatCount {
  readonly name: string;
  readonly title: string;
  readonly files: number;
  readonly records: number;
  readonly runs: number;
}

export interface TroubleCount {
  readonly trouble: Trouble;
  /** What is concerned, such as `spans`. */
  readonly what: string;
  readonly count: number;
  /** The first of them. */
  readonly example: Place;
}

/** Nothing could be read. */
export class NothingReadError extends Error {
  override readonly name = "NothingReadError";
  readonly summary: ReadSummary;

  constructor(message: string, summary: ReadSummary) {
    super(message);
    this.summary = summary;
  }
}

/**
 * Reads files and folders. Records of several files may belong to one run, such as the spans of several services.
 *
 * Runs of equal id that formats make of different files are told apart: one that is equal to an earlier one in everything but its
 * place is a duplicate and left out, and another one is called `ID#2`.
 * @param paths files, folders, and "-" for what comes in
 * @throws NoSuchLogError for paths that are missing, NothingReadError if there is no run at all, RangeError for formats that are
 * not known, and the reason of the signal
 */
export async function readLogs(
  paths: readonly string[],
  options: ReadOptions,
): Promise<ReadSummary> {
  const reading = new Reading(formatsOf(options), options.onRun);
  const files = filesOf(paths, (path) => reading.tell("unreadable", "files", { file: path }));
  const total = files.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  const onBytes = (bytes: number) => {
    options.signal?.throwIfAborted();
    done += bytes;
    options.onProgress?.(done, Math.max(done, total));
  };
  for (const file of files) await reading.read(file, onBytes, options.stdin);
  options.signal?.throwIfAborted();
  const summary = reading.end(files.length, done);
  if (summary.runs === 0) throw new NothingReadError(nothingRead(summary), summary);
  return summary;
}

function formatsOf({ formats, map }: ReadOptions): readonly LogFormat[] {
  const all = logFormats(map);
  const names = all.map(({ name }) => name);
  const strange = formats?.filter((name) => !names.includes(name)) ?? [];
  if (strange.length > 0)
    throw new RangeError(
      `no format is called ${strange.map(word).join(" or ")}; there are ${list(names)}`,
    );
  return formats === undefined ? all : all.filter(({ name }) => formats.includes(name));
}

/** A format with what has been read of it. */
class OpenFormat {
  readonly format: LogFormat;
  readonly parser: LogParser;
  files = 0;
  records = 0;
  runs = 0;

  constructor(format: LogFormat, sink: LogSink) {
    this.format = format;
    this.parser = format.begin({
      trouble: (...trouble) => sink.trouble(...trouble),
      run: (run) => {
        this.runs++;
        sink.run(run);
      },
    });
  }

  get count(): FormatCount {
    const { files, records, runs } = this;
    return { name: this.format.name, title: this.format.title, files, records, runs };
  }
}

class Reading {
  private readonly formats: readonly OpenFormat[];
  private readonly onRun: (run: LoggedRun) => void;
  private readonly troubles = new Map<string, TroubleCount>();
  private readonly unknown: string[] = [];
  /** Ids, and ids with what the run was like. */
  private readonly seen = new TextSet();
  private runs = 0;

  constructor(formats: readonly LogFormat[], onRun: (run: LoggedRun) => void) {
    this.onRun = onRun;
    const sink: LogSink = {
      run: (run) => this.takeRun(run),
      trouble: (...trouble) => this.tell(...trouble),
    };
    this.formats = formats.map((format) => new OpenFormat(format, sink));
  }

  async read(
    file: FoundFile,
    onBytes: (bytes: number) => void,
    stdin?: AsyncIterable<Uint8Array>,
  ): Promise<void> {
    const tell: LogSink["trouble"] = (...trouble) => this.tell(...trouble);
    const source = await openSource(file, { trouble: tell, onBytes, ...(stdin && { stdin }) });
    const opener = OPENERS.find((one) => one.opens(source));
    const found = new Set<OpenFormat>();
    let last: OpenFormat | undefined;
    for await (const record of opener?.records(source, tell) ?? []) {
      last = this.formatOf(record, last);
      if (last === undefined) tell("unknown", "records", record.place);
      else {
        found.add(last);
        last.records++;
        last.parser.take(record);
      }
    }
    for (const format of found) format.files++;
    if (found.size === 0) this.unknown.push(file.name);
  }

  /** The format of a record: most often that of the one before. */
  private formatOf(record: LogRecord, last: OpenFormat | undefined): OpenFormat | undefined {
    if (last?.format.recognises(record)) return last;
    return this.formats.find(({ format }) => format.recognises(record));
  }

  end(files: number, bytes: number): ReadSummary {
    for (const { parser } of this.formats) parser.end();
    return {
      files,
      bytes,
      runs: this.runs,
      formats: this.formats.filter(({ records }) => records > 0).map(({ count }) => count),
      troubles: [...this.troubles.values()],
      unknown: this.unknown,
    };
  }

  tell(trouble: Trouble, what: string, example: Place): void {
    const key = `${trouble} ${what}`;
    const told = this.troubles.get(key) ?? { trouble, what, count: 0, example };
    this.troubles.set(key, { ...told, count: told.count + 1 });
  }

  private takeRun(run: LoggedRun): void {
    const looks = looksOf(run);
    const id = this.freeId(run.id, looks);
    if (id === undefined) this.tell("duplicate", "runs", { file: run.place });
    else {
      this.seen.add(id);
      this.seen.add(withLooks(id, looks));
      this.runs++;
      this.onRun(id === run.id ? run : { ...run, id });
    }
  }

  /** The id that no other run has; none if an equal run has been read. */
  private freeId(wanted: string, looks: string): string | undefined {
    let id = wanted;
    for (let copy = 2; this.seen.has(id); copy++) {
      if (this.seen.has(withLooks(id, looks))) return undefined;
      id = `${wanted}#${copy}`;
    }
    return id;
  }
}

/** What a run is like. */
const looksOf = ({ place: _, ...run }: LoggedRun) => JSON.stringify(run);

const withLooks = (id: string, looks: string) => `${id}\n${looks}`;

function nothingRead({ files, unknown, troubles, formats }: ReadSummary): string {
  const known = logFormats()
    .map(({ title }) => title)
    .join("; ");
  const found = formats.map(({ title, records }) => `${records} records of ${title}`);
  const what = [
    ...found,
    ...(unknown.length > 0
      ? [`${plural(unknown.length, "file")} of no known format (${list(unknown, 3)})`]
      : []),
    ...troubles.map(({ trouble, what, count }) => `${count} ${what} ${TROUBLES[trouble]}`),
  ];
  return `no run was found in ${plural(files, "file")}: ${what.join("; ") || "there is no file"}. Known formats are: ${known}`;
}
