# For the scripts of this folder: a place for what they write, and servers that end with them. Sourced after `cd` to the root of the checkout.

work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT

# A program that a script cannot do without: NAME, the package of Debian that has it.
needs() { command -v "$1" >/dev/null || { echo "$1 is not installed (Debian: apt-get install $2)."; exit 2; }; }

# Publishes a project into a folder of its own: PROJECT NAME.
publish() { dotnet publish "$1" -c Release -o "$work/$2" -v quiet -nologo; }

# Starts a server and waits for the address it prints: NAME PATTERN COMMAND...; sets url and pid. What it prints is in $work/NAME.log.
serve() {
  local log="$work/$1.log" pattern=$2
  shift 2
  : >"$log"
  "$@" >"$log" 2>&1 & pid=$!; pids+=("$pid")
  until url=$(grep -m1 -oE "$pattern" "$log" | grep -oE 'http://127\.0\.0\.1:[0-9]+'); do
    kill -0 "$pid" 2>/dev/null || { cat "$log" >&2; exit 1; }
    read -r -t 0.05 <> <(:) || true
  done
}

serve_echo() { serve "$1" 'http://.*' dotnet "$work/echo/Flama.EchoServer.dll"; }
serve_flama() { local name=$1; shift; serve "$name" 'running on http://[0-9.:]+' dotnet "$work/flama/flama.dll" serve "$@" --server-port 0; }

# One row of churn, as a request has it.
FLAMA_BODY="{\"input\":$(tr -d '\n' < samples/churn/input.json)}"
export FLAMA_BODY

# Megabytes and ticks of a process: PID.
rss() { awk '/VmRSS/ { printf "%d", $2 / 1024 }' "/proc/$1/status"; }
ticks() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }
