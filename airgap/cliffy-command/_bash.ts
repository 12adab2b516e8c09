import { type Level, type Offer, type Program, quote, steps } from "./_levels.ts";

/** Writes the completions of a program for bash. */
export function bash({ name, id, title, levels }: Program): string {
  return `#!/usr/bin/env bash
# ${title}

_${id}_ask() {
  local line
  while IFS= read -r line || [[ -n "$line" ]]; do
    [[ "$line" == "$cur"* ]] && COMPREPLY+=("$line")
  done < <(${name} completions complete "$@" 2>/dev/null)
}

_${id}() {
  local cur prev cmd word i
  COMPREPLY=()
  cur="\${COMP_WORDS[COMP_CWORD]}"
  prev="\${COMP_WORDS[COMP_CWORD-1]}"
  cmd=""
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="$cmd \${COMP_WORDS[i]}"
    case "$word" in
${levels.flatMap(steps).map(stepLine).join("\n")}
      *) ;;
    esac
  done
  case "$cmd:$prev" in
${levels.flatMap((level) => valueLines(id, level)).join("\n")}
    *) ;;
  esac
  case "$cmd" in
${levels.map((level) => levelLine(id, level)).join("\n")}
    *) ;;
  esac
}

complete -o default -F _${id} ${name}`;
}

function stepLine({ words, path }: { words: string[]; path: string }): string {
  return `      ${words.map(quote).join("|")}) cmd=${quote(path)} ;;`;
}

function valueLines(id: string, level: Level): string[] {
  return level.options.flatMap(({ flags, value }) => {
    if (!value) return [];
    const pattern = flags.map((flag) => quote(`${level.path}:${flag}`)).join("|");
    return [`    ${pattern}) ${offerWords(id, value, level)}return 0 ;;`];
  });
}

/** Nothing offered lets bash offer files. */
function offerWords(id: string, offer: Offer, level: Level): string {
  return offer.kind === "ask" ? `_${id}_ask ${quote(offer.action)}${level.path}; ` : "";
}

function levelLine(id: string, level: Level): string {
  const words = [
    ...level.options.flatMap((option) => option.flags),
    ...level.commands.map((command) => command.name),
  ].join(" ");
  const argument = level.argument.kind === "files"
    ? '[[ "$cur" == -* ]] || COMPREPLY=() '
    : offerWords(id, level.argument, level);
  return `    ${quote(level.path)})
      while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -W ${
    quote(words)
  } -- "$cur")
      ${argument};;`.replace(/ +;;$/, "\n      ;;").replace("; ;;", " ;;");
}
