#!/usr/bin/env bash
# Set up what `make` needs: a virtual environment, the pinned Python packages,
# Node.js and the pinned npm packages.
#
#   runtime/tools/setup.sh site    what `make serve` and `make build` need
#   runtime/tools/setup.sh test    that, and what `make check` and `make test` need
#
# It runs before every target. What is already there is kept: beside each set of
# installed packages lies a copy of the lock it came from, and equal locks mean
# that nothing is to be done. Works with the bash 3.2 and BSD tools of macOS.
set -euo pipefail
cd "$(dirname "$0")/../.."

say() { printf "%s\n" "$@" >&2; }

fail() {
    say "$@"
    exit 1
}

# --- Python -----------------------------------------------------------------

# Whether the command runs and the condition holds in it. A version manager's
# shim is on PATH for versions that it then refuses to run, so we run it.
python_is() { # command, condition
    "$1" -c "import sys; v = sys.version_info[:2]; sys.exit(not ($2))" >/dev/null 2>&1
}

find_python() {
    local condition candidate
    if [ -n "${PYTHON:-}" ]; then
        python_is "$PYTHON" "v >= (3, 12)" ||
            fail "PYTHON is set to '$PYTHON', which is not a Python 3.12 or newer that runs."
        command -v "$PYTHON"
        return
    fi
    for condition in "v == (3, 13)" "(3, 12) <= v <= (3, 14)" "v >= (3, 12)"; do
        for candidate in \
            python3.13 python3.14 python3.12 python3 python \
            "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.*/bin/python3 \
            "$HOME"/.local/share/uv/python/cpython-3.*/bin/python3 \
            /opt/homebrew/bin/python3.[0-9]* /usr/local/bin/python3.[0-9]* \
            /Library/Frameworks/Python.framework/Versions/3.*/bin/python3; do
            if python_is "$candidate" "$condition"; then
                command -v "$candidate"
                return
            fi
        done
    done
    fail "The site needs Python 3.12 or newer (3.13 is best) and found none." \
        "Install it, or say where it is: make PYTHON=/path/to/python3.13"
}

# Debian splits the venv module's installer off into a package of its own.
ensure_venv_module() { # python
    local package
    "$1" -c "import ensurepip, venv" >/dev/null 2>&1 && return
    package=$("$1" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "Installing $package"
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" >&2
    else
        fail "This Python has no venv module. Install it, then run make again:" \
            "    sudo apt-get install $package"
    fi
}

ensure_venv() {
    local python
    python_is .venv/bin/python "v >= (3, 12)" && return
    python=$(find_python)
    ensure_venv_module "$python"
    say "Creating .venv with $python"
    "$python" -m venv --clear .venv
}

# The site's macros, the scripts here and `python -m planner` import from this folder.
ensure_importable() {
    local packages
    packages=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    [ "$(cat "$packages/parley.pth" 2>/dev/null)" = "$PWD" ] || echo "$PWD" >"$packages/parley.pth"
}

installed() { cmp -s "requirements/$1.txt" ".venv/installed-$1.txt"; }

install_packages() { # name of a file in requirements/
    installed "$1" && return
    say "Installing the Python packages of requirements/$1.txt"
    .venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check \
        --require-hashes --requirement "requirements/$1.txt"
    cp "requirements/$1.txt" ".venv/installed-$1.txt"
}

# --- Node.js ----------------------------------------------------------------

node_works() {
    node -e 'process.exit(parseInt(process.versions.node, 10) >= 20 ? 0 : 1)' >/dev/null 2>&1 &&
        npm --version >/dev/null 2>&1
}

npm_packages_installed() {
    cmp -s runtime/package-lock.json runtime/node_modules/installed-lock.json
}

ensure_node() {
    # With Node of its own a machine keeps it; the virtual environment holds the other.
    node_works && return
    install_packages node
    node_works || fail "The site needs Node.js 20 or newer with npm; the one installed in .venv does not run."
}

install_npm_packages() {
    npm_packages_installed && return
    say "Installing the npm packages of runtime/package-lock.json"
    (cd runtime && npm ci --ignore-scripts --loglevel=error --no-progress >&2)
    cp runtime/package-lock.json runtime/node_modules/installed-lock.json
}

# ----------------------------------------------------------------------------

PATH="$PWD/.venv/bin:$PATH"
case "${1:-}" in
site | test) ;;
*) fail "usage: runtime/tools/setup.sh site|test" ;;
esac
ensure_venv
ensure_importable
# Where Node is there already, its packages come beside Python's: each takes a core.
npm=
if node_works; then
    install_npm_packages &
    npm=$!
fi
# test.txt holds all of site.txt, in the same versions.
if [ "$1" = test ] || ! installed test; then install_packages "$1"; fi
ensure_node
if [ "$npm" ]; then wait "$npm"; else install_npm_packages; fi
