#!/usr/bin/env bash
# Runs the README's two lines, from a clean clone, in a Debian 12 that has this machine's Node, and git, and nothing
# else; between them, signs in as each of the three roles. As root; needs debootstrap and 3 GB.
#   test/bare-debian.sh [FOLDER]    default /var/tmp/bare-debian; FOLDER is deleted first
set -euo pipefail
project=$(cd "$(dirname "$0")/.." && pwd)
root=${1:-/var/tmp/bare-debian}

# In namespaces of its own, so that whatever it mounts and starts is gone when it ends.
if [[ ${BARE_DEBIAN_INSIDE:-} != 1 ]]; then
  BARE_DEBIAN_INSIDE=1 exec unshare --mount --pid --fork --kill-child "$0" "$root"
fi

rm -rf --one-file-system "${root:?}"
mirror=$(grep -rhoE 'https?://[^ ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null | head -n 1 | tr -d ' ' || true)
debootstrap --variant=minbase --include=git,ca-certificates,libstdc++6 bookworm "$root" "${mirror:-http://deb.debian.org/debian}"

# Node, and this machine's ways to the package registries.
node=$(readlink -f "$(command -v node)")
modules=$(dirname "$node")/../lib/node_modules
install -D "$node" "$root/usr/local/bin/node"
mkdir -p "$root/usr/local/lib/node_modules"
cp -r "$modules/npm" "$root/usr/local/lib/node_modules/npm"
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
ln -s ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/local/bin/npx"
cp /etc/resolv.conf /etc/hosts "$root/etc/"
cp -r /etc/apt/sources.list* "$root/etc/apt/"
cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
cp ~/.npmrc "$root/root/" 2>/dev/null || true

mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
git clone -q "$project" "$root/root/store"

inside=(chroot "$root" env -i HOME=/root LANG=C.UTF-8 NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
  PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin bash -c)

echo '== npm install && npm start'
log=$root/root/start.log
"${inside[@]}" 'cd /root/store && npm install && SEED_PASSWORD=bare-debian exec npm start' >"$log" 2>&1 &
program=$!
until grep -q '^ready ' "$log"; do
  kill -0 $program 2>/dev/null || { cat "$log"; echo 'bare-debian: the program ended before it was ready'; exit 1; }
  sleep 0.5
done
cat "$log"
"${inside[@]}" 'node --input-type=module' <<'NODE'
for (const role of ['employee', 'supervisor', 'admin']) {
  const body = new URLSearchParams({ email: `${role}@gorak.example`, password: 'bare-debian' });
  const headers = { origin: 'http://localhost:3000' };
  const signIn = await fetch('http://localhost:3000/admin/login', { method: 'POST', redirect: 'manual', headers, body });
  const cookie = signIn.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  const home = await fetch('http://localhost:3000/admin', { redirect: 'manual', headers: { cookie } });
  console.log(`${role}: sign-in ${signIn.status}, home ${home.status}`);
  if (home.status !== 200) process.exit(1);
}
NODE
kill -TERM $program
wait $program || true
[[ ! -e $root/root/store/.data/run ]] || { echo 'bare-debian: the database server was not stopped'; exit 1; }

echo '== npm install && npm test'
"${inside[@]}" 'cd /root/store && npm install && npm test'
