#!/usr/bin/env python3
"""Measures what the trust in a text hangs on: encodings, languages, the quality score, page labels and running heads, and
that two runs read alike.

    python3 tests/quality/trust.py [--misl target/release/misl] [encodings] [languages LANG=FOLDER …] [quality] [twice]
    MISL_LABELS=FOLDER python3 tests/quality/trust.py frames

Without names all run. Texts come from ../shared/data; `languages` takes further folders of saved pages or texts
that are known to be in one language (`ar=…`, `fa=…`), because the shared texts are in English and Urdu.

encodings   200 texts, each written in the eight encodings that can hold it, must be read letter for letter
languages   paragraphs of 15 words or more, up to 100 a language, must be given their language
quality     100 pages of judgments and reports must be trusted (0.80 or better); the same pages with their letters scrambled,
            shifted along the alphabet, without their vowels or mapped to nothing must not
frames      the printed number of each page and the lines of its running heads and feet against labels-frames.tsv of MISL_LABELS
            (file, page, folio, heads parted by ` | `, note), typed by a person who looked at the pages
twice       ihc, office and html_misc read with one job and with eight: each document must be shown alike to the last byte
"""
import argparse
import collections
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent.parent.parent
DATA = HERE.parent / "shared" / "data"
TRUSTED = 0.80


def run(misl, *arguments, **how):
    return subprocess.run([misl, *map(str, arguments)], capture_output=True, timeout=600, **how)


def read(misl, path):
    answer = run(misl, "read", "--json", path)
    return json.loads(answer.stdout) if answer.returncode == 0 else None


def squeezed(text):
    return " ".join(unicodedata.normalize("NFC", text).split())


# ---------------------------------------------------------------------------------------------------------- encodings

LATIN = ["windows-1252", "iso-8859-1", "utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-16-le-bare", "utf-16-be-bare"]
ARABIC = ["windows-1256", "utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-16-le-bare", "utf-16-be-bare"]


def written(text, encoding):
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    return marks.get(encoding, b"") + text.encode(encoding.removesuffix("-bare"))


def plain_texts(n):
    """Yields up to n texts of 300 to 3,000 letters: Urdu ones, and English paragraphs with letters beyond ASCII first."""
    urdu = [path.read_text(encoding="utf-8") for path in sorted((DATA / "urdu").glob("*.txt"))]
    english = []
    for path in sorted(DATA.glob("reports/*.pdf"))[:30] + sorted(DATA.glob("md/*.md")):
        if path.suffix == ".md":
            english.append(path.read_text(encoding="utf-8", errors="replace"))
        else:
            text = subprocess.run(["pdftotext", "-l", "150", path, "-"], capture_output=True, timeout=120).stdout
            english += text.decode("utf-8", "replace").split("\f")
    cut = [text[:3000] for text in english if 300 <= len(text) and "\ufffd" not in text]
    cut.sort(key=str.isascii)
    half = [text[:3000] for text in urdu if len(text) >= 300][: n // 2]
    # Control letters are taken out by every reader.
    return [re.sub(r"[^\S\n]|[\x00-\x09\x0b-\x1f\x7f]", " ", text) for text in (half + cut)[:n]]


def encodings(misl, _folders):
    right, total, wrong = 0, collections.Counter(), collections.defaultdict(list)
    texts = plain_texts(200)
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            is_urdu = any("\u0600" <= c <= "\u06ff" for c in text)
            for encoding in ARABIC if is_urdu else LATIN:
                try:
                    data = written(text, encoding)
                except UnicodeEncodeError:
                    continue
                path = pathlib.Path(folder) / f"text-{number}-{encoding}.txt"
                path.write_bytes(data)
                document = read(misl, path)
                got = "\n".join(page["text"] for page in document["pages"]) if document else ""
                # Numbers of lists and bars of tables may be set apart; letters may not differ.
                same = squeezed(got).replace(" ", "") == squeezed(text).replace(" ", "")
                total[encoding] += 1
                right += same
                if not same:
                    wrong[encoding].append(number)
    n = sum(total.values())
    print(f"encodings: {len(texts)} texts, {n} files: {right} read letter for letter ({100 * right / max(n, 1):.2f} %)")
    for encoding, numbers in sorted(wrong.items()):
        print(f"    {encoding}: {len(numbers)} of {total[encoding]} differ: texts {numbers[:12]}")


# ---------------------------------------------------------------------------------------------------------- languages


def languages(misl, folders):
    known = {"en": [DATA / "reports", DATA / "ihc"], "ur": [DATA / "urdu"]}
    for lang, folder in folders:
        known.setdefault(lang, []).append(pathlib.Path(folder))
    for lang, places in known.items():
        paths = sorted(path for place in places for path in place.rglob("*") if path.is_file())
        random.Random(7).shuffle(paths)
        asked, wrong = 0, []
        for path in paths:
            document = read(misl, path) if asked < 100 else None
            for page in document["pages"] if document else []:
                for one in page["paragraphs"]:
                    text = page["text"][one["start"] : one["end"]]
                    letters = [c for c in text if c.isalpha()]
                    n_arabic = sum("\u0600" <= c <= "\u06ff" for c in letters)
                    # A paragraph of the other script inside the document is not in its language.
                    if len(text.split()) < 15 or not letters or (n_arabic / len(letters) > 0.5) != (lang != "en"):
                        continue
                    if asked < 100:
                        asked += 1
                        if one["lang"] != lang:
                            wrong.append((one["lang"], path.name, text[:80]))
        print(f"languages: {lang}: {asked - len(wrong)} of {asked} paragraphs right")
        for one in wrong[:12]:
            print("   ", *one)


# ------------------------------------------------------------------------------------------------------------ quality


def scrambled(text, dice):
    def one(match):
        letters = list(match.group())
        dice.shuffle(letters)
        return "".join(letters)

    return re.sub(r"[A-Za-z]+", one, text)


def shifted(text, dice):
    by = dice.choice([3, 5, 7, 11])
    return "".join(chr((ord(c.lower()) - 97 + by) % 26 + 97) if c.isascii() and c.isalpha() else c for c in text)


def holed(text, _dice):
    return re.sub(r"[aeiou]", "", text)


def unmapped(text, dice):
    return "".join("\ufffd" if c.isalpha() and dice.random() < 0.5 else c for c in text)


def pdf_of(text):
    """A page in Helvetica whose letters stand for those of `text` by a map of its own, as damaged files have them."""
    letters = sorted({c for c in text if not c.isspace()})[:220]
    code = {c: 33 + i for i, c in enumerate(letters)}
    lines = [line for line in text.splitlines() if line.strip()][:70]
    draw = ["BT /F 9 Tf 11 TL 40 800 Td"]
    for line in lines:
        draw.append("<" + "".join(f"{code.get(c, 32):02x}" for c in " ".join(line.split())[:110]) + "> Tj T*")
    draw.append("ET")
    pairs = "\n".join(f"<{n:02x}> <{ord(c):04x}>" for c, n in code.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap /CMapName /A def 1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(code) + 1} beginbfchar\n<20> <0020>\n{pairs}\nendbfchar endcmap end"
    )
    widths = " ".join("500" for _ in range(256))
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(chr(10).join(draw))}>>\nstream\n" + "\n".join(draw) + "\nendstream",
        f"<</Type/Font/Subtype/TrueType/BaseFont/Helvetica/FirstChar 0/LastChar 255/Widths[{widths}]/ToUnicode 6 0 R>>",
        f"<</Length {len(cmap)}>>\nstream\n{cmap}\nendstream",
    ]
    out, places = b"%PDF-1.5\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return out + f"trailer<</Root 1 0 R/Size {len(bodies) + 1}>>\nstartxref\n{start}\n%%EOF\n".encode()


def quality(misl, _folders):
    dice = random.Random(7)
    pages = []
    for path in sorted([*DATA.glob("ihc/*.pdf"), *DATA.glob("reports/*.pdf"), *DATA.glob("us_courts/*.pdf")]):
        text = subprocess.run(["pdftotext", "-layout", "-l", "6", path, "-"], capture_output=True, timeout=120).stdout
        for page in text.decode("utf-8", "replace").split("\f"):
            if len(re.findall(r"[A-Za-z]{2,}", page)) >= 80 and all(ord(c) < 0x3000 for c in page):
                pages.append(page)
    pages = dice.sample(pages, min(100, len(pages)))
    damages = [("as they are", None), ("scrambled", scrambled), ("shifted", shifted), ("without vowels", holed), ("unmapped", unmapped)]
    right = total = 0
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "page.pdf"
        for name, damage in damages:
            # Good and bad pages weigh alike.
            sample = pages if damage is None else pages[: len(pages) // (len(damages) - 1)]
            scores = []
            for page in sample:
                path.write_bytes(pdf_of(damage(page, dice) if damage else page))
                document = read(misl, path)
                scores.append(document["pages"][0]["quality"] if document else None)
            fine = sum(1 for score in scores if score is not None and (score >= TRUSTED) == (damage is None))
            right, total = right + fine, total + len(scores)
            known = sorted(score for score in scores if score is not None)
            print(f"quality: {name}: {fine} of {len(scores)} on their side; scores {known[0]:.2f} to {known[-1]:.2f}")
    print(f"quality: {right} of {total} ({100 * right / max(total, 1):.1f} %)")


# ------------------------------------------------------------------------------------------------------------- frames


def letters_of(text):
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def frames(misl, _folders):
    folder = os.environ.get("MISL_LABELS")
    table = pathlib.Path(folder or ".") / "labels-frames.tsv"
    if not folder or not table.is_file():
        return print("frames: NOT RUN: MISL_LABELS names no folder with labels-frames.tsv")
    lines = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()]
    rows = [dict(zip(lines[0], line)) for line in lines[1:]]
    documents = {}
    n_pages, right, wrong = 0, 0, []
    n_heads, found, missed, body = 0, 0, [], []
    # Notes name in backquotes what the text layer holds and the picture does not show: no line of the body.
    unseen = collections.defaultdict(str)
    for row in rows:
        if any(word in row.get("note", "") for word in ("unseen", "hidden")):
            unseen[row["file"]] += " ".join(re.findall("`([^`]*)`", row["note"]))
    for row in rows:
        name, number = row["file"], int(row["page"])
        if name not in documents:
            documents[name] = read(misl, DATA / name)
        document = documents[name]
        if not document:
            continue
        page = document["pages"][number - 1]
        if not page["text"].strip():
            continue
        marked = [page["text"][one["start"] : one["end"]] for one in page["paragraphs"] if one["boilerplate"] or one["role"] == "form"]
        unsure = row.get("note", "").startswith("?")
        # What the text layer lacks cannot be read.
        if row["folio"] and not unsure and letters_of(row["folio"]) in letters_of(page["text"]):
            n_pages += 1
            right += page["label"] == row["folio"]
            if page["label"] != row["folio"]:
                wrong.append((name, number, f"printed {row['folio']}, read {page['label']}"))
        heads = [one for one in row["heads"].split(" | ") if letters_of(one)]
        seen = letters_of(" ".join(marked))
        whole = letters_of(page["text"])
        for head in heads if not unsure else []:
            if letters_of(head) not in whole:
                continue
            n_heads += 1
            found += letters_of(head) in seen
            if letters_of(head) not in seen:
                missed.append((name, number, head))
        truth = letters_of(" ".join(heads) + row["folio"] + unseen[name])
        for one in marked if not unsure else []:
            if len(letters_of(one)) > 3 and letters_of(one) not in truth and not row["note"].startswith("watermark"):
                rest = letters_of(one)
                for head in sorted([*heads, row["folio"]], key=len, reverse=True):
                    rest = rest.replace(letters_of(head), "") if letters_of(head) else rest
                if len(rest) > 3:
                    body.append((name, number, one))
    print(f"frames: {len(documents)} documents; printed numbers {right} of {n_pages} right; running heads {found} of {n_heads} marked; "
          f"{len(body)} lines marked that are none")
    for title, some in (("number", wrong), ("not marked", missed), ("marked", body)):
        for name, number, what in some[:25]:
            print(f"    {title}: {name} p. {number}: {what[:100]!r}")


# -------------------------------------------------------------------------------------------------------------- twice


def twice(misl, _folders):
    with tempfile.TemporaryDirectory() as folder:
        kept = []
        for jobs in (1, 8):
            place = pathlib.Path(folder) / f"jobs-{jobs}"
            place.mkdir()
            for step in (["init"], ["ingest", "--jobs", jobs, "--ocr", "never", "--quiet", *(DATA / n for n in ("ihc", "office", "html_misc"))]):
                run(misl, *step, cwd=place)
            listed = json.loads(run(misl, "status", "--all", "--json", cwd=place).stdout)
            keys = sorted(str(one.get("id") or one.get("path")) for one in listed["files"])
            pages = {}
            for one in listed["files"]:
                if one.get("key"):
                    shown = run(misl, "show", one["key"], "--json", cwd=place).stdout
                    pages[one["key"]] = shown
            kept.append((keys, pages))
        (one_keys, one), (eight_keys, eight) = kept
        print(f"twice: {len(one)} documents, {sum(one[key] == eight.get(key) for key in one)} shown alike; "
              f"files listed alike: {one_keys == eight_keys}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--misl", default=str(HERE / "target/release/misl"))
    parser.add_argument("what", nargs="*")
    args = parser.parse_args()
    if not DATA.is_dir():
        sys.exit("NOT RUN: no folder ../shared/data beside this project")
    folders = [one.split("=", 1) for one in args.what if "=" in one]
    names = [one for one in args.what if "=" not in one]
    measures = {"encodings": encodings, "languages": languages, "quality": quality, "frames": frames, "twice": twice}
    misl = os.path.abspath(args.misl)
    for name in names or measures:
        if name not in measures:
            sys.exit(f"there is no measure `{name}`: {', '.join(measures)}")
        measures[name](misl, folders)


if __name__ == "__main__":
    main()
