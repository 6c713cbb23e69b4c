#!/usr/bin/env bash
# Everything that must hold before a change lands, and all that CI runs:
#   installs what a fresh Debian machine with the .NET SDK lacks, restores, checks the format,
#   builds with warnings as errors, runs every test, and ends with one line: N passed, N failed[, N skipped].
# Works from any directory. --long also runs the tests that take minutes.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

passed=0 failed=0 skipped=0 complete=no
logs=artifacts/test

# Printed last whatever happens, so that a run cut short cannot look like one that passed.
finish() {
    local status=$?
    trap - EXIT
    if [ "$complete" != yes ] && [ "$failed" -eq 0 ]; then failed=1; fi
    [ "$failed" -eq 0 ] || status=1
    local line="$passed passed, $failed failed"
    [ "$skipped" -eq 0 ] || line="$line, $skipped skipped"
    printf '\n%s\n' "$line"
    exit "$status"
}
trap finish EXIT
trap 'echo "Interrupted."; exit 130' INT TERM

step() { printf '\n== %s\n' "$*"; }
stop() { printf '%s\n' "$*"; failed=$((failed + 1)); exit 1; }

while [ $# -gt 0 ]; do
    case $1 in
        --long) export LATCHKEY_LONG=1 ;;
        *) stop "Unknown option $1. Usage: ./test.sh [--long]" ;;
    esac
    shift
done

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# A build node that outlives this script would keep its output pipe open, and CI waiting.
export MSBUILDDISABLENODEREUSE=1 MSBUILDTERMINALLOGGER=off

step "Tools"
command -v dotnet > /dev/null || stop "The .NET SDK is missing: install the version that global.json names, then run this again."
dotnet --version || stop "No .NET SDK here satisfies global.json."
# need COMMAND PACKAGE WHY: a fresh Debian machine lacks these; elsewhere the person installs them.
need() {
    command -v "$1" > /dev/null || install "$@"
}
install() {
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get > /dev/null; then
        stop "$1 is missing: $3. Install it (as root: apt-get install $2), then run this again."
    fi
    echo "Installing $2"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2"; } > /dev/null \
        || stop "apt-get could not install $2."
}
need chromium chromium "the browser tests drive it"
chromium --version || stop "Chromium is installed but does not start."
need node nodejs "other people's clients are tried with it"
need npm npm "it fetches what the tests take from tests/npm/package.json"
need strace strace "the fault tests watch the server's system calls with it, and make them fail"
# Debian's own Python, since the library is Debian's.
/usr/bin/python3 -c "import libcloud" 2> /dev/null || install libcloud python3-libcloud "the API is tried with it"
[ -n "$(find /usr/lib/postgresql/*/bin -name initdb 2> /dev/null)" ] || install initdb postgresql "the stores and flows are run on it too"
need debootstrap debootstrap "the container image is tried on it"
need systemd-analyze systemd "it reads packaging/latchkey.service"
need nginx nginx-light "docs/guides/reverse-proxy.md is tried with it"
need haproxy haproxy "and with it"
need caddy caddy "and with it"
node --version && npm --version || stop "Node.js is installed but does not start."

step "Restore"
# Once the lock files are checked in, a package that changed behind its version is refused.
locked=()
[ ! -f src/Latchkey.Protocol/packages.lock.json ] || locked=(--locked-mode)
dotnet restore Latchkey.slnx -v quiet ${locked[@]+"${locked[@]}"} || stop "The packages could not be restored."
# No package runs a script of its own on this machine, and one that changed behind its version is refused.
(cd tests/npm && npm ci --ignore-scripts --no-audit --no-fund) || stop "The npm packages of tests/npm/package-lock.json could not be installed."
for project in {src,samples,tests,bench}/*/*.csproj; do
    [ ! -f "$project" ] || grep -qF "\"$project\"" Latchkey.slnx || stop "$project is not in Latchkey.slnx, so nothing here would build it."
done

step "Build"
dotnet build Latchkey.slnx --no-restore -v quiet || stop "The build failed."

step "Format"
if dotnet format Latchkey.slnx --no-restore --verify-no-changes; then
    echo "as it should be"
else
    echo "Run: dotnet format"
    failed=$((failed + 1))
fi

step "Tests"
mkdir -p "$logs"

# The number after a label in the runner's closing summary.
total() { sed -nE "s/^ +$2: ([0-9]+)$/\1/p" "$1" | tail -n 1; }

# run PROJECT LABEL [OPTION...]: one test program, its totals added up.
run() {
    local name=$1 label=$2
    shift 2
    local log="$logs/$label.log" started=$SECONDS status ok bad left
    # 8 is "no test ran": the totals say so. The limit ends a runner that hangs.
    timeout --kill-after=10 900 "artifacts/bin/$name/debug/$name" --progress off --no-ansi --ignore-exit-code 8 "$@" > "$log" 2>&1 < /dev/null
    status=$?
    ok=$(total "$log" succeeded) bad=$(total "$log" failed) left=$(total "$log" skipped)
    passed=$((passed + ${ok:-0})) skipped=$((skipped + ${left:-0}))
    # A runner that ended badly without a failed test (crashed, hung, never started) counts as one.
    if [ "$status" -ne 0 ] && [ "${bad:-0}" -eq 0 ]; then bad=1; fi
    failed=$((failed + ${bad:-1}))
    printf '%-40s %5s passed %3s failed %3s skipped %5ss\n' "$label" "${ok:-0}" "${bad:-1}" "${left:-0}" "$((SECONDS - started))"
    if [ "${bad:-1}" -ne 0 ]; then
        head -n 400 "$log"
        echo "(exit code $status; all of it in $log)"
    elif [ "${left:-0}" -ne 0 ]; then
        grep -A 2 '^skipped' "$log"
    fi
}

for project in tests/*/*.csproj; do
    name=$(basename "$project" .csproj)
    run "$name" "$name"
done

# The same once more with PostgreSQL, where the flows run on two nodes. Left out is what looks into SQLite's files, what the
# database has no part in, and faults, of which each node keeps its own count.
export LATCHKEY_TEST_DATABASE=postgres
for name in Latchkey.LoginServer.Tests Latchkey.Compatibility.Tests Latchkey.Model.Tests Latchkey.Fuzz; do
    run "$name" "$name, PostgreSQL"
done
flows() {
    run Latchkey.Flows.Tests "Latchkey.Flows.Tests, $1" \
        --filter-not-namespace Latchkey.Flows.Tests.Theft Latchkey.Flows.Tests.Description Latchkey.Flows.Tests.InChromium \
        Latchkey.Flows.Tests.DeliberateFaults
}
flows PostgreSQL
# And with the grants of those two nodes on three servers, set up by what docs/guides/scale-out.md says.
LATCHKEY_TEST_DATABASE=postgres-spread
flows "three PostgreSQLs"

complete=yes
