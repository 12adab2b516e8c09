#!/bin/sh
# A program and its runtime in one file, unpacked once into a private cache folder.
# What is here must be there in every system: sh, ls, tail, head, gzip, tar, mkdir, mv, rm, chmod, id.
set -u
name=@NAME@ hash=@HASH@ bytes=@DENO_BYTES@

say() { printf '%s: %s\n' "$name" "$*" >&2; }

# Whether $1 holds all of it, belongs to this user and can be changed by nobody else.
whole() {
  [ -f "$1/complete" ] && [ -d "$1" ] && ! [ -L "$1" ] && [ -O "$1" ] && [ -O "$1/deno" ] || return 1
  read -r stamp <"$1/complete" && [ "$stamp" = "$hash" ] || return 1
  { read -r folder _ && read -r mode _ _ _ size _; } <<EOF
$(ls -ldn -- "$1" "$1/deno" 2>/dev/null)
EOF
  case $folder in drwx------*) ;; *) return 1 ;; esac
  case $mode in -r-x------*) ;; *) return 1 ;; esac
  [ "$size" = "$bytes" ]
}

# Starts the program if $1 holds it; the rest are its arguments.
start() {
  base=$1
  [ -O "$base" ] && whole "$base/packed/$hash" || return 0
  shift
  export VERSUS_OUTER_DENO_DIR="${DENO_DIR-}" DENO_DIR="$base/deno" DENO_NO_UPDATE_CHECK=1
  exec "$base/packed/$hash/deno" run @PERMISSIONS@ --quiet --no-config --no-lock --cached-only \
    "$base/packed/$hash/main.js" "$@"
}

# Unpacks into $1. A rename puts the folder in its place, so that it is there whole or not at all.
unpack() (
  packed=$1/packed
  umask 077
  # In a folder that all can write to, a folder of one's own must be closed to them.
  mkdir -p "$1" 2>/dev/null && [ -O "$1" ] &&
    { [ "$1" != "$private" ] || { ! [ -L "$1" ] && chmod 700 "$1"; }; } || exit 1
  mkdir -p "$packed" 2>/dev/null && [ -O "$packed" ] && ! [ -L "$packed" ] &&
    chmod 700 "$packed" || exit 1
  for old in "$packed"/part.*; do # from starts that were cut off
    [ -d "$old" ] && ! kill -0 "${old##*.}" 2>/dev/null && rm -rf "$old"
  done
  part=$packed/part.$$
  mkdir "$part" 2>/dev/null || exit 1
  trap 'rm -rf "$part"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  # Where there is no room the other folder is tried: what gzip says of this one is no matter.
  {
    tail -c +@DENO_FROM@ "$self" | head -c @DENO_PACKED@ | gzip -dc >"$part/deno" &&
      chmod 500 "$part/deno" &&
      tail -c +@REST_FROM@ "$self" | gzip -dc | tar -xf - -C "$part" && chmod 700 "$part" &&
      printf '%s\n' "$hash" >"$part/complete" && whole "$part"
  } 2>/dev/null || exit 1
  if [ -e "$packed/$hash" ] && ! whole "$packed/$hash"; then
    mv "$packed/$hash" "$part.bad"
    if whole "$part.bad"; then mv "$part.bad" "$packed/$hash"; else rm -rf "$part.bad"; fi
  fi
  # Another start may have been faster: then this one moves into its folder, and goes.
  whole "$packed/$hash" || mv "$part" "$packed/$hash" 2>/dev/null
  rm -rf "$packed/$hash/part.$$"
  whole "$packed/$hash"
)

self=$0
[ -f "$self" ] || self=$(command -v -- "$self")

# The folders that can be used, best first.
private=
if [ -n "${VERSUS_HOME:-}" ]; then
  one=$VERSUS_HOME/cache two=
else
  case ${XDG_CACHE_HOME:-} in /*) one=$XDG_CACHE_HOME/versus ;; *) one= ;; esac
  if [ -z "$one" ] && [ -n "${HOME:-}" ]; then
    one=$HOME/.cache/versus
    [ -d "$HOME/Library/Caches" ] && one=$HOME/Library/Caches/versus
  fi
  two=${TMPDIR:-/tmp}/versus-
fi

[ -n "$one" ] && start "$one" "$@"
[ -n "$two" ] && private=$two$(id -u) && start "$private" "$@"
[ -n "$one" ] && unpack "$one" && start "$one" "$@"
[ -n "$two" ] && unpack "$private" && start "$private" "$@"
say "cannot unpack into ${one:-$private}: it must be a folder of your own with room for 150 MB"
say "VERSUS_HOME can name another"
exit 1
