#!/bin/sh
# Takes GraphiQL's files from the npm registry, at the versions and hashes of package-lock.json.
set -eu
cd "$(dirname "$0")"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
mkdir -p vendor
cp node_modules/graphiql/graphiql.min.js node_modules/graphiql/graphiql.min.css vendor/
cp node_modules/graphiql/LICENSE vendor/LICENSE.graphiql
cp node_modules/react/umd/react.production.min.js vendor/
cp node_modules/react-dom/umd/react-dom.production.min.js vendor/
cp node_modules/react/LICENSE vendor/LICENSE.react
rm -rf node_modules
