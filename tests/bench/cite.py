#!/usr/bin/env python3
"""Measures citing: CPU seconds of exports of 5,000 works, and of a check of a thousand quotations.

    python3 tests/bench/cite.py [--misl target/release/misl] [--works 5000] [--passages 100000] [--quotations 1000]

Builds a workspace of its own in a temporary folder: small records for the exports; long made-up judgments of
numbered paragraphs, in which no sentence stands twice, for the check. A tenth of the quotations is changed. CPU is
user + system of the whole process. Build with `cargo build --release`.
"""
import argparse
import pathlib
import random
import resource
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent.parent.parent
NATIVE = ["text", "md", "html", "rtf", "docx", "bibtex", "biblatex", "ris", "csl-json", "zotero-rdf", "csv", "jsonl", "annotation", "fragment", "ftm"]
KINDS = ["order", "judgment", "statute", "instrument", "report", "news", "article", "book", "web", "letter"]


def cpu(command, cwd):
    """Runs a command; returns status, CPU seconds, wall seconds, its output."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.monotonic()
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, errors="replace")
    wall = time.monotonic() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done.returncode, used, wall, done


def record(n, rng):
    kind = KINDS[n % len(KINDS)]
    lines = [f"kind: {kind}", f"title: Work {n} of {rng.choice(WORDS)} and {rng.choice(WORDS)}", f"date: {1990 + n % 34}-{1 + n % 12:02}-{1 + n % 28:02}"]
    if kind in ("order", "judgment"):
        lines += ["court: ihc", f"number: W.P. No. {n}/{1990 + n % 34}", f"petitioner: Petitioner {n}", "respondent: Federation of Pakistan"]
    else:
        lines += [f"authors: [Author {n % 700}]", f"publisher: Publisher {n % 90}", f"url: https://example.org/{n}"]
    return "---\n" + "\n".join(lines) + f"\n---\n\nText of work {n}.\n"


WORDS = []


def words(rng):
    syllables = ["ka", "ro", "mi", "ten", "sul", "bar", "ni", "dop", "fe", "gran", "lu", "vis", "por", "ta", "ri", "mon"]
    return ["".join(rng.choice(syllables) for _ in range(rng.randint(2, 4))) for _ in range(9000)]


def sentence(rng):
    return " ".join(rng.choice(WORDS) for _ in range(14)).capitalize() + f" under section {rng.randint(1, 400)}."


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--misl", default=str(HERE / "target/release/misl"))
    parser.add_argument("--works", type=int, default=5000)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--quotations", type=int, default=1000)
    parser.add_argument("--styles", default="apa-csl,chicago-notes,harvard-cite-them-right")
    args = parser.parse_args()
    if not pathlib.Path(args.misl).exists():
        sys.exit(f"NOT RUN: no {args.misl}: cargo build --release")
    misl = str(pathlib.Path(args.misl).resolve())
    rng = random.Random(7)
    WORDS.extend(words(rng))
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        exports(misl, home / "exports", args, rng)
        check(misl, home / "check", args, rng)


def fresh(misl, home):
    home.mkdir()
    assert subprocess.run([misl, "init"], cwd=home, capture_output=True).returncode == 0
    return home / "corpus"


def exports(misl, home, args, rng):
    corpus = fresh(misl, home)
    for n in range(args.works):
        (corpus / f"w{n:05}.md").write_text(record(n, rng))
    status, used, wall, _ = cpu([misl, "ingest", "--quiet"], home)
    print(f"ingest of {args.works} records: {used:.1f} CPU s, {wall:.1f} s (status {status})")
    entries = []
    ids = subprocess.run([misl, "search", "*", "--all", "--json"], cwd=home, capture_output=True, text=True)
    import json
    for document in json.loads(ids.stdout)["documents"]:
        entries.append(f'[[entry]]\nid = "{document["id"]}"\n')
    (corpus / "lists").mkdir(exist_ok=True)
    (corpus / "lists" / "all.toml").write_text("\n".join(entries))
    print(f"list of {len(entries)} works")
    for name in NATIVE:
        command = [misl, "export", "all", "--format", name, "--form", "citations", "-o", str(home / f"out.{name}")]
        status, used, wall, done = cpu(command, home)
        note = "" if status == 0 else f"  status {status}: {done.stderr[-200:]}"
        print(f"export {name:10} {used:6.2f} CPU s {wall:6.2f} s  {'ok' if used < 2 else 'OVER 2 s'}{note}")
    for form in ("list", "notes", "authorities", "annexures"):
        status, used, wall, done = cpu([misl, "export", "all", "--form", form, "-o", str(home / f"out.{form}")], home)
        print(f"form {form:12} {used:6.2f} CPU s {wall:6.2f} s  status {status}")
    for style in args.styles.split(","):
        command = [misl, "export", "all", "--style", style, "--form", "list", "-o", str(home / f"out.{style}")]
        status, used, wall, done = cpu(command, home)
        print(f"CSL {style:26} {used:6.2f} CPU s {wall:6.2f} s  status {status}")


def check(misl, home, args, rng):
    corpus = fresh(misl, home)
    kept = []
    per_file = 250
    for n in range(args.passages // per_file):
        paragraphs = []
        for m in range(per_file):
            text = f"{sentence(rng)} {sentence(rng)} {sentence(rng)}"
            paragraphs.append(f"{m + 1}. {text}")
            if rng.random() < 2.0 * args.quotations / args.passages:
                kept.append((n, m + 1, text))
        head = f"---\nkind: judgment\ntitle: Case {n} v. State\ncourt: ihc\nnumber: W.P. No. {n + 1}/2015\ndate: 2015-03-04\n---\n\n"
        (corpus / f"j{n:04}.md").write_text(head + "\n\n".join(paragraphs) + "\n")
    status, used, wall, _ = cpu([misl, "ingest", "--quiet"], home)
    print(f"ingest of {args.passages} passages: {used:.1f} CPU s, {wall:.1f} s (status {status})")
    rng.shuffle(kept)
    lines = []
    for at, (n, number, text) in enumerate(kept[: args.quotations]):
        quote = text.split(" ")[3:25]
        if at % 10 == 0:
            quote[10] = "elephants"
        cited = f" (W.P. No. {n + 1}/2015, para {number})" if at % 2 else ""
        lines.append(f"The court said: “{' '.join(quote)}”{cited}.\n")
    (home / "draft.md").write_text("\n".join(lines))
    status, used, wall, done = cpu([misl, "check", "draft.md"], home)
    last = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else done.stderr[-300:]
    print(f"check of {len(lines)} quotations: {used:.2f} CPU s, {wall:.2f} s, {'ok' if used < 10 else 'OVER 10 s'}; {last}")


main()
