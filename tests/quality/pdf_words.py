#!/usr/bin/env python3
"""Compares the words of PDF pages with pdftotext's, and page counts with pdfinfo's.

    python3 tests/quality/pdf_words.py [--misl target/release/misl] [--list] [FOLDER …]

Without folders: ihc, lhc, us_courts, reports and parliament of ../shared/data. Words are runs of two or more word
characters after NFKC, as multisets, on pages of 20 words or more; line-end hyphens are joined on both sides.

pdftotext is a yardstick, not the truth: it reads a watermark that lies across the page into the lines. So where the two
differ, others that know neither are asked: pdfium (`pip install pypdfium2`), which reads the same text layer in its own way,
and then tesseract, which reads the picture of the page. `judged` counts a word as lost only if every one of them that is
installed has it as well, and as invented only if none of them has it; the figures against pdftotext alone stand before it.

Listed apart, by what the page is: scans (most of its text is drawn invisibly, below a picture) and Urdu pages (a tenth
of the words or more in Arabic letters), where pdftotext's order of letters is no yardstick.
"""
import argparse
import collections
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import unicodedata

try:
    import pypdfium2 as pdfium
except ImportError:
    pdfium = None

HERE = pathlib.Path(__file__).resolve().parent.parent.parent
ARABIC = re.compile("[\u0620-\u06d3]")


def words(text):
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"[-\u00ad\u2010]\s*\n\s*", "", text)
    return collections.Counter(re.findall(r"\w{2,}", text.replace("-", "")))


def run(*command):
    # tesseract's own threads wait for each other longer than they work.
    env = os.environ | {"OMP_THREAD_LIMIT": "1"}
    return subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=300, env=env)


class Third:
    """What others read on the pages of one file."""

    def __init__(self, path):
        self.path = path
        try:
            self.file = pdfium.PdfDocument(str(path)) if pdfium else None
        except pdfium.PdfiumError:
            self.file = None

    def is_scan(self, page):
        """Most text is drawn in mode 3: for searching only, under the picture of a scanner."""
        if not self.file:
            return page["origin"] == "ocr-layer"
        texts = self.file[page["number"] - 1].get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_TEXT], max_depth=4)
        modes = [pdfium.raw.FPDFTextObj_GetTextRenderMode(one.raw) for one in texts]
        return bool(modes) and modes.count(pdfium.raw.FPDF_TEXTRENDERMODE_INVISIBLE) * 2 > len(modes)

    def readers(self, number):
        """Yields each reader's words of a page, the cheaper first."""
        if self.file:
            text = self.file[number - 1].get_textpage().get_text_range()
            # It writes these for a hyphen at the end of a line.
            yield words(re.sub("[\ufffe\u0002]", "-\n", text.replace("\r", "")))
        if shutil.which("tesseract"):
            with tempfile.TemporaryDirectory() as folder:
                run("pdftoppm", "-r", "200", "-gray", "-singlefile", "-f", str(number), "-l", str(number), str(self.path), f"{folder}/page")
                yield words(run("tesseract", f"{folder}/page.pgm", "-", "--psm", "3").stdout)


def judge(theirs, ours, readers):
    """Returns the words that we lost and that we invented by the judgment of all."""
    lost, invented = theirs - ours, ours - theirs
    for third in readers:
        if not lost and not invented:
            break
        lost = lost & (third - ours)
        invented = invented - (third - theirs)
    return lost, invented


class Tally:
    """Figures of the pages of one kind."""

    def __init__(self):
        self.rows = []

    def add(self, *row):
        self.rows.append(row)

    def print(self, name):
        recall, precision, judged_recall, judged_precision = (sorted(column) for column in zip(*self.rows))
        p5 = len(recall) // 20
        print(
            f"{name} {len(recall)} pages · against pdftotext: recall mean {statistics.mean(recall):.4f} p5 {recall[p5]:.3f}, precision mean "
            f"{statistics.mean(precision):.4f} · judged: recall mean {statistics.mean(judged_recall):.4f} p5 {judged_recall[p5]:.3f} least "
            f"{judged_recall[0]:.3f}, precision mean {statistics.mean(judged_precision):.4f} least {judged_precision[0]:.3f}"
        )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--misl", default=str(HERE / "target/release/misl"))
    parser.add_argument("--list", action="store_true", help="name each page with a word lost or invented, with the words")
    parser.add_argument("folders", nargs="*")
    args = parser.parse_args()
    data = HERE.parent / "shared" / "data"
    folders = [pathlib.Path(f) for f in args.folders]
    folders = folders or [data / n for n in ("ihc", "lhc", "us_courts", "reports", "parliament")]
    if not all(f.is_dir() for f in folders):
        sys.exit("NOT RUN: no folder ../shared/data beside this project")
    others = [name for name, there in (("pdfium", pdfium), ("tesseract", shutil.which("tesseract"))) if there]
    print(f"judges beside pdftotext: {', '.join(others) or 'none'}")
    silent = 0
    for folder in folders:
        tallies = {"born digital": Tally(), "scans": Tally(), "Urdu": Tally()}
        n_files, n_unread, wrong_counts, listed = 0, 0, [], []
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
            third = Third(path)
            other = run("pdftotext", "-enc", "UTF-8", str(path), "-").stdout.split("\f")
            for page, text in zip(document["pages"], other):
                theirs, ours = words(text), words(page["text"])
                n_theirs, n_ours = sum(theirs.values()), max(sum(ours.values()), 1)
                if n_theirs < 20:
                    continue
                shared = sum((theirs & ours).values())
                recall, precision = shared / n_theirs, shared / n_ours
                # pdftotext may run its words together, so that they look few.
                is_urdu = any(10 * sum(n for word, n in some.items() if ARABIC.search(word)) >= sum(some.values()) for some in (theirs, ours) if some)
                kind = "Urdu" if is_urdu else "scans" if third.is_scan(page) else "born digital"
                lost, invented = collections.Counter(), collections.Counter()
                if kind != "Urdu" and theirs != ours:
                    lost, invented = judge(theirs, ours, third.readers(page["number"]))
                elif theirs != ours:
                    lost, invented = theirs - ours, ours - theirs
                judged = 1 - sum(lost.values()) / n_theirs, 1 - sum(invented.values()) / n_ours
                tallies[kind].add(recall, precision, *judged)
                name = f"{path.name} p. {page['number']}"
                is_warned = page["number"] in warned or None in warned
                if min(judged) < 0.90 and not is_warned:
                    silent += 1
                    print(f"  look: {name}: recall {judged[0]:.2f} precision {judged[1]:.2f}, no warning")
                if lost or invented:
                    what = [f"{title} {' '.join(some.elements())}" for title, some in (("lost:", lost), ("invented:", invented)) if some]
                    listed.append(f"    {kind}, {name}: {'; '.join(what)[:300]}{' (warned)' if is_warned else ''}")
                elif min(recall, precision) < 0.97:
                    alone = " ".join((theirs - ours).elements())
                    listed.append(f"    {kind}, {name}: {recall:.3f} against pdftotext, which alone has: {alone[:200]}")
        print(f"{folder.name}: {n_files} files · not readable {n_unread} · page counts that differ {wrong_counts}")
        for kind, tally in tallies.items():
            if tally.rows:
                tally.print(f"  {kind}:")
        if args.list:
            print("\n".join(listed))
        else:
            print(f"  pages with a word lost or invented, or under .97: {len(listed)} (`--list` names them)")
    print(f"pages judged under .90 without a warning: {silent}")


if __name__ == "__main__":
    main()
