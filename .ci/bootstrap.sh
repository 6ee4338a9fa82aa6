#!/bin/sh
# Makes .venv: finds or fetches uv and a fitting Python, and installs exactly what uv.lock names.
# Needs only sh and any Python 3; takes no time when nothing has changed. `make setup` calls it.
set -eu
cd "$(dirname "$0")/.."
root=$(pwd)
stamp=.venv/.groundwork-setup
log=.uv/setup.log

say() { printf '%s\n' "$*" >&2; }
fail() { say "Setup failed: $*"; exit 1; }

# --- Nothing to do? ---------------------------------------------------------------------------------------------------
# By content, since a checkout changes file times; with the folder's name, since a .venv that was moved is broken.
wanted="$root $(cat pyproject.toml uv.lock .ci/bootstrap.sh | cksum)"
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && .venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi

case $(cat "$stamp" 2>/dev/null) in
    '' | "$root "*) ;;
    *) rm -rf .venv ;; # its programs still point to where it was
esac

# --- Surroundings -----------------------------------------------------------------------------------------------------
export UV_SYSTEM_CERTS=1 UV_NATIVE_TLS=1        # certificates of this machine, also behind a company's proxy (new and old name)
export UV_PROJECT_ENVIRONMENT="$root/.venv"
export UV_PYTHON_DOWNLOADS=manual               # never as a side effect; below it is asked for when nothing else is left
# Everything stays in this folder, unless a machine that builds often has a cache of its own to name.
export UV_CACHE_DIR="${UV_CACHE_DIR:-$root/.uv/cache}" UV_PYTHON_INSTALL_DIR="${UV_PYTHON_INSTALL_DIR:-$root/.uv/python}"
export UV_PYTHON_INSTALL_BIN=0                  # no python3.13 in ~/.local/bin
export UV_NO_PROGRESS=1
[ -n "${HOME:-}" ] || { HOME="$root/.uv/home"; export HOME; }
unset VIRTUAL_ENV PYTHONPATH PYTHONHOME UV_PYTHON_PREFERENCE || true
mkdir -p .uv
: > "$log"

explain() { # what went wrong, in one line, from the log of the command that failed
    if grep -qiE 'lockfile.*needs to be updated|unable to find lockfile' "$log"; then
        fail "uv.lock does not belong to pyproject.toml: run 'uv lock' (or .uv/bin/uv lock), then again."
    elif grep -qiE 'no space left' "$log"; then
        fail "the disk is full."
    elif grep -qiE 'dns error|error sending request|failed to (fetch|download)|connection|network|timed out|resolve host|name resolution|no matching distribution|could not find a version|tls|certificate' "$log"; then
        fail "$1 could not be fetched. Check the network (behind a proxy: set HTTPS_PROXY), then run it again. Details: $log"
    fi
    fail "$1 could not be installed: $(grep -v '^[[:space:]]*$' "$log" | tail -n 1) Details: $log"
}

# --- Pythons on this machine ------------------------------------------------------------------------------------------
# A name on the PATH proves nothing (version managers leave stubs that fail), so each candidate is run.
candidates() {
    for name in python3 python3.13 python3.14 python3.12 python3.15 python; do
        command -v "$name" 2>/dev/null || true
    done
    for folder in "${PYENV_ROOT:-}" "$HOME/.pyenv" "$(getent passwd "$(id -u)" 2>/dev/null | cut -d: -f6)/.pyenv"; do
        for found in "$folder"/versions/*/bin/python; do
            if [ -x "$found" ]; then printf '%s\n' "$found"; fi
        done
    done
    for found in /usr/local/bin/python3.1? /opt/homebrew/bin/python3.1?; do
        if [ -x "$found" ]; then printf '%s\n' "$found"; fi
    done
}

first_python() { # the first candidate for which the Python expression $1 is true; prints where it really lies
    candidates | while IFS= read -r candidate; do
        real=$("$candidate" -c "import sys; ok = $1; print(sys.executable if ok else '')" 2>/dev/null </dev/null) || continue
        if [ -n "$real" ]; then printf '%s\n' "$real"; break; fi
    done
}

# SQLite 3.37 is Django's minimum; ctypes is how PDFs find their libraries; a build without the global lock lacks wheels.
fits="(3, 12) <= sys.version_info[:2] < (3, 16) and __import__('sqlite3').sqlite_version_info >= (3, 37) and __import__('ctypes') and __import__('ssl') and not __import__('sysconfig').get_config_var('Py_GIL_DISABLED')"

# --- uv ---------------------------------------------------------------------------------------------------------------
if [ -x .uv/bin/uv ] && .uv/bin/uv --version >/dev/null 2>&1; then
    uv=$root/.uv/bin/uv
elif uv=$(command -v uv 2>/dev/null) && "$uv" --version >/dev/null 2>&1; then
    :
else
    say "Getting uv, which installs the rest (only the first time) ..."
    any=$(first_python "sys.version_info >= (3, 8) and __import__('venv') and __import__('ensurepip')")
    [ -n "$any" ] || fail "no Python 3 with venv and pip was found. Install one (Debian: apt-get install python3-venv; macOS: brew install python), or install uv itself, then run it again."
    new=.uv/new.$$                  # of this call alone: `make run` and `make test` may both be setting up
    "$any" -m venv --clear "$new" >"$log" 2>&1 ||
        fail "$any could not make a virtual environment (Debian: apt-get install python3-venv). Details: $log"
    "$new/bin/python" -m pip install --disable-pip-version-check --no-cache-dir --quiet 'uv>=0.9' >"$log" 2>&1 || explain "uv"
    mkdir -p .uv/bin
    mv "$new/bin/uv" .uv/bin/uv     # one self-contained program; the environment it came in is not needed
    rm -rf "$new"
    uv=$root/.uv/bin/uv
fi

# --- Python -----------------------------------------------------------------------------------------------------------
if [ -n "${UV_PYTHON:-}" ]; then
    python=$UV_PYTHON                                         # asked for by name: take that one or fail
elif .venv/bin/python -c "import sys; sys.exit(not ($fits))" 2>/dev/null; then
    python=$root/.venv/bin/python                             # keep what is there
else
    python=$(first_python "$fits")
    [ -n "$python" ] || python=$("$uv" python find --no-project '>=3.12,<3.16' 2>/dev/null) || python=
    if [ -z "$python" ]; then
        say "Getting Python 3.13, since none from 3.12 up was found here ..."
        "$uv" python install 3.13 >"$log" 2>&1 ||
            fail "no Python from 3.12 to 3.15 was found, and none could be fetched. Install one (Debian 13, Ubuntu 24.04 or later: apt-get install python3; macOS: brew install python@3.13; pyenv: pyenv install 3.13), then run it again. Details: $log"
        python=$("$uv" python find --no-project --managed-python 3.13)
    fi
fi

# --- The locked dependencies ------------------------------------------------------------------------------------------
say "Installing what uv.lock names into .venv ..."
# Compiled here: where PYTHONDONTWRITEBYTECODE is set, every later start would otherwise compile everything again.
"$uv" sync --locked --compile-bytecode --python "$python" >"$log" 2>&1 || explain "the dependencies"
printf '%s' "$wanted" > "$stamp"

# --- What pip cannot install ------------------------------------------------------------------------------------------
.venv/bin/python -c 'from reports.checks import REMEDY, missing_libraries as missing
if missing(): print("Note: no PDF can be made here, pango was not found.", REMEDY)' >&2
