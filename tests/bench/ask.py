#!/usr/bin/env python3
"""Asks misl and other programs the same questions over the same files, and compares what they find.

    python3 tests/bench/ask.py --work DIR [--n 100]

DIR is the folder that `run.py` has filled (`text`, `workspace`, `tantivy`, `omega`, `recoll`). Words, pairs and
phrases of three are drawn from the texts with seed 42; every program gets the same strings. Warm times are of one
process that answers all of them; programs without such a mode are timed as whole processes, and said to be.
"""
import argparse
import collections
import json
import pathlib
import random
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent.parent.parent
WORD = re.compile(r"[A-Za-z]{3,}")
# Words in capitals that some of the programs take for operators.
OPERATORS = {"AND", "NOT", "XOR", "NEAR", "ADJ"}


def draw(text, n, seed=42):
    """Returns n runs of three neighbouring words, each of one line of some file."""
    files = sorted(p for p in text.rglob("*") if p.is_file())
    dice, runs = random.Random(seed), []
    while len(runs) < n:
        lines = files[dice.randrange(len(files))].read_text("utf-8", "replace").splitlines()
        words = lines[dice.randrange(len(lines))].split(" ") if lines else []
        if len(words) < 12:
            continue
        at = dice.randrange(len(words) - 2)
        run = words[at:at + 3]
        if all(WORD.fullmatch(word) and word not in OPERATORS for word in run):
            runs.append(run)
    return runs


def row(name, times, note=""):
    times = sorted(times)
    at = lambda share: times[min(len(times) - 1, len(times) * share // 100)] * 1000
    print(f"{name:<34} p50 {at(50):9.2f} ms   p95 {at(95):9.2f} ms   {note}", flush=True)


def timed(work):
    started = time.monotonic()
    found = work()
    return time.monotonic() - started, found


def fts5(text, path):
    """Builds SQLite's own full-text index over the same passages (external content), and reports its cost."""
    path.unlink(missing_ok=True)
    before = resource.getrusage(resource.RUSAGE_SELF)
    db = sqlite3.connect(path)
    db.executescript(
        "CREATE TABLE passage (id INTEGER PRIMARY KEY, file TEXT, text TEXT);"
        "CREATE VIRTUAL TABLE found USING fts5(text, content='passage', content_rowid='id', tokenize='porter unicode61');")
    n_bytes = n = 0
    for file in sorted(p for p in text.rglob("*") if p.is_file()):
        data = file.read_text("utf-8", "replace")
        n_bytes += file.stat().st_size
        for part in data.split("\n\n"):
            if part.strip():
                n += 1
                db.execute("INSERT INTO passage VALUES (?, ?, ?)", (n, str(file), part))
                db.execute("INSERT INTO found (rowid, text) VALUES (?, ?)", (n, part))
    db.commit()
    after = resource.getrusage(resource.RUSAGE_SELF)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"SQLite FTS5: {n} passages, {used:.1f} CPU s, {n_bytes / 1e6 / used:.2f} MB/CPU s (stems; Python's loop included), "
          f"{path.stat().st_size / n_bytes:.2f} of the text with the text", flush=True)
    return db


def ask_fts5(db, runs):
    kinds = {
        "word": lambda r: f'"{r[0]}"',
        "two words AND": lambda r: f'"{r[0]}" AND "{r[2]}"',
        "two words OR": lambda r: f'"{r[0]}" OR "{r[2]}"',
        "phrase of three": lambda r: '"' + " ".join(r) + '"',
    }
    for kind, make in kinds.items():
        query = "SELECT rowid, snippet(found, 0, '[', ']', '…', 30) FROM found WHERE found MATCH ? ORDER BY rank LIMIT 10"
        count = "SELECT count(*) FROM found WHERE found MATCH ?"
        row(f"SQLite FTS5, {kind}", [timed(lambda r=r: (db.execute(query, [make(r)]).fetchall(), db.execute(count, [make(r)]).fetchone()))[0]
                                     for r in runs], "passages, not grouped")


def ask_xapian(folder, runs):
    try:
        import xapian
    except ImportError:
        print("NOT RUN: Xapian queries (no python3-xapian for this Python)")
        return
    db = xapian.Database(str(folder))
    parser = xapian.QueryParser()
    parser.set_database(db)
    parser.set_stemmer(xapian.Stem("english"))
    parser.set_default_op(xapian.Query.OP_AND)
    kinds = {"word": lambda r: r[0], "two words AND": lambda r: f"{r[0]} AND {r[2]}", "two words OR": lambda r: f"{r[0]} OR {r[2]}",
             "phrase of three": lambda r: '"' + " ".join(r) + '"'}

    def one(text):
        enquire = xapian.Enquire(db)
        enquire.set_query(parser.parse_query(text))
        return [match.document.get_data() for match in enquire.get_mset(0, 10)]

    for kind, make in kinds.items():
        row(f"Xapian, {kind}", [timed(lambda r=r: one(make(r)))[0] for r in runs], "files only")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", default="/tmp/misl-bench")
    parser.add_argument("--n", type=int, default=100)
    args = parser.parse_args()
    work = pathlib.Path(args.work)
    text, misl = work / "text", HERE / "target" / "release" / "misl"
    if not text.is_dir():
        sys.exit(f"NOT RUN: run tests/bench/run.py --work {work} first")
    runs = draw(text, args.n)
    file = work / "runs.tsv"
    file.write_text("".join("\t".join(run) + "\n" for run in runs))
    bench = ["cargo", "bench", "--quiet", "--bench"]
    subprocess.run([*bench, "queries", "--", work / "workspace", file], cwd=HERE, check=True)
    subprocess.run([*bench, "tantivy_alone", "--", "ask", work / "tantivy", file], cwd=HERE, check=True)
    ask_fts5(fts5(text, work / "fts5.db"), runs)
    if (work / "omega").exists():
        ask_xapian(work / "omega", runs)
    if (work / "recoll").exists() and shutil.which("recollq"):
        ask = lambda r: subprocess.run(["recollq", "-c", work / "recoll", "-n", "10", '"' + " ".join(r) + '"'], capture_output=True, check=False)
        row("Recoll, phrase of three", [timed(lambda r=r: ask(r))[0] for r in runs[:20]], "a process each; files only")
    if not shutil.which("rg"):
        print("NOT RUN: ripgrep")
        return
    times, verdicts = [], collections.Counter()
    for run in runs[:50]:
        phrase = " ".join(run)
        took, grep = timed(lambda p=phrase: subprocess.run(["rg", "-l", "-i", "-w", "-F", "--", p, text], capture_output=True, text=True, check=False))
        times.append(took)
        expect = {str(pathlib.Path(line).resolve()) for line in grep.stdout.splitlines()}
        answer = subprocess.run([misl, "-C", work / "workspace", "search", f'"{phrase}"', "--all", "--json"], capture_output=True, text=True, check=False)
        found = set()
        for document in json.loads(answer.stdout or "{}").get("documents", []):
            found.update(document["paths"])
        lost = expect - found
        verdicts["all of ripgrep's files found" if not lost else "a file is missing"] += 1
        verdicts["and others (a line break or a sign between the words)"] += bool(found - expect)
        if lost:
            print(f"MISSING: \"{phrase}\" in {sorted(lost)[:3]}")
    row("ripgrep, phrase of three", times, "a process each; no ranking")
    for verdict, n in verdicts.items():
        print(f"of 50 phrases: {n} {verdict}")


if __name__ == "__main__":
    main()
