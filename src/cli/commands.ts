// The commands, in one table: what each is called, takes and does. Parser, help and documentation read it; what a
// command needs to run is loaded when it runs.
import type { Command } from "./command.ts";
import { DECISIONS } from "./decisionCommands.ts";
import { QUEUE_ACTIONS } from "./queueOptions.ts";
import { PRINTED, UNCERTAIN } from "./sharedOptions.ts";

// Options that several commands take, in the order in which their help lists them.
const SAMPLING = ["replications", "precision", "cap", ...UNCERTAIN, "seed", "set"] as const;
const ONE_REPLICATION = ["replication", "find", "nth", "within"] as const;
const EXPERIMENT_OPTIONS = [
  ...SAMPLING,
  "all",
  "json",
  "export",
  "record",
  "out",
  "jobs",
  "no-save",
  "quiet",
  "no-color",
] as const;
const SWEEP_OPTIONS = [
  "vary",
  "design",
  "where",
  "baseline",
  "metric",
  ...SAMPLING,
  "yes",
] as const;

export const COMMANDS: readonly Command[] = [
  {
    name: "run",
    operands: "FILE...",
    summary: "Run scenarios",
    description:
      "Runs each scenario many times and prints its metrics with 95 % intervals. It also saves the result in a folder under out/.",
    options: [...EXPERIMENT_OPTIONS, "shard", "fail-fast", "keep-going"],
    examples: {
      "faultline run scenarios/patterns/voting.yaml": "Run one scenario",
      "faultline run team.yaml --set models.base.errorRate=0.1 --json":
        "Run it with another error rate, for a program to read",
      "faultline run team.yaml --precision success=1% --precision turns=0.05":
        "Run it until success is known to 1 % of itself and turns to ±0.05",
    },
    load: () => import("./commands/run.ts"),
  },
  {
    name: "compare",
    operands: "FILE...",
    summary: "Compare scenarios with a baseline on the same tasks",
    description:
      "Runs all scenarios on the same task instances with the same random numbers, so that small differences to the baseline show.",
    options: ["baseline", ...EXPERIMENT_OPTIONS],
    examples: {
      "faultline compare scenarios/kim2025/finance-agent-*.yaml --baseline single":
        "Compare five architectures on one task",
    },
    load: () => import("./commands/compare.ts"),
  },
  {
    name: "score",
    formerly: "clear",
    operands: "FILE...",
    summary: "Score scenarios by cost, latency, efficacy, assurance and reliability",
    description:
      "Runs each scenario and prints the five dimensions of CLEAR (arXiv 2511.14136) with 95 % intervals, the figures that follow from them (cost-normalised accuracy, cost per success, share of tasks on time), one composite score, and the Pareto front of cost and efficacy. Assurance needs policy-critical claims (task.policyCritical), reliability eight repeats per instance. The composite is relative to the scenarios scored together.",
    options: [
      "weights",
      "normalisation",
      "sla",
      "replications",
      ...UNCERTAIN,
      "seed",
      "set",
      "jobs",
      ...PRINTED,
    ],
    examples: {
      "faultline score scenarios/clear/*.yaml": "Score six published agents",
      "faultline score team.yaml single.yaml --weights 1,1,2,0,2 --sla 30":
        "Leave out assurance and count efficacy and reliability twice",
    },
    load: () => import("./commands/score.ts"),
  },
  {
    name: "sweep",
    operands: "FILE...",
    summary: "Run scenarios over all values of what is varied",
    description:
      "Runs the cells of an experiment file (faultline schema experiment), or of scenario files and --vary. Each cell is stored in the folder of results as soon as it is complete. A second run does nothing, and an interrupted run continues where it stopped. Results do not depend on threads, shards or interruptions. All cells share one seed, so neighbours differ by what is varied and not by luck.",
    options: [
      ...SWEEP_OPTIONS,
      "cell",
      "dry-run",
      "fail-fast",
      "keep-going",
      "export",
      "out",
      "jobs",
      "queue",
      ...PRINTED,
    ],
    examples: {
      "faultline sweep scenarios/experiments/team-size.yaml": "Run an experiment file",
      "faultline sweep team.yaml --vary agents.worker.count=1:9 --vary models.base.errorRate=0.01:0.2:5:log":
        "Vary two fields of a scenario",
      "faultline sweep experiment.yaml --dry-run": "See what it would run, and how long that takes",
    },
    load: () => import("./commands/sweep.ts"),
  },
  {
    name: "status",
    operands: "FILE...",
    summary: "Say which cells of a sweep are done, and why others are not",
    description:
      "Compares a sweep, as its files are now, with the cells stored in its folder of results. It takes the same files and options as sweep. With --why it names the fields by which a missing cell differs from the nearest stored one.",
    options: [...SWEEP_OPTIONS, "why", "out", ...PRINTED],
    examples: {
      "faultline status scenarios/experiments/team-size.yaml --why":
        "See what a change of the files makes run again",
    },
    load: () => import("./commands/status.ts"),
  },
  {
    name: "work",
    operands: "",
    summary: "Work for a queue",
    description:
      "Takes tasks out of a queue, does them, and puts down what came of them, until Ctrl-C or SIGTERM. The queue is filled by sweep, calibrate, choose, importance, improve and threshold where they are given --queue. Any number of workers on any number of machines may share a queue. One that dies loses nothing: its tasks are given to others. With --out, cells are stored in a folder that the sweep sees too (its own --out), and not sent through the database.",
    options: ["queue", "jobs", "grace", "out", "quiet", "no-color"],
    examples: {
      "faultline work --queue redis://queue.example:6379": "Work with all cores",
      "faultline work --queue redis://localhost:6379 --jobs 2 --grace 120":
        "With two threads, and two minutes for the last tasks",
      "faultline work --queue postgres://queue.example/faultline --out /shared/votes":
        "Store cells in a folder that all machines see",
    },
    load: () => import("./commands/work.ts"),
  },
  {
    name: "queue",
    operands: "ACTION",
    operandWords: QUEUE_ACTIONS,
    summary: "Look at a queue, or empty it",
    description:
      "queue status says how many tasks wait, are under way and were given up, and how many workers there are. queue drain takes everything of Faultline out of the database; what a sweep has stored is kept.",
    options: ["queue", ...PRINTED],
    examples: { "faultline queue status --queue redis://localhost:6379": "Look at a queue" },
    load: () => import("./commands/queue.ts"),
  },
  {
    name: "plan",
    operands: "FILE...",
    summary: "Prepare a sweep for several machines",
    description:
      "Writes a sweep into one file, plan.json, with the text of every file it needs. Run its parts on copies of the folder, or on a shared one, with `faultline run --shard I/N FOLDER`. Then combine them with `faultline merge FOLDER`. It takes the same files and options as sweep.",
    options: [...SWEEP_OPTIONS, "out", "force", "quiet", "no-color"],
    examples: {
      "faultline plan experiment.yaml --out out/experiment": "Write out/experiment/plan.json",
      "faultline run --shard $SLURM_ARRAY_TASK_ID/20 out/experiment": "Run one part of twenty",
    },
    load: () => import("./commands/plan.ts"),
  },
  {
    name: "merge",
    operands: "FOLDER",
    summary: "Put the shards of a plan together",
    description:
      "Copies the cells of all shards in the folder of a plan into one store and writes the result, with the same bytes as if one machine had run it all. Shards may overlap if they agree. It lists cells that no shard has, each with the shard to run.",
    options: ["export", "metric", ...PRINTED],
    examples: { "faultline merge out/experiment": "Write out/experiment/result.json" },
    load: () => import("./commands/merge.ts"),
  },
  {
    name: "plot",
    operands: "RESULT",
    optionWords: { format: ["vl.json", "svg", "png", "html"] },
    lists: "chart",
    summary: "Draw a chart of a result",
    description:
      "Draws a chart of a result, by default the one that shows it best, as SVG. Other formats are PNG, an HTML page and a Vega-Lite specification. RESULT is a folder that run, compare, sweep or importance saved to, a file with what --json prints, or the log that trace prints. The picture goes to stdout, or to the file --out, whose name may say the format. The same result gives the same bytes on every machine.",
    options: ["chart", "format", "out", "quiet", "no-color"],
    examples: {
      "faultline plot out/sweep-team-size --out map.svg": "Draw which architecture is best where",
      "faultline plot --chart list": "List all charts",
      "faultline plot out/finance-agent-0c62b2923a --chart list": "List the charts of this result",
      "faultline plot result.json --chart cost --format vl.json":
        "Print a specification for Observable, Jupyter or the Vega editor",
    },
    load: () => import("./commands/plot.ts"),
  },
  {
    name: "report",
    operands: "RESULT...",
    optionWords: { format: ["html", "md"] },
    summary: "Write results as a page to read and to send",
    description:
      "Makes one HTML file of results: the answer in one sentence, tables, interactive charts, definitions of all metrics, thresholds, warnings, and the scenarios and the command that were run. It works from disk without a network, and prints well. With a result of importance beside that of the scenario, the report begins with what to fix first; without one it says how to find out. RESULT is a folder that run, compare, sweep or importance saved to, or a file with what --json prints. The report goes beside the result, as report.html. For several results it goes to the current folder.",
    options: ["out", "format", "title", "quiet", "no-color"],
    examples: {
      "faultline report out/finance-agent-*": "One page with a section for each",
      "faultline report out/team-abbb0b565d out/importance-team":
        "The page of a scenario, beginning with what to fix first",
      "faultline report out/sweep-team-size --out team-size.md":
        "The same content as Markdown, without charts",
    },
    load: () => import("./commands/report.ts"),
  },
  {
    name: "advise",
    operands: "[FILE]",
    summary: "Recommend an architecture for a task, and say what would make the choice surer",
    description:
      "Solves one number of the model (such as how difficult it finds the task) so that the simulated single agent has the given success rate, then simulates five architectures, and with FILE your own team beside them. Predicted success is averaged over parameter sets that fit the published figures. On a benchmark that ships with Faultline it is corrected by what simulations miss of published models; on a task of your own it is drawn towards the success of the single agent as far as such predictions deserve. Intervals include the errors of both. If the choice is open, it names the cheapest measurement that would decide it; --measured takes the result. By default it runs 4,096 replications of each.",
    options: [
      "benchmark",
      "task",
      "single-success",
      "instances",
      "measured",
      "family",
      "constraint",
      "agents",
      "budget",
      "price-input",
      "price-output",
      "set",
      "replications",
      "fixed",
      "seed",
      ...PRINTED,
    ],
    examples: {
      "faultline advise --benchmark plancraft --single-success 0.57":
        "On a task that ships with Faultline",
      "faultline advise --benchmark finance-agent --single-success 0.4 --measured decentralized=0.7:30":
        "The same kind of question after a measurement of one team",
      "faultline advise --task mine.yaml --single-success 0.4 --instances 60 --agents 4":
        "On your own task: a file with the section task",
      "faultline advise team.yaml --single-success 0.4 --constraint 'cost<=0.5'":
        "Your own team beside five architectures, within a price",
    },
    load: () => import("./commands/advise.ts"),
  },
  ...DECISIONS,
  {
    name: "reproduce",
    operands: "[STUDY]",
    operandWords: async () =>
      (await import("../literature/studies.ts")).STUDIES.map(({ name }) => name),
    summary: "Compare the simulation with published figures",
    description:
      "Simulates the scenarios of one study, or of all studies (faultline studies lists them), and prints each published figure beside the simulated one, with the tolerance, the verdict, and what it shows: calibrated and predicted figures are counted, and what follows from other figures, from inputs or from a structure that was set is not. For one study it also prints what else the study found. By default each study uses its own number of replications, and its name as seed. A figure out of range is a finding, so the exit code is 0. With --strict it is 4, or 5 if a figure has no value. --brief shows the few figures by which kim2025 is known on one screen, and saves a picture and a page. It takes seconds. --ablations shows what drives a study: its main scenarios with and without faults, conflict, flaws of communication, limits of turns, checks and budget. --leave-one-out leaves out each model of kim2025 in turn and predicts the success of its teams from that of its single agents, as advise does. It prints the scores of the simulation and of predictors without one, with and without a measurement, and whether there is evidence of skill. With --strict the exit code is 4 if an aim is missed. It takes minutes. --seeds K runs one study with K seeds that no fit has seen, and prints with how many of them each figure is in range, and how many figures are in range with each.",
    options: [
      "brief",
      "ablations",
      "leave-one-out",
      "seeds",
      "replications",
      "seed",
      "strict",
      "out",
      "jobs",
      ...PRINTED,
    ],
    examples: {
      "faultline reproduce kim2025 --brief":
        "Print which architecture amplifies errors, and when a team pays, on one screen",
      "faultline reproduce": "Run all studies and print one table",
      "faultline reproduce kim2025": "Print the table of one study",
      "faultline reproduce kim2025 --json":
        "Print definitions, sources and contradictions too, for a program to read",
      "faultline reproduce kim2025 --ablations":
        "Show which mechanism each architecture owes its success to",
      "faultline reproduce kim2025 --leave-one-out":
        "Measure whether the teams of an unseen model are predicted better than by a table",
      "faultline reproduce kim2025 --seeds 5 --replications 100000":
        "Judge the figures with five seeds that no fit has seen, in about ten minutes",
    },
    load: () => import("./commands/reproduce.ts"),
  },
  {
    name: "studies",
    operands: "",
    summary: "List the studies that can be reproduced",
    description: "Lists the studies of `faultline reproduce` with the question that each answers.",
    options: ["json", "no-color"],
    examples: { "faultline studies": "See what there is to reproduce" },
    load: () => import("./commands/studies.ts"),
  },
  {
    name: "calibrate",
    operands: "TARGETS",
    summary: "Fit free parameters to published figures",
    description:
      "Searches for the values of free parameters with which scenarios best meet published or measured figures. A targets file names the parameters and the figures (faultline schema targets). The command writes the fitted parameters as presets with their provenance, a table of fits simulated with fresh draws, and which parameters the figures pin down. --ensemble draws parameter sets in proportion to their likelihood, into ensemble.csv. Ctrl-C keeps the best point so far. --resume continues from there and ends with the same bytes.",
    options: ["ensemble", "out", "jobs", "queue", "resume", "force", "seed", ...PRINTED],
    examples: {
      "faultline calibrate targets.yaml": "Fit, and save the results in out/calibrate-NAME",
      "faultline calibrate targets.yaml --ensemble 64":
        "Fit, and draw 64 parameter sets that the figures allow",
      "faultline calibrate targets.yaml --jobs 2 --resume": "Go on after Ctrl-C, with two threads",
    },
    load: () => import("./commands/calibrate.ts"),
  },
  {
    name: "estimate",
    operands: "PATH...",
    summary: "Make a scenario of your own team from its logs",
    description:
      "Reads logs of runs and writes a scenario of the team that made them, with an interval on every number, a page with a certificate of how well it fits, and a list of what the logs cannot tell. PATH is a file or a folder; it can be compressed. The format is found by the content: OpenTelemetry spans, Langfuse, Inspect AI, τ-bench, ATIF, or a table (--map says how its columns are called). Nothing of the texts in logs is kept or printed. With --like the structure is that of a scenario file, and only its numbers are estimated. Where no step is judged, error rates are calibrated to outcomes, and it says so.",
    options: ["like", "map", "name", "out", ...PRINTED],
    examples: {
      "faultline estimate traces/": "Write out/estimate-traces/traces.yaml, with its page",
      "faultline estimate runs.csv --map run=trace_id,success=passed":
        "Read a table whose columns have names of their own",
      "faultline estimate traces/ --like team.yaml --name measured":
        "Take over the structure of team.yaml, with numbers from the logs",
    },
    load: () => import("./commands/estimate.ts"),
  },
  {
    name: "validate",
    operands: "FILE...",
    summary: "Check scenario files",
    description: "Checks scenario files and lists every problem of every file at once.",
    options: ["set", ...PRINTED],
    examples: { "faultline validate scenarios/patterns/*.yaml": "Check some files" },
    load: () => import("./commands/validate.ts"),
  },
  {
    name: "schema",
    operands: "[KIND]",
    operandWords: async () => (await import("./commands/schema.ts")).SCHEMA_NAMES,
    summary: "Print the JSON Schema of a kind of file or of result",
    description:
      "Prints a JSON Schema, for editors and other programs. KIND is a kind of file that you write: scenario (the default), experiment or targets. Or it is a document that Faultline writes, by the name in its schema (faultline/NAME@1): run, compare, sweep, reproduce, trace, lineage, manifest, plan and others. The package has the schemas of all documents in schemas/.",
    options: [],
    examples: {
      "faultline schema > faultline.schema.json": "Save the schema of scenario files for an editor",
      "faultline schema targets": "Print the schema of targets files",
      "faultline schema run": "Print the schema of what run --json prints",
    },
    load: () => import("./commands/schema.ts"),
  },
  {
    name: "inspect",
    operands: "FILE",
    summary: "Show what a scenario file means",
    description:
      "Prints the scenario with all defaults and extended files filled in, its size, and what a pilot of at most 400 replications expects of it. Of a stream of tasks it also says the offered load of each agent.",
    options: ["staffing", "set", "replications", "seed", ...PRINTED],
    examples: {
      "faultline inspect scenarios/kim2025/finance-agent-hybrid.yaml": "Show one scenario",
      "faultline inspect desk.yaml --staffing": "Say how many staff it takes to be on time",
    },
    load: () => import("./commands/inspect.ts"),
  },
  {
    name: "init",
    operands: "PATH",
    lists: "template",
    summary: "Write a scenario to start from",
    description:
      "Writes a small, valid scenario with comments. PATH is a file in any folder. A missing folder is made, and .yaml is added to a name without it.",
    options: ["template", "force", "quiet", "no-color"],
    examples: {
      "faultline init my-team": "Write my-team.yaml",
      "faultline init teams/claims --template pipeline":
        "Write teams/claims.yaml, a pipeline of three specialists",
      "faultline init --template list": "Say what each template is",
    },
    load: () => import("./commands/init.ts"),
  },
  {
    name: "trace",
    operands: "FILE",
    summary: "Follow one replication, event by event",
    description:
      "Prints the event log of one replication, one JSON object per line. With --tree it prints the lineage of the errors instead, and with --fault how far an injected fault spreads. With --format otlp it prints spans of OpenTelemetry with GenAI conventions, one task per line, for dashboards and for other programs that read traces; with --replications N those of replications 0 to N - 1.",
    options: [
      ...ONE_REPLICATION,
      "format",
      "replications",
      "tree",
      "fault",
      "seed",
      "set",
      ...PRINTED,
    ],
    optionWords: { format: ["events", "otlp"] },
    examples: {
      "faultline trace team.yaml --replication 7": "Log every event",
      "faultline trace team.yaml --tree":
        "Show which agent made each error, what carried it and which check caught it",
      "faultline trace team.yaml --find escaped --tree":
        "Find a replication in which an error gets into the deliverable",
      "faultline trace team.yaml --fault worker.2:c3": "Make worker.2 get c3 wrong",
      "faultline trace team.yaml --format otlp --replications 200 > spans.jsonl":
        "Write 200 runs as the spans that a real team would leave",
    },
    load: () => import("./commands/trace.ts"),
  },
  {
    name: "replay",
    operands: "FILE...",
    summary: "Watch one replication as an animated page",
    description:
      "Makes one HTML file that plays a replication: which agents work, what is sent, made, checked and delivered, and where errors begin and end. It works from disk without a network. Two files play side by side with the same random numbers. The page is saved as the file --out, or in the folder out.",
    options: [...ONE_REPLICATION, "seed", "set", "out", ...PRINTED],
    examples: {
      "faultline replay team.yaml --replication 7": "Make a page of one team",
      "faultline replay team.yaml --find caught --nth 2":
        "Watch the second replication in which a check saves the task",
      "faultline replay scenarios/kim2025/finance-agent-independent.yaml scenarios/kim2025/finance-agent-centralized.yaml --replication 128 --out fault.html":
        "See one fault reach the deliverable of one team and be caught in the other",
    },
    load: () => import("./commands/replay.ts"),
  },
  {
    name: "completion",
    operands: "SHELL",
    operandWords: ["bash", "zsh", "fish"],
    summary: "Print a script with which a shell completes commands and options",
    description:
      "Prints a completion script for bash, zsh or fish: commands, options, the words that an option can take, and files. Put it where your shell looks for such scripts, as below, and open a new shell. zsh looks in the folders of $fpath: before compinit, .zshrc needs the line fpath=(~/.zfunc $fpath). The script completes the command faultline, not npx faultline: install Faultline with npm install --global, or put node_modules/.bin on your PATH.",
    options: [],
    examples: {
      "faultline completion bash > ~/.local/share/bash-completion/completions/faultline":
        "bash (where bash-completion is missing, source the script in ~/.bashrc)",
      "faultline completion zsh > ~/.zfunc/_faultline": "zsh",
      "faultline completion fish > ~/.config/fish/completions/faultline.fish": "fish",
    },
    load: () => import("./commands/completion.ts"),
  },
];
