import { type Level, type Offer, type Program, quote, steps } from "./_levels.ts";

/** Writes the completions of a program for zsh. */
export function zsh({ name, id, title, levels }: Program): string {
  return `#compdef ${name}
# ${title}

_${id}_ask() {
  local -a values
  values=("\${(@f)$(${name} completions complete "$@" 2>/dev/null)}")
  (( \${#values} )) && compadd -a values
}

_${id}() {
  local cmd="" word
  local -i i
  local -a options commands
  for (( i = 2; i < CURRENT; i++ )); do
    word="$cmd \${words[i]}"
    case "$word" in
${levels.flatMap(steps).map(stepLine).join("\n")}
      *) ;;
    esac
  done
  case "$cmd:\${words[CURRENT-1]}" in
${levels.flatMap((level) => valueLines(id, level)).join("\n")}
    *) ;;
  esac
  case "$cmd" in
${levels.map((level) => levelLines(id, level)).join("\n")}
    *) ;;
  esac
}

if [ "\${funcstack[1]}" = "_${id}" ]; then
  _${id} "$@"
else
  compdef _${id} ${name}
fi`;
}

function stepLine({ words, path }: { words: string[]; path: string }): string {
  return `      ${words.map(quote).join("|")}) cmd=${quote(path)} ;;`;
}

function valueLines(id: string, level: Level): string[] {
  return level.options.flatMap(({ flags, value }) => {
    if (!value) return [];
    const pattern = flags.map((flag) => quote(`${level.path}:${flag}`)).join("|");
    return [`    ${pattern}) ${offerWords(id, value, level)}; return ;;`];
  });
}

function offerWords(id: string, offer: Offer, level: Level): string {
  if (offer.kind === "ask") return `_${id}_ask ${quote(offer.action)}${level.path}`;
  return offer.kind === "files" ? "_files" : ":";
}

function levelLines(id: string, level: Level): string {
  const described = (word: string, text: string) =>
    quote(`${word.replaceAll(":", "\\:")}:${text.replaceAll(":", "\\:")}`);
  const options = level.options.flatMap(({ flags, description }) =>
    flags.map((flag) => described(flag, description))
  );
  const commands = level.commands.map((item) => described(item.name, item.description));
  return `    ${quote(level.path)})
      options=(${options.join(" ")})
      commands=(${commands.join(" ")})
      if [[ "\${words[CURRENT]}" == -* ]]; then
        _describe option options
      else
        (( \${#commands} )) && _describe command commands
        ${offerWords(id, level.argument, level)}
      fi
      ;;`;
}
