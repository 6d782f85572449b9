#!/bin/sh
# Lets real tools write the demo's evidence again: see ORIGIN.md. Needs git, Python 3.11, Node.js 20 and their
# package registries.
#
#   demo/make.sh
set -eu

demo=$(cd "$(dirname "$0")" && pwd)
# Where a job of this repository would have it checked out: reports hold absolute paths.
checkout=/home/runner/work/shop/shop
tools=$(mktemp -d)

python3 -m venv "$tools/venv"
"$tools/venv/bin/pip" install --quiet pytest==9.2.0 coverage==7.17.3
npm install --silent --no-audit --no-fund --prefix "$tools" @playwright/test@1.65.1
PATH="$tools/venv/bin:$tools/node_modules/.bin:$PATH"
export PATH PYTHONDONTWRITEBYTECODE=1

commit() { # subject, day
    git add --all
    GIT_AUTHOR_DATE="$2T09:00:00Z" GIT_COMMITTER_DATE="$2T09:00:00Z" \
        git -c user.name=Shop -c user.email=shop@example.com commit --quiet --message "$1"
}

evidence() { # name of the state, day
    out="$demo/evidence/$1"
    mkdir -p "$out"
    coverage run -m pytest -p no:cacheprovider --junitxml="$out/pytest.xml" >"$tools/log" || tail -3 "$tools/log"
    coverage xml -q -o "$out/coverage.xml"
    if [ -d e2e ]; then
        ln -s "$tools/node_modules" node_modules
        playwright test || true
        mv reports/e2e.xml "$out/e2e.xml"
        rm -r node_modules reports test-results
    fi
    if [ -f tools/load.py ]; then
        python -m shop.server 8809 &
        sleep 1
        python tools/load.py 8809 >"$out/readiness.metrics.json"
        kill $!
    fi
    echo "$1 $(git rev-parse HEAD) $2T09:00:00Z" >>"$demo/evidence/commits.txt"
}

rm -rf "$checkout" "$demo/evidence"
mkdir -p "$checkout" "$demo/evidence"
cp -R "$demo/project/." "$checkout"
cd "$checkout"
git init --quiet --initial-branch main .

commit "Carts and prices" 2026-10-26
evidence 1 2026-10-26
for state in "2 2026-10-30 Test the checkout" "3 2026-11-05 Stock, a server and end-to-end tests" \
    "4 2026-11-11 Measure the checkout, read money back" "5 2026-11-17 Test what is refused, and the server"; do
    number=${state%% *}
    rest=${state#* }
    git apply "$demo/changes/$number.diff"
    commit "${rest#* }" "${rest%% *}"
    evidence "$number" "${rest%% *}"
done

git switch --quiet --create discounts
git apply "$demo/changes/pull-request.diff"
commit "Discount codes, expiring cards, half cents upwards" 2026-11-20
evidence pull-request 2026-11-20
git ls-files >"$demo/evidence/files.txt"
rm -rf "$tools"
