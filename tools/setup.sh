#!/bin/sh
# Set up what `make run` and `make test` need: a virtual environment from the lock file and, where
# this user may install them, the system packages (Chinese fonts; for the tests a browser, too).
# Usage: sh tools/setup.sh run|test|lock
set -eu

purpose="${1:-run}"
python="${PYTHON:-python3}"
venv=".venv"

say() { printf '%s\n' "$*" >&2; }
stop() { say "setup: $*"; exit 1; }

apt() {
    if [ "$(id -u)" = 0 ]; then command apt-get "$@"; else sudo -n apt-get "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

# install_system PACKAGE...: install Debian packages, refreshing the list once if it is stale.
install_system() {
    may_install || return 1
    DEBIAN_FRONTEND=noninteractive
    export DEBIAN_FRONTEND
    apt install -y --no-install-recommends "$@" >/dev/null 2>&1 && return 0
    apt update >/dev/null && apt install -y --no-install-recommends "$@" >/dev/null
}

python_is_new_enough() {
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

make_venv() {
    command -v "$python" >/dev/null 2>&1 || stop "no $python; install Python 3.11 or newer"
    python_is_new_enough || stop "$python is older than 3.11; name a newer one: make PYTHON=python3.12"
    [ -x "$venv/bin/python" ] && [ -x "$venv/bin/pip" ] && return 0
    rm -rf "$venv"
    if ! "$python" -m venv "$venv" >/dev/null 2>&1; then
        rm -rf "$venv"
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        install_system "python$version-venv" || install_system python3-venv \
            || stop "cannot make a virtual environment; install the package python3-venv"
        "$python" -m venv "$venv"
    fi
}

# The same places as find_browser in tests/browser/visit.py.
find_browser() {
    [ -x "${FENGTU_BROWSER:-}" ] && return 0
    for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    [ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ] ||
        [ -x "/Applications/Chromium.app/Contents/MacOS/Chromium" ]
}

has_chinese_font() {
    [ "$(uname -s)" = Darwin ] && return 0
    [ -f "${FENGTU_FONT:-}" ] && return 0
    command -v fc-list >/dev/null 2>&1 && fc-list ':lang=zh-cn' family 2>/dev/null | grep -q .
}

system_for_tests() {
    if ! find_browser; then
        say "setup: installing Chromium for the browser tests"
        install_system chromium || stop "no Chromium or Chrome; install one (Debian: apt-get install chromium) or name it in FENGTU_BROWSER"
    fi
}

# The same places as find_programs in tests/store/postgres.py.
find_postgres() {
    command -v initdb >/dev/null 2>&1 && return 0
    set -- /usr/lib/postgresql/*/bin/initdb
    [ -x "$1" ] && ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1
}

# The store's tests start a private server of these programs; the system's own is never touched.
postgres_for_tests() {
    find_postgres && return 0
    say "setup: installing PostgreSQL and PostGIS for the tests of the store"
    install_system postgresql postgresql-postgis && find_postgres \
        || say "setup: no PostgreSQL with PostGIS found and none could be installed; the tests of the store run on SQLite alone (Debian: apt-get install postgresql postgresql-postgis)"
}

# What the PDF briefs embed; the rest of Fengtu works without it.
chinese_font() {
    has_chinese_font && return 0
    say "setup: installing a Chinese font for the PDF briefs"
    install_system fontconfig fonts-noto-cjk \
        || say "setup: no Chinese font found and none could be installed; PDF briefs will not work until there is one (Debian: apt-get install fonts-noto-cjk, or name a font file in FENGTU_FONT)"
}

pip_install() {
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@"
}

case "$purpose" in
run)
    make_venv
    pip_install -r requirements.lock
    chinese_font
    ;;
test)
    make_venv
    pip_install -r requirements.lock -r requirements-dev.lock
    system_for_tests
    postgres_for_tests
    chinese_font
    ;;
lock)
    rm -rf .venv-lock
    "$python" -m venv .venv-lock
    .venv-lock/bin/python -m pip install --quiet -r requirements.txt
    { echo "# Exact versions; made by 'make lock' from requirements.txt."
      .venv-lock/bin/python -m pip freeze --exclude pip --exclude setuptools; } >requirements.lock
    .venv-lock/bin/python -m pip install --quiet -r requirements-dev.txt
    { echo "# Exact versions; made by 'make lock' from requirements-dev.txt."
      .venv-lock/bin/python -m pip freeze --exclude pip --exclude setuptools \
          | grep -vxFf requirements.lock; } >requirements-dev.lock
    rm -rf .venv-lock
    ;;
*)
    stop "usage: sh tools/setup.sh run|test|lock"
    ;;
esac
