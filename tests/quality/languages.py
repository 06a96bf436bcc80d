#!/usr/bin/env python3
"""Measures how often the language of a paragraph is the right one.

    python3 tests/quality/languages.py [--misl target/release/misl] [--least 0.98] FOLDER

FOLDER holds a folder for each language, named by its tag (`en`, `ur`, `fa`, `ar` …), with text files; what stands between
blank lines is a paragraph. Paragraphs of fewer than five words are left out: names and captions belong to no language.
"""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent.parent.parent


def paragraphs(folder):
    for file in sorted(folder.glob("*.txt")):
        for text in re.split(r"\n\s*\n", file.read_text("utf-8")):
            text = " ".join(text.split())
            if len(text.split()) >= 5:
                yield text


def languages(misl, texts):
    # A page of a web page has one paragraph an element, however a text file would be cut.
    body = "".join(f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}</p>\n" for text in texts)
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as file:
        file.write(f"<!doctype html><meta charset=utf-8><body>{body}</body>")
        file.flush()
        read = json.loads(subprocess.run([misl, "read", "--json", file.name], check=True, capture_output=True).stdout)
    found = {}
    for page in read["pages"]:
        for paragraph in page["paragraphs"]:
            found[page["text"][paragraph["start"]:paragraph["end"]]] = paragraph["lang"]
    return [(text, found.get(text)) for text in texts]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--misl", default=HERE / "target/release/misl")
    parser.add_argument("--least", type=float, default=0.98)
    parser.add_argument("--wrong", action="store_true", help="print the paragraphs that are taken for another language")
    args = parser.parse_args()
    n_all = n_right = 0
    for folder in sorted(path for path in args.folder.iterdir() if path.is_dir()):
        read = languages(args.misl, list(paragraphs(folder)))
        taken = collections.Counter(lang for _, lang in read)
        right = taken[folder.name]
        print(f"{folder.name}: {right} of {len(read)} right; {dict(taken)}")
        n_all += len(read)
        n_right += right
        for text, lang in read:
            if args.wrong and lang != folder.name:
                print(f"  {lang}: {text[:200]}")
    share = n_right / n_all if n_all else 0.0
    print(f"all: {n_right} of {n_all} right ({share:.3f})")
    sys.exit(share < args.least)


if __name__ == "__main__":
    main()
