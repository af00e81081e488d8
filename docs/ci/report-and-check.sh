#!/usr/bin/env bash
# Reports and checks in CI, the same for every service: reports first, so that there is something to look at when the
# gate fails; then the gate, whose exit code is the script's (0 passed, 1 not passed, 2 something could not be done).
#
#   GAPWISE_INPUTS   files and folders, one a line; else the working folder
#   GAPWISE_OUTPUT   folder for reports and verdict; else gapwise-report
#   GAPWISE_RULES    flags of `gapwise check`, one a line; else what gapwise.toml says
#   GAPWISE          the program; else gapwise
set -uo pipefail

gapwise=${GAPWISE:-gapwise}
out=${GAPWISE_OUTPUT:-gapwise-report}
inputs=() rules=()
while IFS= read -r line; do [ -n "$line" ] && inputs+=("$line"); done <<<"${GAPWISE_INPUTS:-.}"
while IFS= read -r line; do [ -n "$line" ] && rules+=("$line"); done <<<"${GAPWISE_RULES:-}"
if [ "${GITHUB_ACTIONS:-}" = true ]; then rules+=(--annotations github); fi

"$gapwise" report "${inputs[@]}" --output "$out" --format html,pdf,json,md
reported=$?

mkdir -p "$out" || exit 2
"$gapwise" check "${inputs[@]}" ${rules[@]+"${rules[@]}"} --format md \
  --junit "$out/gate.xml" --sarif "$out/gate.sarif" >"$out/gate.md"
gate=$?

# GitHub refuses a summary of more than 1 MiB as a whole, so what does not fit is left out as a whole.
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  size=0
  while IFS= read -r -d '' file; do
    size=$((size + $(wc -c <"$file")))
    if [ "$size" -gt 900000 ]; then
      echo "More reports are among the artifacts." >>"$GITHUB_STEP_SUMMARY"
      break
    fi
    # Without a blank line what follows would belong to the folded part before it.
    { cat "$file"; echo; } >>"$GITHUB_STEP_SUMMARY"
  done < <(printf '%s\0' "$out/gate.md"; find "$out" -name '*.md' ! -path "$out/gate.md" -print0 | sort -z)
else
  cat "$out/gate.md"
fi

if [ "$reported" -gt "$gate" ]; then exit "$reported"; fi
exit "$gate"
