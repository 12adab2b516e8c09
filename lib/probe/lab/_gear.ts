/** A switch of the lab: a shell script that speaks as network gear does. */
import { join } from "node:path";

/** What it is asked for and by whom. */
export interface GearSecrets {
  /** The password of privileged mode; without it none is asked for. */
  readonly enable?: string;
  /** Who must log in, and how; without it nobody must. */
  readonly login?: { readonly user: string; readonly password: string };
}

/**
 * Writes the switch into a folder.
 *
 * @param folder Where.
 * @param secrets What it asks for; only the user who starts it can read them.
 * @returns The program's path.
 */
export async function writeGear(folder: string, secrets: GearSecrets): Promise<string> {
  const file = join(folder, "gear");
  const { enable = "", login = { user: "", password: "" } } = secrets;
  const head = [
    "#!/bin/sh",
    `GEAR_ENABLE='${enable}'`,
    `GEAR_USER='${login.user}'`,
    `GEAR_PASSWORD='${login.password}'`,
    "",
  ].join("\n");
  await Deno.writeTextFile(file, head + SCRIPT, { mode: 0o700 });
  return file;
}

const SCRIPT = String
  .raw`# Speaks as a switch does: user and privileged mode, a pager, questions, colours, errors.
# GEAR_ENABLE is the password of privileged mode; GEAR_USER and GEAR_PASSWORD those of a login.
name=r1
mode='>'
length=10

more() {
  lines=0
  while IFS= read -r line; do
    printf '%s\n' "$line"
    lines=$((lines + 1))
    if [ "$length" -gt 0 ] && [ $((lines % length)) -eq 0 ]; then
      printf ' --More-- '
      saved=$(stty -g </dev/tty)
      stty -icanon -echo min 1 </dev/tty
      key=$(dd bs=1 count=1 2>/dev/null </dev/tty)
      stty "$saved" </dev/tty
      printf '\b\b\b\b\b\b\b\b\b\b          \b\b\b\b\b\b\b\b\b\b'
      [ "$key" != q ] || break
    fi
  done
}

hidden() {
  stty -echo
  IFS= read -r word
  stty echo
  printf '\n'
}

printf '\r\nAuthorised users only #\r\n\r\n'
if [ -n "$GEAR_USER" ]; then
  tries=0
  while :; do
    printf 'Username: '
    IFS= read -r user || exit 1
    printf 'Password: '
    hidden
    [ "$user" = "$GEAR_USER" ] && [ "$word" = "$GEAR_PASSWORD" ] && break
    printf '%% Login invalid\n\n'
    tries=$((tries + 1))
    [ "$tries" -lt 3 ] || exit 1
  done
fi
while printf '\033[1m%s%s\033[0m' "$name" "$mode" && IFS= read -r command; do
  case $command in
  'terminal length 0') length=0 ;;
  'show version') printf 'Gear OS 1.2\nUptime is 3 days>\n' ;;
  'show long') seq -f 'line %.0f' 1 25 | more ;;
  'show hash') printf 'a line that ends with r9#' && sleep 0.2 && printf '\nand goes on\n' ;;
  enable)
    if [ -n "$GEAR_ENABLE" ]; then
      printf 'Password: '
      hidden
      [ "$word" = "$GEAR_ENABLE" ] || { printf '%% Access denied\n' && continue; }
    fi
    mode='#'
    ;;
  'configure terminal') [ "$mode" = '#' ] && mode='(config)#' || printf '%% Invalid input\n' ;;
  end) mode='#' ;;
  reload)
    printf 'Proceed with reload? [confirm]'
    IFS= read -r answer
    printf 'Not today, you said <%s>\n' "$answer"
    ;;
  flood) yes 'more and more' ;;
  hang) sleep 60 ;;
  exit) exit 0 ;;
  '') ;;
  *) printf '%% Invalid input detected: %s\n' "$command" ;;
  esac
done
`;
