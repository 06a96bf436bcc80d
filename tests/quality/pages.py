#!/usr/bin/env python3
"""Compares pages that a person typed off their pictures with the pages that misl reads, OCR included.

    python3 tests/quality/pages.py LABELS [--misl target/release/misl] [--only scan|digital]

LABELS is a folder of text files, one a page, which stays outside the project: `#file: ihc/x.pdf` (below
../shared/data), `#page: 3`, `#kind: scan` or `digital`, further `#` lines are remarks, then the text as printed.
Scans and pages with somebody's OCR layer are read anew by OCR (`ingest --ocr force`).

Recall and precision are of words (runs of letters and digits after NFKC, case folded) as multisets. Order error
is the share of the typed words that the longest common sequence leaves out, beyond those that are missing anyway.
"""
import argparse
import collections
import difflib
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent.parent.parent
BOILERPLATE = {"header", "footer", "watermark", "margin", "navigation"}


def words(text):
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"[-\u00ad\u2010]\s*\n\s*", "", text)
    return re.findall(r"\w+", re.sub(r"(?<=\w)[-‐‑’'](?=\w)", "", text))


def typed(path):
    head, body = {}, []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            name, _, value = line[1:].partition(":")
            head.setdefault(name.strip(), value.strip())
        else:
            body.append(line)
    return head, "\n".join(body)


def read(misl, data, files, ocr):
    """Returns the pages of each file by number, as misl keeps them."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        def run(*command):
            return subprocess.run([misl, *command], cwd=folder, capture_output=True, text=True, timeout=3000)
        run("init", ".")
        answer = run("ingest", *(["--ocr", "force"] if ocr else []), *[str(data / name) for name in files])
        if answer.returncode not in (0, 3):
            sys.exit(answer.stderr)
        for name in files:
            shown = run("show", "--json", str(data / name))
            if shown.returncode:
                print(f"{name}: {shown.stderr.strip()}", file=sys.stderr)
                continue
            found[name] = {page["number"]: page for page in json.loads(shown.stdout)["pages"]}
    return found


def text_of(page, roles_too):
    # A page's running heads are compared only where the typist kept them.
    parts = [p for p in page["paragraphs"] if roles_too or p["role"] not in BOILERPLATE]
    # Places count characters, as the answer's schema says.
    return "\n".join(page["text"][p["start"]:p["end"]] for p in parts)


def compare(want, got):
    want, got = words(want), words(got)
    both = sum((collections.Counter(want) & collections.Counter(got)).values())
    blocks = difflib.SequenceMatcher(None, want, got, autojunk=False).get_matching_blocks()
    in_order = sum(block.size for block in blocks)
    return both / max(len(want), 1), both / max(len(got), 1), (both - in_order) / max(len(want), 1), len(want)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("labels")
    parser.add_argument("--misl", default=str(HERE / "target/release/misl"))
    parser.add_argument("--only", choices=["scan", "digital"])
    args = parser.parse_args()
    data = HERE.parent / "shared" / "data"
    pages = [(path, *typed(path)) for path in sorted(pathlib.Path(args.labels).glob("*.txt"))]
    if not data.is_dir() or not pages:
        sys.exit("NOT RUN: no folder ../shared/data beside this project, or no pages in LABELS")
    misl = str(pathlib.Path(args.misl).resolve())
    for kind in ("digital", "scan"):
        if args.only not in (None, kind):
            continue
        mine = [page for page in pages if page[1]["kind"] == kind]
        kept = read(misl, data, sorted({head["file"] for _, head, _ in mine}), kind == "scan")
        figures = []
        for path, head, text in mine:
            page = kept.get(head["file"], {}).get(int(head["page"]))
            if page is None:
                print(f"{path.stem}: not read")
                figures.append((0.0, 0.0, 0.0))
                continue
            recall, precision, order, n = compare(text, text_of(page, kind == "scan"))
            figures.append((recall, precision, order))
            print(f"{path.stem:32} {page['origin']:10} {n:4} words  recall {recall:.3f}  precision {precision:.3f}  order error {order:.3f}")
        for name, column in zip(("recall", "precision", "order error"), zip(*figures)):
            print(f"{kind}: {name} mean {statistics.mean(column):.4f}  median {statistics.median(column):.4f}")


if __name__ == "__main__":
    main()
