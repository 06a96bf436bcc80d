#!/usr/bin/env python3
"""Scores the main part of web pages against texts that others chose.

    python3 tests/quality/web_pages.py [--misl target/release/misl] [--headline] [--out FOLDER] [FOLDER]

FOLDER is `../shared/data/news_html` without an argument (one folder a page, `source.html` and `expected.html`, as in
Mozilla's Readability), or a checkout of `scrapinghub/article-extraction-benchmark` (`ground-truth.json`, `html/`).
The measure is that benchmark's: shingles of four words as multisets, precision and recall averaged over the pages.
A headline belongs to our text, since people quote it, but not to either truth: it is left out of both sides unless
`--headline` is given. `--out` keeps what was compared, a file a page.
"""
import argparse
import collections
import concurrent.futures
import gzip
import html
import json
import pathlib
import re
import statistics
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent.parent.parent
WORD = re.compile(r"\w+")


def shingles(text):
    words = WORD.findall(text)
    return collections.Counter(tuple(words[i:i + 4]) for i in range(max(1, len(words) - 3)) if words)


def visible(markup):
    markup = re.sub(r"(?is)<(script|style|template)\b.*?</\1>", " ", markup)
    # Inline elements do not part words.
    markup = re.sub(r"(?i)</?(a|abbr|b|bdi|bdo|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|u)\b[^>]*>", "", markup)
    return html.unescape(re.sub(r"(?s)<!--.*?-->|<[^>]+>", " ", markup))


def pages(folder):
    """Yields name, bytes of the page and the expected text."""
    truth = folder / "ground-truth.json"
    if truth.exists():
        for name, page in json.loads(truth.read_text("utf8")).items():
            yield name, gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()), page.get("articleBody", "")
        return
    for page in sorted(folder.iterdir()):
        if (page / "expected.html").exists():
            yield page.name, (page / "source.html").read_bytes(), visible((page / "expected.html").read_text("utf8"))


def main_part(misl, source, with_headline):
    """Returns the paragraphs of the main part, as `misl read` marks them."""
    with tempfile.NamedTemporaryFile(suffix=".html") as file:
        file.write(source)
        file.flush()
        answer = subprocess.run([misl, "read", "--json", file.name], capture_output=True, timeout=120)
    if answer.returncode not in (0, 2):
        return None
    read = json.loads(answer.stdout)
    title = "".join(WORD.findall(((read["record"].get("title") or {}).get("value") or "").lower()))
    parts = []
    for page in read["pages"]:
        for paragraph in page["paragraphs"]:
            text = page["text"][paragraph["start"]:paragraph["end"]]
            is_headline = paragraph["role"] == "heading" and "".join(WORD.findall(text.lower())) == title
            if not paragraph["boilerplate"] and (with_headline or not is_headline):
                parts.append(text)
    return "\n".join(parts)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--misl", default=str(HERE / "target/release/misl"))
    parser.add_argument("--headline", action="store_true")
    parser.add_argument("--out")
    parser.add_argument("folder", nargs="?", default=str(HERE.parent / "shared/data/news_html"))
    args = parser.parse_args()
    cases = list(pages(pathlib.Path(args.folder)))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        texts = list(pool.map(lambda case: main_part(args.misl, case[1], args.headline), cases))
    rows = []
    for (name, _, expected), text in zip(cases, texts):
        found, wanted = shingles(text or ""), shingles(expected)
        both = sum((found & wanted).values())
        n_found, n_wanted = sum(found.values()), sum(wanted.values())
        precision = both / n_found if n_found else float(n_wanted == 0)
        recall = both / n_wanted if n_wanted else 1.0
        rows.append((2 * both / (n_found + n_wanted) if n_found + n_wanted else 1.0, precision, recall, name))
        if args.out:
            out = pathlib.Path(args.out)
            out.mkdir(parents=True, exist_ok=True)
            (out / f"{name}.found.txt").write_text(text or "")
            (out / f"{name}.wanted.txt").write_text(expected)
        if text is None:
            print(f"{name}: not read")
    if not rows:
        raise SystemExit(f"{args.folder} holds no pages with an expected text")
    precision = statistics.mean(row[1] for row in rows)
    recall = statistics.mean(row[2] for row in rows)
    print(f"{len(rows)} pages: precision {precision:.3f}, recall {recall:.3f}, "
          f"F1 {2 * precision * recall / (precision + recall):.3f}")
    for f1, precision, recall, name in sorted(rows)[:25]:
        print(f"  {f1:.3f}  P {precision:.3f}  R {recall:.3f}  {name}")


if __name__ == "__main__":
    main()
