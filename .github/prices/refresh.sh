#!/usr/bin/env bash
# Fetches the public price lists and makes the next prices.txt by the reviewed decisions; prints what changes as Markdown.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
catalogue=src/Magsag.Pricing/Catalogue

version=$(npm view @pydantic/genai-prices version)
day=$(npm view @pydantic/genai-prices time --json | node -e 'const t = JSON.parse(require("fs").readFileSync(0)); console.log(t[process.argv[1]].slice(0, 10))' "$version")
npm pack --silent --pack-destination "$work" "@pydantic/genai-prices@$version" > /dev/null
tar xzf "$work"/*.tgz -C "$work"
# The package bundles its data as the first constant of the module, an array that ends at the first bracket that begins a line.
node -e '
  const fs = require("fs"), [from, to] = process.argv.slice(1);
  const data = /^const \w+ = (\[[^]*?\n\])/.exec(fs.readFileSync(from, "utf8"));
  if (!data) throw new Error(from + " no longer begins with the array of providers");
  fs.writeFileSync(to, JSON.stringify(new Function("return " + data[1])(), null, 1));
' "$work/package/dist/index.js" "$work/genai.json"

sources=(--source "genai-prices:$day:$work/genai.json")
if [[ -n "${LITELLM_MAP:-}" ]]; then
  sources+=(--source "litellm:${LITELLM_DAY:-$(date -u +%F)}:$LITELLM_MAP")
fi

dotnet run --project src/Magsag.Cli -- prices refresh "$catalogue/prices.txt" "${sources[@]}" \
  --decisions "$catalogue/Refresh/decisions.txt" --overrides "$catalogue/Refresh/overrides.txt" -o "$catalogue/prices.txt" --markdown
