#!/usr/bin/env python3
"""Has other programs read what `misl export` writes, and compares what they understood.

    python3 tests/quality/exchange.py [--misl target/debug/misl] [--keep FOLDER] [--zotero COMMAND]

The starter corpus and records whose every field is hostile (LaTeX, BibTeX, RIS, CSV, HTML, Markdown, control and
bidi characters) are exported in every format of citations. Read back by
    pandoc    BibTeX, BibLaTeX, CSL-JSON (titles of all works), Markdown, HTML, DOCX, RTF (words, nothing active)
    biber     BibLaTeX, in tool mode with the data model checked
    soffice   DOCX and RTF as text (words)
    rdflib    Zotero RDF (every field of every work)
    Zotero    RIS, BibTeX, CSL-JSON and Zotero RDF through its own translators, where --zotero names a command that
              reads a file with one of them and prints the items as Zotero would save them, as JSON:
              COMMAND FORMAT FILE; what the item's type has no field for stands under "lost". It is no part of this
              project
A program that is not here is named as NOT RUN. Exit 1: something differed.
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
import unicodedata
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent.parent.parent
ATTACKS = [
    r"\input{/etc/passwd} \write18{id} $x^2$ % & # _ ~ {open",
    r"} @article{x, title={y}} \end{document} \def\x{}",
    '=HYPERLINK("http://x.test","y") +1 -1 @SUM(A1)',
    '<script>alert(1)</script><img src=x onerror=alert(1)> &amp; "q" \'q\'',
    "[a](javascript:alert(1)) ![b](http://x.test/b.png) `c` *d* # e | f",
    "TY  - JOUR\nER  - \nTI  - other",
    "a\u202eb\u2066c\u2069 \u200fd \u0007e \u000bf",
    "{\\*\\field INCLUDEPICTURE} \\u-3913? \\'e9 }{",
    "پی ٹی اے <b>نگرانی</b> \\textbf{ر} = ۲۰ لاکھ",
    "--- ''' ``x'' ~ ^^41 \\\\ \\{ \\} \"a\" ligature ﬁ ﬀ é ñ ß — … ½ №",
]
KINDS = ["order", "judgment", "statute", "instrument", "report", "news", "book", "web", "letter", "treaty", "article"]
# Authors that other programs must read as the same persons and bodies.
PEOPLE = [
    ["Asha Nobody"],
    ["Noone, Bilal B.", "Carl van der Fiction", "Example Rights Group"],
    ["عائشہ نامعلوم", "Zoë O’Nobody-McNoone"],
]
# pandoc parts the particle from the family name.
NAME_PARTS = ("given", "dropping-particle", "non-dropping-particle", "family", "literal")
faults = collections.OrderedDict()
run_by, not_run = [], []


def fault(what, detail):
    faults.setdefault(what, []).append(detail)


def run(*command, cwd=None, text=None):
    return subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=600, cwd=cwd, input=text)


def hostile(folder):
    """Writes a record for each attack and kind, every field filled with the attack."""
    folder.mkdir(parents=True)
    n = 0
    for attack in ATTACKS:
        for kind in KINDS:
            n += 1
            value = json.dumps(f"{attack} nr{n:03}", ensure_ascii=False)
            party = json.dumps(f"Party{n:03} {attack}", ensure_ascii=False)
            fields = [f"kind: {kind}", f"title: {value}", f"key: hostile-{n:03}", "date: 2021-05-06"]
            if kind in ("order", "judgment"):
                fields += ["court: ihc", f"number: {value}", f"petitioner: {party}", f"respondent: {party}", f"judge: {value}"]
            else:
                fields += [f"authors: [{value}]", f"publisher: {value}", f"number: {value}", f"place: {value}"]
            fields += ['url: "https://x.test/a?b=1&c={d}_%20~#e"', f"short-title: {value}"]
            (folder / f"r{n:03}.md").write_text("---\n" + "\n".join(fields) + f"\n---\n\nText of record {n}.\n", encoding="utf-8")
    for number, names in enumerate(PEOPLE):
        fields = ["kind: web", f"title: Story of people{number}", f"key: people-{number}", "date: 2021-05-06"]
        fields.append(f"authors: {json.dumps(names, ensure_ascii=False)}")
        (folder / f"p{number}.md").write_text("---\n" + "\n".join(fields) + f"\n---\n\nText of story {number}.\n", encoding="utf-8")
    return n


def plain(text):
    """Letters and digits alone: what every format must bring back, whatever its signs of markup."""
    text = unicodedata.normalize("NFKC", urllib.parse.unquote(text))
    return "".join(c for c in text if c.isalnum()).lower()


def titles_of(items):
    return collections.Counter(plain(i.get("title") or "") for i in items)


def compare_titles(what, ours, theirs):
    """Every title of ours must be there, as often."""
    lost = titles_of(ours) - titles_of(theirs)
    if len(ours) != len(theirs):
        fault(what, f"{len(ours)} works written, {len(theirs)} read")
    for title in list(lost)[:8]:
        near = max(titles_of(theirs) - titles_of(ours) or {"": 1}, key=lambda t: len(set(t) & set(title)))
        fault(what, f"title lost: {title[:90]!r}; read: {near[:90]!r}")
    return sum(lost.values())


def compare_fields(what, ours, theirs, names):
    """Fields of the same work: what is in ours must be in theirs."""
    by_id = {i.get("id"): i for i in theirs}
    n = 0
    for item in ours:
        other = by_id.get(item["id"])
        if not other:
            fault(what, f"{item['id']} is not there")
            continue
        for name, as_name in names.items():
            mine, read = field(item, name), field(other, as_name)
            if mine and plain(mine) != plain(read):
                n += 1
                if n <= 8:
                    fault(what, f"{item['id']} {name}: {mine[:70]!r} read as {read[:70]!r}")
    return n


def field(item, name):
    value = item.get(name)
    if isinstance(value, list):
        return " ".join(" ".join(v.get(k, "") for k in NAME_PARTS) for v in value)
    if isinstance(value, dict):
        return "-".join(str(p) for p in (value.get("date-parts") or [[]])[0])
    return str(value or "")


def active(node, found):
    """Collects what a reader of the document would run, fetch or draw."""
    if isinstance(node, dict):
        kind, content = node.get("t"), node.get("c")
        if kind in ("RawInline", "RawBlock", "Math", "Image"):
            found.append(f"{kind} {json.dumps(content)[:80]}")
        if kind == "Link" and not re.match(r"^(https?|mailto):|^#", content[2][0]):
            found.append(f"Link to {content[2][0][:80]}")
        for value in node.values():
            active(value, found)
    elif isinstance(node, list):
        for value in node:
            active(value, found)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--misl", default=str(HERE / "target/debug/misl"))
    parser.add_argument("--keep")
    parser.add_argument("--zotero")
    args = parser.parse_args()
    home = pathlib.Path(args.keep or tempfile.mkdtemp())
    home.mkdir(parents=True, exist_ok=True)
    shutil.copytree(HERE / "corpus", home / "corpus", dirs_exist_ok=True)
    shutil.copy(HERE / "misl.toml", home)
    (home / "index").mkdir(exist_ok=True)
    n_hostile = hostile(home / "corpus" / "hostile") if not (home / "corpus/hostile").exists() else len(ATTACKS) * len(KINDS)
    misl = lambda *a: run(str(pathlib.Path(args.misl).resolve()), *a, cwd=home)
    ingest = misl("ingest", "--quiet")
    if ingest.returncode not in (0, 3):
        sys.exit(f"cannot ingest: {ingest.stderr}")
    keys = sorted(all_keys(misl))
    misl("list", "add", "all", *keys)
    out = home / "out"
    out.mkdir(exist_ok=True)
    written = {}
    for name, end in [("bibtex", "bib"), ("biblatex", "biblatex.bib"), ("ris", "ris"), ("csl-json", "json"), ("docx", "docx"), ("rtf", "rtf"), ("html", "html"), ("md", "md"), ("text", "txt"), ("zotero-rdf", "rdf"), ("csv", "csv")]:
        path = out / f"all.{end}"
        made = misl("export", "all", "--format", name, "--allow-pii", "--force", "-o", str(path))
        if made.returncode:
            sys.exit(f"cannot export {name}: {made.stderr}")
        written[name] = path
    ours = json.loads(written["csl-json"].read_text())
    print(f"{len(ours)} works, {n_hostile} of them hostile, in {len(written)} formats")
    with_pandoc(written, ours)
    with_biber(written, ours, out)
    with_soffice(written, out)
    with_rdflib(written, ours)
    with_zotero(written, ours, args.zotero)
    for what in run_by:
        n = len(faults.get(what, []))
        print(f"{'ok   ' if not n else 'DIFFERS'} {what}")
        for line in faults.get(what, [])[:12]:
            print(f"        {line}")
    for what in not_run:
        print(f"NOT RUN {what}")
    sys.exit(1 if faults else 0)


def all_keys(misl):
    """Returns the key of every document."""
    answer = json.loads(misl("search", "*", "--all", "--json").stdout or "{}")
    keys = [d.get("key") for d in answer.get("documents", [])]
    return [k for k in keys if k]


def with_pandoc(written, ours):
    if not shutil.which("pandoc"):
        not_run.append("pandoc: not installed")
        return
    for name, reader in [("bibtex", "bibtex"), ("biblatex", "biblatex"), ("csl-json", "csljson"), ("ris", "ris")]:
        what = f"pandoc reads {name}"
        made = run("pandoc", "-f", reader, "-t", "csljson", str(written[name]))
        if made.returncode and "Unknown input format" in made.stderr:
            not_run.append(f"{what}: this pandoc has no such reader")
            continue
        run_by.append(what)
        if made.returncode:
            fault(what, made.stderr.strip()[:300])
            continue
        theirs = json.loads(made.stdout)
        compare_titles(what, ours, theirs)
        names = {"title": "title", "URL": "URL"}
        if name == "csl-json":
            names.update({"number": "number", "authority": "authority", "publisher": "publisher", "issued": "issued", "author": "author"})
        compare_fields(what, ours, theirs, names)
        people = [item for item in ours if item["id"].startswith("people-")]
        if len(people) != len(PEOPLE):
            fault(what, f"{len(people)} works of people")
        compare_fields(what, people, theirs, {"author": "author"})
        for item in people:
            read = next((one for one in theirs if one.get("id") == item["id"]), {})
            bodies = [sum("literal" in name for name in one.get("author", [])) for one in (item, read)]
            if bodies[0] != bodies[1]:
                fault(what, f"{item['id']}: {bodies[0]} bodies written, {bodies[1]} read: {read.get('author')}")
    text = written["text"].read_text()
    for name, reader in [("md", "markdown"), ("html", "html"), ("docx", "docx"), ("rtf", "rtf")]:
        what = f"pandoc reads {name}"
        run_by.append(what)
        tree = run("pandoc", "-f", reader, "-t", "json", str(written[name]))
        words = run("pandoc", "-f", reader, "-t", "plain", "--wrap=none", str(written[name]))
        if tree.returncode or words.returncode:
            fault(what, (tree.stderr + words.stderr).strip()[:300])
            continue
        found = []
        active(json.loads(tree.stdout)["blocks"], found)
        for one in found[:8]:
            fault(what, f"active: {one}")
        compare_words(what, text, words.stdout)


def compare_words(what, ours, theirs):
    """Every record's number must come back, beside the letters of its line."""
    lines = {m: plain(line) for line in ours.splitlines() for m in re.findall(r"nr\d{3}", line)}
    read = plain(theirs)
    lost = [m for m, line in lines.items() if line not in read]
    if lost:
        first = lines[lost[0]]
        fault(what, f"{len(lost)} of {len(lines)} hostile lines differ, first {lost[0]}: {first[:160]}")


def with_biber(written, ours, out):
    if not shutil.which("biber"):
        not_run.append("biber: not installed")
        return
    what = "biber --tool reads biblatex"
    run_by.append(what)
    target = out / "biber.bib"
    made = run("biber", "--tool", "--validate-datamodel", "--output-encoding=UTF-8", "--no-bltxml-schema", f"--output-file={target}", str(written["biblatex"]))
    if made.returncode:
        fault(what, f"exit {made.returncode}: {made.stdout[-400:]}")
    # What the data model says of unsigned news and of legal types without a legal style is no fault.
    model = [line for line in made.stdout.splitlines() if "Datamodel" in line]
    said = collections.Counter(re.sub(r"Entry '[^']*' \([^)]*\): ", "", line)[:80] for line in model)
    for line, n in said.items():
        print(f"      biber: {n} x {line}")
    for line in made.stdout.splitlines():
        if line.startswith(("ERROR", "WARN")) and line not in model:
            fault(what, line[:200])
    if target.exists() and shutil.which("pandoc"):
        back = run("pandoc", "-f", "biblatex", "-t", "csljson", str(target))
        if back.returncode:
            fault(what, back.stderr[:300])
        else:
            compare_titles(what, ours, json.loads(back.stdout))


def with_soffice(written, out):
    if not shutil.which("soffice"):
        not_run.append("LibreOffice: not installed")
        return
    text = written["text"].read_text()
    for name in ("docx", "rtf"):
        what = f"LibreOffice reads {name}"
        run_by.append(what)
        folder = out / f"office-{name}"
        made = run("soffice", "--headless", f"-env:UserInstallation=file://{out.resolve()}/profile", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(folder), str(written[name]))
        read = folder / "all.txt"
        if not read.exists():
            fault(what, (made.stdout + made.stderr)[-300:])
            continue
        compare_words(what, text, read.read_text(errors="replace"))


def with_zotero(written, ours, command):
    if not command:
        not_run.append("Zotero's translators: --zotero names no command")
        return
    for name in ("ris", "bibtex", "biblatex", "csl-json", "zotero-rdf"):
        what = f"Zotero reads {name}"
        run_by.append(what)
        made = run(*command.split(), name, str(written[name]))
        if made.returncode:
            fault(what, made.stderr.strip()[-300:])
            continue
        items = json.loads(made.stdout)
        if name == "zotero-rdf":
            theirs = {}
            for item in items:
                values = [v for v in item.values() if isinstance(v, str)]
                values += [c.get(part, "") for c in item["creators"] for part in ("lastName", "firstName")]
                theirs[key_of_extra(item.get("extra"))] = {t for v in values for t in texts_of_extra(v)}
                # Its translator writes a publisher under five names, of which a type has one.
                for field, value in item.get("lost", {}).items():
                    if value not in values:
                        fault(what, f"a {item['itemType']} has no {field}: {value[:90]!r}")
            compare_stated(what, ours, theirs)
            print(f"      {what}: {dict(collections.Counter(i['itemType'] for i in items))}")
            continue
        # Zotero's import drops what looks like a tag, knows no TeX name of a brace or backslash, and reads `^` as `ˆ`;
        # our RIS drops what looks like a tag of RIS at the beginning of a value.
        bare = lambda t: re.sub(r"\\?text(brace(left|right)|backslash|ascii\w+?(?=\W|$))|<[^>]*>|&\w+;|[{}ˆ]|^TY +- ", "", t or "")
        mine = [{"title": bare(i.get("title"))} for i in ours]
        compare_titles(what, mine, [{"title": bare(zotero_title(i))} for i in items])
        print(f"      {what}: {dict(collections.Counter(i['itemType'] for i in items))}")


def stated(item):
    """Returns the fields of an item of CSL-JSON that other programs must bring back, as texts."""
    names = "title title-short number authority publisher publisher-place edition issue volume page container-title URL archive_location references language".split()
    texts = {name: item[name] for name in names if item.get(name)}
    if item["type"] == "legal_case":
        # The report's court stands in the name of the series here, and in a line of its own in RDF.
        for name in ("container-title", "volume"):
            texts.pop(name, None)
    for name in ("issued", "accessed"):
        if item.get(name):
            texts[name] = "-".join(f"{part:02}" for part in item[name]["date-parts"][0])
    for n, author in enumerate(item.get("author", [])):
        for part in ("literal", "family", "given"):
            if author.get(part):
                texts[f"author {n + 1} {part}"] = author[part]
    for n, line in enumerate(item.get("note", "").splitlines()):
        texts[f"note {n + 1}"] = line
    return texts


def compare_stated(what, ours, theirs):
    """Each field of ours must be one of the texts of the same work, letter for letter."""
    n = 0
    for item in ours:
        read = theirs.get(item["id"])
        if read is None:
            fault(what, f"{item['id']} is not there")
            continue
        for name, value in stated(item).items():
            n += 1
            if value not in read:
                fault(what, f"{item['id']} {name}: {value[:90]!r} is not there: {str(sorted(read))[:400]}")
    if len(theirs) != len(ours):
        fault(what, f"{len(ours)} works written, {len(theirs)} read")
    print(f"      {what}: {n} fields compared")


def texts_of_extra(text):
    """Returns the lines of Extra, and what stands behind their names."""
    for line in text.splitlines():
        yield line
        if ": " in line:
            yield line.split(": ", 1)[1]


def key_of_extra(text):
    found = re.search(r"^Citation Key: (\S+)$", text or "", re.M)
    return found and found.group(1)


def with_rdflib(written, ours):
    try:
        import rdflib
    except ImportError:
        not_run.append("rdflib: not installed")
        return
    what = "rdflib reads zotero-rdf"
    run_by.append(what)
    graph = rdflib.Graph()
    try:
        graph.parse(str(written["zotero-rdf"]), format="xml")
    except Exception as error:
        fault(what, str(error)[:300])
        return
    dc = rdflib.Namespace("http://purl.org/dc/elements/1.1/")

    def texts(node):
        for _, value in graph.predicate_objects(node):
            if isinstance(value, rdflib.Literal):
                yield from texts_of_extra(str(value))
            elif isinstance(value, rdflib.BNode):
                yield from texts(value)

    theirs = {}
    for node in set(graph.subjects()):
        if isinstance(node, rdflib.URIRef):
            theirs[key_of_extra(str(graph.value(node, dc.description)))] = set(texts(node))
    compare_stated(what, ours, theirs)


def zotero_title(item):
    return item.get("title") or item.get("caseName") or item.get("nameOfAct") or item.get("subject") or ""


main()
