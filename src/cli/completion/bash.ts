// The completion script of bash. It does not need the package bash-completion.
import type { Choices, CompletedCommand, CompletedOption } from "./vocabulary.ts";
import { FIRST_OPTIONS } from "./vocabulary.ts";

/** @param commands whose names, options and words are plain: letters, digits and `.:=-` */
export function bashScript(commands: readonly CompletedCommand[]): string {
  return `# Completion of faultline for bash; made by: faultline completion bash

_faultline() {
  COMPREPLY=()
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]}
  # bash makes three words of --chart=cost.
  if [[ $cur == "=" ]]; then
    cur=
  elif [[ $prev == "=" && $COMP_CWORD -ge 2 ]]; then
    prev=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  local choices=files
  if [[ $COMP_CWORD -eq 1 ]]; then
    choices="${[...commands.map(({ name }) => name), "help", ...dashed(FIRST_OPTIONS)].join(" ")}"
  else
    case \${COMP_WORDS[1]} in
${commands.map(commandCase).join("\n")}
    help) choices="${commands.map(({ name }) => name).join(" ")}" ;;
    *) choices= ;;
    esac
  fi
  # The files are left to bash: it completes them where there is no reply.
  [[ $choices == files ]] && return
  compopt +o default 2>/dev/null
  COMPREPLY=($(compgen -W "$choices" -- "$cur"))
  [[ \${#COMPREPLY[@]} -eq 1 && $COMPREPLY == *[=:] ]] && compopt -o nospace 2>/dev/null
  return 0
}

complete -o default -F _faultline faultline
`;
}

function commandCase({ name, options, operands }: CompletedCommand): string {
  const valued = options.flatMap(({ name: option, letter, value }) =>
    value === undefined
      ? []
      : [`      ${pattern(option, letter)}) choices=${quoted(value.choices)} ;;`],
  );
  const others = `if [[ $cur == -* ]]; then choices="${dashed(options).join(" ")}"; else choices=${quoted(operands ?? [])}; fi`;
  return [
    `    ${name})`,
    "      case $prev in",
    ...valued,
    `      *) ${others} ;;`,
    "      esac",
    "      ;;",
  ].join("\n");
}

const pattern = (name: string, letter: string | undefined) =>
  letter === undefined ? `--${name}` : `--${name} | -${letter}`;

const dashed = (options: readonly CompletedOption[]) => options.map(({ name }) => `--${name}`);

const quoted = (choices: Choices) => (choices === "files" ? "files" : `"${choices.join(" ")}"`);
