# shellcheck shell=bash
# Shared by scripts/run, scripts/test, scripts/lint and .ci/run; not to be run by itself.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }

die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# packages SECTION...: the names listed under [SECTION] in scripts/packages.txt.
packages() {
  local section
  for section in "$@"; do
    awk -v want="[$section]" '/^\[/ { on = ($0 == want); next } /^#|^$/ { next } on' \
      "$top/scripts/packages.txt"
  done
}

# install_missing SECTION...: installs what is not there yet; needs root only for that.
install_missing() {
  local wanted missing=() name as_root=()
  mapfile -t wanted < <(packages "$@")
  command -v dpkg-query >/dev/null || die "this script installs Debian packages, and dpkg is not here; install what scripts/packages.txt lists by hand and build with: cmake --workflow --preset dev"
  local installed
  installed=$(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' 2>/dev/null | sed -n 's/^ii //p')
  for name in "${wanted[@]}"; do
    grep -qxF "$name" <<<"$installed" || missing+=("$name")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || die "these packages are missing; install them as root: ${missing[*]}"
    as_root=(sudo)
  fi
  say "installing ${#missing[@]} Debian packages: ${missing[*]}"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    "${missing[@]}" >/dev/null
}

# build PRESET [TARGET...]: configures where needed, and builds.
build() {
  local preset=$1
  shift
  cd "$top" || exit 1
  if [ ! -f "build/$preset/build.ninja" ]; then
    say "configuring build/$preset"
    cmake --preset "$preset" >/dev/null
  fi
  say "building build/$preset"
  if [ $# -gt 0 ]; then cmake --build --preset "$preset" --target "$@"; else cmake --build --preset "$preset"; fi
}
