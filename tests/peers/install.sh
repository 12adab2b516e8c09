#!/bin/sh
# Installs the Debian packages of commands that are missing: install.sh COMMAND:PACKAGE...
# Services that they bring are not started: the tests start what they need, on loopback, and end it.
set -eu
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export PATH

missing=
for pair; do
  command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair#*:}"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "not here, and only root can install with apt-get:$missing" >&2
  exit 1
fi
echo "installing$missing" >&2
policy=/usr/sbin/policy-rc.d
if ! [ -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >&2
# shellcheck disable=SC2086 # one word a package
apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 $missing >/dev/null
