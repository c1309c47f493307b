#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Times the archive's commands on a year of 100 feeds: 365,000 articles.

    bench/archive_bench.py build/release/tocsin FOLDER

Fills FOLDER once (some minutes), by polling files; later runs only measure.
"""

import datetime
import pathlib
import random
import sqlite3
import subprocess
import sys
import time

FEEDS, A_DAY, DAYS = 100, 10, 365
WORDS = """president minister talks border trade harbour election court budget parliament market summit
agreement visit army police weather school hospital energy pipeline bank strike protest film match coach
season league player goal team stadium science vaccine climate river bridge railway airport factory union
newspaper museum festival village mountain island village storm flood fire rescue satellite launch moon""".split()
RARE = ["peace talks in Astana", "Ali Khamenei received the envoy", "under the JCPOA inspectors",
        "nuclear agreement signed", "Recep Tayyip Erdoğan said"]
CONFIG = """feeds:
{feeds}
fetch: {{first_fetch: all, articles: never}}
entities: {{khamenei: Ali Khamenei, erdogan: {{name: Recep Tayyip Erdoğan, bare_surname: always}}}}
watches:
  - {{name: jcpoa, any: [JCPOA, nuclear agreement]}}
  - {{name: astana, query: "Astana NEAR/8 (talk* OR round*)"}}
  - {{name: names, any: ["@khamenei", "@erdogan"]}}
receivers: [{{name: none, file: {folder}/alerts.jsonl}}]
storage: {{path: {folder}/state, keep_items: 2y}}
"""


def article(random_, feed, number):
    words = [random_.choice(WORDS) for _ in range(60)]
    if random_.random() < 0.01:
        words.insert(20, random_.choice(RARE))
    title = " ".join(words[:8]).capitalize()
    return (f"<item><guid>{feed}-{number}</guid><link>https://f{feed}.example/{number}</link>"
            f"<title>{title}</title><description>{' '.join(words[8:])}.</description></item>")


def fill(tocsin, folder):
    folder.mkdir(parents=True, exist_ok=True)
    random_ = random.Random(8)
    for feed in range(FEEDS):
        items = "".join(article(random_, feed, n) for n in range(A_DAY * DAYS))
        (folder / f"{feed}.xml").write_text(
            f"<rss version='2.0'><channel><title>f{feed}</title>{items}</channel></rss>")
    feeds = "\n".join(f"  - {{name: f{n}, url: 'file://{folder}/{n}.xml', allow_file: true}}"
                      for n in range(FEEDS))
    (folder / "tocsin.yaml").write_text(CONFIG.format(feeds=feeds, folder=folder))
    subprocess.run([tocsin, "run", "--once", "--log", "warn", "--config", folder / "tocsin.yaml"],
                   check=False)
    spread(folder / "state/tocsin.db")


def spread(database):
    """Gives the articles, which were all found just now, a year of times."""
    with sqlite3.connect(database) as db:
        table, column = "item", "found"
        count = db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        now = int(datetime.datetime.now().timestamp() * 1000)
        step = DAYS * 86_400_000 // max(count, 1)
        db.execute(f"UPDATE {table} SET {column} = ? - (? - rowid) * ?", (now, count, step))


def main():
    tocsin, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    if not (folder / "state/tocsin.db").exists():
        fill(tocsin, folder)
    for words in (["search", "nuclear agreement"], ["search", "--since", "30d", "president trade"],
                  ["search", "harbour nowhere"], ["search", "--rule", "--limit", "20", "Astana NEAR/8 talk*"],
                  ["matches", "--since", "365d", "--watch", "astana"], ["matches"],
                  ["backtest", "--since", "365d"], ["backtest", "--since", "30d"], ["db", "check"]):
        begin = time.monotonic()
        command = [tocsin, words[0], *(words[1:2] if words[0] == "db" else []), "--config",
                   folder / "tocsin.yaml", *(words[1:] if words[0] != "db" else [])]
        done = subprocess.run(command, capture_output=True, text=True)
        print(f"{time.monotonic() - begin:7.2f} s  {' '.join(words)}  (exit {done.returncode}, "
              f"{len(done.stdout.splitlines())} lines)", flush=True)


if __name__ == "__main__":
    main()
