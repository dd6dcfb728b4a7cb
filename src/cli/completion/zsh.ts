// The completion script of zsh, for a folder of $fpath or to be sourced after compinit.
import type { Choices, CompletedCommand, CompletedOption } from "./vocabulary.ts";
import { FIRST_OPTIONS } from "./vocabulary.ts";

export function zshScript(commands: readonly CompletedCommand[]): string {
  return `#compdef faultline
# Completion of faultline for zsh; made by: faultline completion zsh

_faultline() {
  local context state state_descr line
  typeset -A opt_args
  local -a commands
  commands=(
${commands.map(({ name, brief }) => `    ${quoted(`${name}:${brief}`)}`).join("\n")}
    'help:Print the help'
  )
  _arguments -C ${FIRST_OPTIONS.flatMap(specs).join(" ")} '1: :->command' '*:: :->rest'
  case $state in
  command) _describe -t commands command commands ;;
  rest)
    case $line[1] in
${commands.map(commandCase).join("\n")}
    help) _describe -t commands command commands ;;
    esac
    ;;
  esac
}

if [[ $funcstack[1] == _faultline ]]; then
  _faultline "$@"
else
  compdef _faultline faultline
fi
`;
}

function commandCase({ name, options, operands, operandName }: CompletedCommand): string {
  const rest = operands === undefined ? [] : [quoted(`*:${operandName}:${action(operands)}`)];
  const all = [...options.flatMap(specs), ...rest];
  return [
    `    ${name})`,
    `      _arguments \\\n        ${all.join(" \\\n        ")}`,
    "      ;;",
  ].join("\n");
}

/** An option in the words of _arguments; one that has a letter is two, of which a line has one. */
function specs({ name, letter, brief, value, isRepeatable }: CompletedOption): string[] {
  const argument = value && `:${value.placeholder.replace(/[[\]:]/g, "")}:${action(value.choices)}`;
  const text = `[${brief.replace(/[[\]\\:]/g, "\\$&")}]${argument ?? ""}`;
  const long = `--${name}${value === undefined ? "" : "="}`;
  if (letter === undefined) return [quoted(`${isRepeatable ? "*" : ""}${long}${text}`)];
  const alone = `(--${name} -${letter})`;
  const short = `-${letter}${value === undefined ? "" : "+"}`;
  return [quoted(`${alone}${long}${text}`), quoted(`${alone}${short}${text}`)];
}

function action(choices: Choices): string {
  if (choices === "files") return "_files";
  return choices.length === 0
    ? " "
    : `(${choices.map((word) => word.replace(/:/g, "\\:")).join(" ")})`;
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
