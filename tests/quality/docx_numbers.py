#!/usr/bin/env python3
"""Compares the paragraph numbers that misl computes for Word files with those that LibreOffice draws.

    python3 tests/quality/docx_numbers.py [--misl target/release/misl] [FOLDER]

Without a folder: uk_docx of ../shared/data. A file is turned into text by `soffice`; a paragraph counts where its first 50
letters stand in that text behind a number (`12.`, `(a)`). Numbers that authors typed are text on both sides and are left out.
"""
import argparse
import collections
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent.parent.parent
ASIDE = {"footnote", "endnote", "header", "footer", "comment"}


def key(text):
    return re.sub(r"\W+", "", text)[:50]


def bare(label):
    return label.strip(".[]:")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--misl", default=str(HERE / "target/release/misl"))
    parser.add_argument("folder", nargs="?")
    args = parser.parse_args()
    folder = pathlib.Path(args.folder or HERE.parent / "shared" / "data" / "uk_docx")
    if not folder.is_dir() or not shutil.which("soffice"):
        sys.exit("NOT RUN: no folder ../shared/data beside this project, or no soffice")
    files = sorted(folder.glob("*.docx"))
    right = wrong = missing = 0
    with tempfile.TemporaryDirectory() as out:
        command = ["soffice", "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", out]
        subprocess.run([*command, *map(str, files)], capture_output=True, timeout=600)
        for path in files:
            drawn = collections.defaultdict(list)
            text = pathlib.Path(out, path.stem + ".txt").read_text("utf-8-sig")
            for line in map(str.strip, text.split("\n")):
                numbered = re.match(r"(\S{1,14})[\t ]+(.*)$", line)
                if numbered:
                    drawn[key(numbered[2])].append(numbered[1])
                drawn[key(line)].append("")
            answer = subprocess.run([args.misl, "read", "--json", str(path)], capture_output=True, text=True)
            for page in json.loads(answer.stdout)["pages"]:
                for paragraph in page["paragraphs"]:
                    words = page["text"][paragraph["start"] : paragraph["end"]]
                    theirs = [label for label in drawn[key(words)] if label]
                    if paragraph["role"] in ASIDE or len(key(words)) < 8:
                        continue
                    # As drawn; `label` holds the path to it, `28(1)` for `(1)`.
                    label = paragraph.get("drawn") or paragraph["label"]
                    if label is None:
                        is_number = all(re.fullmatch(r"[\[(]?(\d+\.?)+[\])]?|\(?[a-z]{1,4}[.)]", one) for one in theirs)
                        # The same words may stand elsewhere without a number.
                        if theirs and is_number and "" not in drawn[key(words)]:
                            missing += 1
                            print(f"  {path.name}: none, not {theirs[0]}: {words[:50]}")
                    elif theirs and any(bare(one) == bare(label) for one in theirs):
                        right += 1
                    elif theirs:
                        wrong += 1
                        print(f"  {path.name}: {label}, not {theirs[0]}: {words[:50]}")
    print(f"numbers as drawn: {right} of {right + wrong}; numbers that misl lacks: {missing}")


if __name__ == "__main__":
    main()
