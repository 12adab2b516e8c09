#!/bin/sh
# Redirections, pipes, subshells, background jobs.
# usage: script.sh FOLDER
cd "$1" || exit 1
mkdir -p one/two
echo text >one/two/file
(cd one && cat two/file | tr a-z A-Z >../upper)
for i in 1 2 3 4 5; do
  (cd one/two && exec cat file ../../upper >"../out-$i") &
done
wait
exec 5<upper
cat <&5 >/dev/null
test -f one/nothing || ls one >/dev/null
