#!/usr/bin/env python3
"""Compares the words of PDF pages with pdftotext's, and page counts with pdfinfo's.

    python3 tests/quality/pdf_words.py [--misl target/release/misl] [FOLDER …]

Without folders: ihc, lhc, us_courts, reports and parliament of ../shared/data. Words are runs of two or more word
characters after NFKC, as multisets, on pages of 20 words or more; line-end hyphens are joined on both sides.
pdftotext is a yardstick, not the truth: look at the pages that are listed.
"""
import argparse
import collections
import json
import pathlib
import re
import statistics
import subprocess
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent.parent.parent


def words(text):
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"[-\u00ad\u2010]\s*\n\s*", "", text)
    return collections.Counter(re.findall(r"\w{2,}", text.replace("-", "")))


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=300)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--misl", default=str(HERE / "target/release/misl"))
    parser.add_argument("folders", nargs="*")
    args = parser.parse_args()
    data = HERE.parent / "shared" / "data"
    folders = [pathlib.Path(f) for f in args.folders]
    folders = folders or [data / n for n in ("ihc", "lhc", "us_courts", "reports", "parliament")]
    if not all(f.is_dir() for f in folders):
        sys.exit("NOT RUN: no folder ../shared/data beside this project")
    silent = 0
    for folder in folders:
        recalls, precisions, n_files, n_unread, wrong_counts = [], [], 0, 0, []
        for path in sorted(folder.rglob("*.pdf")):
            info = run("pdfinfo", str(path))
            count = re.search(r"^Pages:\s+(\d+)", info.stdout, re.M)
            answer = run(args.misl, "read", "--json", str(path))
            if answer.returncode or not count:
                n_unread += 1
                continue
            n_files += 1
            document = json.loads(answer.stdout)
            if len(document["pages"]) != int(count.group(1)):
                wrong_counts.append((path.name, len(document["pages"]), count.group(1)))
            warned = {w["page"] for w in document["warnings"]}
            other = run("pdftotext", "-enc", "UTF-8", str(path), "-").stdout.split("\f")
            for page, text in zip(document["pages"], other):
                theirs, ours = words(text), words(page["text"])
                if sum(theirs.values()) < 20:
                    continue
                shared = sum((theirs & ours).values())
                recall = shared / sum(theirs.values())
                precision = shared / max(sum(ours.values()), 1)
                recalls.append(recall)
                precisions.append(precision)
                if min(recall, precision) < 0.85 and page["number"] not in warned and None not in warned:
                    silent += 1
                    print(f"  look: {path.name} p. {page['number']}: recall {recall:.2f} precision {precision:.2f}, no warning")
        if not recalls:
            continue
        recalls.sort()
        print(
            f"{folder.name:<12} {n_files} files, {len(recalls)} pages · recall mean {statistics.mean(recalls):.4f} median "
            f"{statistics.median(recalls):.3f} p5 {recalls[len(recalls) // 20]:.3f} · precision mean "
            f"{statistics.mean(precisions):.4f} median {statistics.median(precisions):.3f} · not readable {n_unread} · "
            f"page counts that differ {wrong_counts}"
        )
    print(f"pages under .85 without a warning: {silent}")


if __name__ == "__main__":
    main()
