#!/usr/bin/env bash
# Puts the native program into an OCI image as deploy/Dockerfile does, unpacks it, and runs it under chroot: as another user than root, on a root file system
# that cannot be written to. Checks health, an answer and the stop. Needs root, umoci and a libssl; skipped with its reason where one is absent.
# Usage: eng/image-check.sh DIRECTORY      (of the native program)
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
native=$1
user=65532
skip() { echo "image-check is skipped: $*"; exit 0; }
fail() { echo "image-check: $*" >&2; exit 1; }
[ "$(id -u)" = 0 ] || skip "it needs root for chroot."
for tool in umoci unshare chroot curl; do command -v "$tool" >/dev/null 2>&1 || skip "there is no $tool."; done

work=$(mktemp -d)
server=
stop() {
  [ -z "$server" ] || kill -9 "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT

# The base: the libraries that the program and its cryptography load, certificates, a place for temporary files, and nothing else.
base=$work/base
mkdir -p "$base"/{app,etc/ssl/certs,tmp,proc,dev,models}
chmod 1777 "$base/tmp"
libraries=$(ldd "$native/flama" | grep -o '/[^ ]*'; ldconfig -p | grep -oE '/[^ ]*/lib(ssl|crypto)\.so\.3$' | sort -u)
grep -q libssl <<<"$libraries" || skip "there is no libssl."
for library in $libraries $(for l in $libraries; do ldd "$l" 2>/dev/null | grep -o '/[^ ]*' || true; done); do
  mkdir -p "$base$(dirname "$library")"
  cp -Ln "$library" "$base$library"
done
cp /etc/ssl/certs/ca-certificates.crt "$base/etc/ssl/certs/" 2>/dev/null || true
echo "flama:x:$user:$user::/tmp:/none" > "$base/etc/passwd"

umoci init --layout "$work/image"
umoci new --image "$work/image:flama"
umoci insert --image "$work/image:flama" "$base" / >/dev/null
umoci insert --image "$work/image:flama" "$native/flama" /app/flama >/dev/null
umoci config --image "$work/image:flama" --config.user "$user:$user" --config.entrypoint /app/flama --config.env PATH=/app \
  --config.env FLAMA_SERVER_HOST=0.0.0.0 --config.exposedports 8000/tcp --config.stopsignal SIGTERM
umoci unpack --image "$work/image:flama" "$work/bundle" >/dev/null
grep -q "\"uid\": $user" "$work/bundle/config.json" || fail "the image does not run as $user"
rootfs=$work/bundle/rootfs
# The devices that every container has.
mknod -m 666 "$rootfs/dev/null" c 1 3
mknod -m 666 "$rootfs/dev/urandom" c 1 9
cp "$(ls "$root"/tests/fixtures/flm/churn__g3-*zstd*.flm | head -n 1)" "$rootfs/models/churn.flm"

# A mount of its own for this process alone, read-only; it goes away with the process.
inside() { exec unshare --mount --propagation private bash -c '
  mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"
  exec chroot --userspec="$2:$2" "$1" /app/flama "${@:3}"' inside "$rootfs" "$user" "$@"; }

mkfifo "$work/log"
(inside serve /models/churn.flm --server-host 127.0.0.1 --server-port 0 --server-health-port 0) > "$work/log" 2>&1 &
server=$!
exec 3< "$work/log"
url= health=
while { [ -z "$url" ] || [ -z "$health" ]; } && read -r line <&3; do
  echo "$line" >> "$work/lines"
  case $line in
    *"ealth"*"http://"*) health=$(grep -oE 'http://[^ ]*' <<<"$line" | head -n 1) ;;
    *"running on"*) url=$(grep -o 'http://127.0.0.1:[0-9]*' <<<"$line") ;;
  esac
done
[ -n "$url" ] && [ -n "$health" ] || { cat "$work/lines" >&2; fail "the image does not serve"; }
cat <&3 > /dev/null &
(inside health "$health" --debug) > "$work/health" || fail "flama health in the image fails"
curl -sf "$url/" > /dev/null || fail "the image does not answer"
[ "$(stat -c %u "/proc/$server")" = "$user" ] || fail "it runs as $(stat -c %u "/proc/$server")"
kill -TERM "$server"
wait "$server" && code=0 || code=$?
server=
[ "$code" = 0 ] || fail "stopping ended with $code"
echo "The image serves as user $user on a read-only root, answers flama health, and stops with 0: $(du -sm "$rootfs" | cut -f1) MB unpacked."
