#!/usr/bin/env python3
"""Measures the quotation check on real OCR text: pages of born-digital PDFs are drawn, read again by OCR alone, and
quotations of the true text are checked against what OCR made of it.

    python3 tests/quality/ocr_quotes.py PDF… [--misl target/debug/misl] [--pages 3] [--dpi 200] [--each 6] [--keep FOLDER]

Needs pdftotext, pdftoppm, Pillow and tesseract. The true text is that of pdftotext; a quotation lies within one
paragraph of it. Said of the true quotations: how often they are found on their page as exact, typography or ocr-like.
Of changed ones (a digit, a negation, a name, a word dropped): that none passes. Exit 1 where less than 99 % are found
or a changed one passes.
"""
import argparse
import collections
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent.parent.parent
GOOD = {"exact", "typography", "nested"}
NEGATIONS = {"not", "no", "never", "shall", "may", "must", "cannot", "without", "unless", "any", "only", "nor", "none"}


def run(*command, cwd=None):
    return subprocess.run(command, capture_output=True, text=True, errors="replace", cwd=cwd)


def paragraphs(pdf, page):
    """Returns the paragraphs of running text on a page, lines joined."""
    text = run("pdftotext", "-layout", "-f", str(page), "-l", str(page), str(pdf), "-").stdout
    # Running text: full lines in one column, and the last of a paragraph. Tables and headings have an order of their own.
    run_of, runs = [], []
    for line in text.replace("\f", "").splitlines():
        line = line.strip()
        if not line:
            continue
        if len(line) >= 45 and not re.search(r"\S {3,}\S", line):
            run_of.append(" ".join(line.split()))
            continue
        if len(run_of) >= 3:
            runs.append(run_of)
        run_of = []
    if len(run_of) >= 3:
        runs.append(run_of)
    for lines in runs:
        if any(line.endswith(("-", "\u00ad")) for line in lines):
            continue
        words = " ".join(lines).split()
        if len(words) >= 14 and sum(w.isascii() and w.isalpha() for w in words) > 0.6 * len(words):
            yield words


def letters(text):
    return "".join(c for c in text.lower() if c.isalnum())


def quotable(words):
    text = " ".join(words)
    if re.search(r"[\[\]…*█|“”\"«»‘_<>~^\\]|\.\.|\. \.", text) or not text.isprintable():
        return False
    # Letters with a hollow box, private signs: the text layer itself is no true text.
    return all(ord(c) < 0x2100 for c in text) and all(len(w) < 25 for w in words)


def changed(words, names, dice):
    """Returns (kind, words) for each change that the words allow."""
    inner = range(1, len(words) - 1)
    digits = [i for i in inner if re.search(r"\d", words[i])]
    if digits:
        i = dice.choice(digits)
        at = dice.choice([m.start() for m in re.finditer(r"\d", words[i])])
        other = dice.choice([d for d in "0123456789" if d != words[i][at]])
        yield "number", words[:i] + [words[i][:at] + other + words[i][at + 1:]] + words[i + 1:]
    negations = [i for i in inner if words[i].lower() in ("not", "no", "never", "shall", "may", "must", "any", "without")]
    if negations:
        i = dice.choice(negations)
        yield "negation dropped", words[:i] + words[i + 1:]
    else:
        i = dice.choice(inner)
        yield "negation added", words[:i] + ["not"] + words[i:]
    named = [i for i in inner if re.fullmatch(r"[A-Z][a-z]{3,}", words[i]) and not words[i - 1].endswith((".", "?", ":"))]
    if named and names:
        i = dice.choice(named)
        name = dice.choice([n for n in names if n.lower() != words[i].lower()] or ["Zulfiqar"])
        yield "name", words[:i] + [name] + words[i + 1:]
    plain = [i for i in inner if re.fullmatch(r"[a-z]{4,}", words[i]) and words[i] not in (words[i - 1], words[i + 1])]
    if plain:
        i = dice.choice(plain)
        yield "word dropped", words[:i] + words[i + 1:]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pdf", nargs="+")
    parser.add_argument("--misl", default=str(HERE / "target/debug/misl"))
    parser.add_argument("--pages", type=int, default=3)
    parser.add_argument("--dpi", type=int, default=300)
    parser.add_argument("--each", type=int, default=12, help="quotations a page")
    parser.add_argument("--keep")
    args = parser.parse_args()
    for tool in ("pdftotext", "pdftoppm", "tesseract"):
        if not shutil.which(tool):
            print(f"NOT RUN: {tool} is not installed")
            return
    dice = random.Random(20261122)
    home = pathlib.Path(args.keep or tempfile.mkdtemp())
    is_new = not (home / "misl.toml").exists()
    (home / "corpus").mkdir(parents=True, exist_ok=True)
    misl = lambda *a: run(str(pathlib.Path(args.misl).resolve()), *a, cwd=home)
    true, names, files = [], [], {}
    for number, name in enumerate(args.pdf):
        pages = [list(paragraphs(name, page)) for page in range(1, args.pages + 1)]
        if not any(pages):
            continue
        scan = home / "corpus" / f"scan-{number:03}.pdf"
        files[scan.name] = name
        if not scan.exists():
            with tempfile.TemporaryDirectory() as folder:
                run("pdftoppm", "-gray", "-r", str(args.dpi), "-l", str(args.pages), name, f"{folder}/p")
                pictures = [Image.open(p) for p in sorted(pathlib.Path(folder).iterdir())]
                pictures[0].save(scan, save_all=True, append_images=pictures[1:], resolution=args.dpi)
        for page_idx, found in enumerate(pages):
            quotes = []
            for words in found:
                names += [w for w in words[1:] if re.fullmatch(r"[A-Z][a-z]{3,}", w)]
                for start in range(0, len(words) - 8, 12):
                    length = dice.randint(8, 25)
                    start = min(start, max(0, len(words) - length))
                    quote = words[start:start + length]
                    if quotable(quote):
                        quotes.append(quote)
            for quote in dice.sample(quotes, min(args.each, len(quotes))):
                true.append((scan.name, page_idx + 1, quote))
    if is_new:
        made = misl("init", ".")
        if made.returncode and not (home / "misl.toml").exists():
            sys.exit(made.stderr)
    ingest = misl("ingest", "--ocr", "auto")
    print((ingest.stdout + ingest.stderr).strip().splitlines()[-3:])
    names = sorted(set(names))
    asked = [("true", scan, page, quote) for scan, page, quote in true]
    for scan, page, quote in true:
        asked += [(kind, scan, page, words) for kind, words in changed(quote, names, dice)]
    draft = home / "draft.txt"
    draft.write_text("".join(f"“{' '.join(words)}”\n\n" for _, _, _, words in asked), encoding="utf-8")
    answer = json.loads(misl("check", str(draft), "--json").stdout)
    by_line = {one["line"]: one for one in answer["quotations"]}
    titles = json.loads(misl("search", "*", "--all", "--json").stdout)
    ids = {d["id"]: pathlib.Path(d.get("path") or d.get("paths", [""])[0]).name for d in titles["documents"]}
    texts = {}

    def whole(scan):
        if scan not in texts:
            texts[scan] = letters(run("pdftotext", "-l", str(args.pages), files[scan], "-").stdout)
        return texts[scan]

    verdicts, passed, missed = collections.Counter(), [], []
    n_found, n_changed = 0, collections.Counter()
    for number, (kind, scan, page, words) in enumerate(asked):
        one = by_line.get(2 * number + 1)
        verdict = one["verdict"] if one else "not asked"
        places = {(ids.get(f["id"], f["id"]), f["page"]) for f in (one or {}).get("found", [])}
        if kind == "true":
            # The same words may stand on another page, too, and be read better there.
            words_of_page = lambda at: letters(run("pdftotext", "-f", str(at), "-l", str(at), files[scan], "-").stdout)
            right = (scan, page) in places or any(
                where == scan and letters(" ".join(words)) in words_of_page(at) for where, at in places)
            verdicts[verdict if right or verdict == "not-found" else f"{verdict}, other page"] += 1
            if right and verdict in GOOD | {"ocr-like"}:
                n_found += 1
            else:
                missed.append((verdict, scan, page, " ".join(words), (one or {}).get("source_words")))
        else:
            # A change may make what the document says elsewhere: then it is true there.
            if letters(" ".join(words)) in whole(scan):
                continue
            n_changed[kind] += 1
            if verdict in GOOD | {"ocr-like"} and kind != "word dropped" or verdict in GOOD:
                passed.append((kind, verdict, scan, page, " ".join(words), one.get("source_words")))
    n_true = len(true)
    print(f"{len({s for s, _, _ in true})} scans, {n_true} true quotations, {n_found} found on their page ({100 * n_found / max(n_true, 1):.1f} %): {dict(verdicts)}")
    print(f"changed: {dict(n_changed)}; passed: {len(passed)}")
    for verdict, scan, page, quote, source in missed:
        print(f"  missed {verdict} {scan} p. {page}\n    quote:  {quote}\n    source: {source}")
    for kind, verdict, scan, page, quote, source in passed:
        print(f"  PASSED {kind} {verdict} {scan} p. {page}\n    quote:  {quote}\n    source: {source}")
    sys.exit(1 if passed or n_found < 0.99 * n_true else 0)


main()
