import { type Level, type Offer, type Program, steps } from "./_levels.ts";

/** Writes the completions of a program for fish. */
export function fish({ name, id, title, levels }: Program): string {
  return `#!/usr/bin/env fish
# ${title}

function __fish_${id}_at
  set -l cmd ""
  set -l words (commandline -opc)
  for word in $words[2..-1]
    switch "$cmd $word"
${levels.flatMap(steps).map(stepLines).join("\n")}
    end
  end
  test "$cmd" = "$argv[1]"
end

complete -c ${name} -f
${levels.flatMap((level) => levelLines(name, id, level)).join("\n")}`;
}

function stepLines({ words, path }: { words: string[]; path: string }): string {
  return `      case ${words.map(quote).join(" ")}\n        set cmd ${quote(path)}`;
}

function levelLines(name: string, id: string, level: Level): string[] {
  const start = `complete -c ${name} -n ${quote(`__fish_${id}_at ${quote(level.path)}`)}`;
  const options = level.options.map(({ flags, description, value }) => {
    const names = flags.map((flag) =>
      flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`
    );
    const values = value ? ` ${offerWords(name, value, level, "-r ")}` : "";
    return `${start} ${names.join(" ")}${values} -d ${quote(description)}`;
  });
  const commands = level.commands.map((item) =>
    `${start} -a ${quote(item.name)} -d ${quote(item.description)}`
  );
  const argument = level.argument.kind === "nothing"
    ? []
    : [`${start} ${offerWords(name, level.argument, level, "")}`.trimEnd()];
  return [...options, ...commands, ...argument];
}

function offerWords(name: string, offer: Offer, level: Level, need: "-r " | ""): string {
  if (offer.kind === "files") return `${need}-F`;
  if (offer.kind === "nothing") return need.trim();
  const ask = `(${name} completions complete ${offer.action}${level.path} 2>/dev/null)`;
  return `${need}-f -a ${quote(ask)}`;
}

/** Writes a text in fish's single quotes. */
function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
