# Sourced by ./run and ./test: says what happens, installs missing packages, configures and builds.
# Everything it prints goes to standard error, so that `./run run FILE` prints exactly what the program prints.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }

missing_packages() {
    local wanted
    mapfile -t wanted < <(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$root/scripts/packages.txt")
    # Virtual or unknown names make dpkg-query fail; what it does list as installed is enough to know.
    comm -23 <(printf '%s\n' "${wanted[@]}" | sort) \
        <(dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null |
            sed -n 's/^installed //p' | sort -u)
}

install_packages() {
    if ! command -v dpkg-query >/dev/null; then
        say "not Debian or Ubuntu: install the counterparts of scripts/packages.txt yourself"
        return
    fi
    local missing
    mapfile -t missing < <(missing_packages)
    if [ ${#missing[@]} -eq 0 ]; then
        return
    fi
    mkdir -p "$root/build"
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            say "please install as root: apt-get install ${missing[*]}"
            exit 1
        fi
        as_root=(sudo)
    fi
    say "installing ${#missing[@]} missing packages: ${missing[*]}"
    # Recommended packages stay out: nothing here needs them and they double the download.
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0)
    # What dpkg says of each package matters only when one fails.
    if ! { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "${missing[@]}"; } \
        >"$root/build/packages.log" 2>&1; then
        tail -n 40 "$root/build/packages.log" >&2
        say "the packages could not be installed; everything apt-get printed is in build/packages.log"
        exit 1
    fi
}

# build PRESET [TARGET...]: configures once and builds; prints the compiler's output only when something goes wrong.
build() {
    local preset=$1 log
    shift
    log=$root/build/$preset.log
    mkdir -p "$root/build"
    say "building $preset"
    if ! (
        cd "$root" || exit 1
        if [ ! -f "build/$preset/build.ninja" ]; then cmake --preset "$preset" || exit 1; fi
        cmake --build "build/$preset" ${1:+--target "$@"}
    ) >"$log" 2>&1; then
        grep -E -A 12 'error|FAILED|CMake Error' "$log" | head -n 80 >&2
        say "the build failed; everything it printed is in build/$preset.log"
        exit 1
    fi
}
