#!/bin/sh
# Compiles 34 files, four at a time: over a hundred processes.
# usage: build.sh FOLDER
set -eu
cd "$1"
i=0
while [ $i -lt 34 ]; do
  printf '#include <stddef.h>\nsize_t f%d(void) { return %d; }\n' $i $i >"f$i.c"
  i=$((i + 1))
done
ls f*.c | xargs -P 4 -n 1 cc -pipe -c
cat f*.o >all.bin
