#!/usr/bin/env python3
"""Measures misl beside other programs, in one run on one machine; quote the ratios, not the seconds.

    python3 tests/bench/run.py [--mb 60] [--work DIR] [--skip recoll,omindex]

Takes the first MB megabytes of ../shared/scale/english.tar.zst, ingests them with misl (release build), with
tantivy alone (same fields), with Recoll and with Xapian omindex where they are installed, and times queries.
CPU is user + system of the whole process with its children.
"""
import argparse
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tarfile
import time

HERE = pathlib.Path(__file__).resolve().parent.parent.parent


def cpu(command, **more):
    """Runs a command and returns its CPU seconds, wall seconds and exit status."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used, time.monotonic() - started, done.returncode


def bench(name):
    """Builds a benchmark and returns its program, so that what Cargo itself costs is not counted."""
    command = ["cargo", "bench", "--quiet", "--no-run", "--bench", name, "--message-format", "json"]
    told = subprocess.run(command, cwd=HERE, check=True, stdout=subprocess.PIPE, text=True).stdout
    found = [line.get("executable") for line in map(json.loads, told.splitlines()) if line.get("target", {}).get("name") == name]
    return next(path for path in found if path)


def size(folder):
    return sum(p.stat().st_size for p in pathlib.Path(folder).rglob("*") if p.is_file())


def unpack(archive, target, megabytes):
    """Writes files until they hold `megabytes` MB; returns (files, bytes)."""
    n_files = n_bytes = 0
    stream = subprocess.Popen(["zstd", "-dc", str(archive)], stdout=subprocess.PIPE)
    with tarfile.open(fileobj=stream.stdout, mode="r|") as tar:
        for member in tar:
            if not member.isfile():
                continue
            data = tar.extractfile(member).read()
            path = target / member.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            n_files, n_bytes = n_files + 1, n_bytes + len(data)
            if n_bytes >= megabytes * 1_000_000:
                break
    stream.kill()
    return n_files, n_bytes


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--mb", type=int, default=60)
    parser.add_argument("--work", default="/tmp/misl-bench")
    parser.add_argument("--skip", default="")
    parser.add_argument("--queries", type=int, default=100)
    args = parser.parse_args()
    archive = HERE.parent / "shared" / "scale" / "english.tar.zst"
    if not archive.exists():
        sys.exit(f"NOT RUN: {archive} is not there")
    work = pathlib.Path(args.work)
    shutil.rmtree(work, ignore_errors=True)
    text = work / "text"
    text.mkdir(parents=True)
    n_files, n_bytes = unpack(archive, text, args.mb)
    print(f"{n_files} files, {n_bytes / 1e6:.1f} MB of text; {os.cpu_count()} cores")
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=HERE, check=True)
    tantivy_alone, queries = bench("tantivy_alone"), bench("queries")
    misl = HERE / "target" / "release" / "misl"
    rows = []

    def row(name, seconds, wall, code, folder):
        speed = n_bytes / 1e6 / max(seconds, 0.01)
        rows.append((name, seconds, wall, speed, size(folder) / n_bytes, code))
        print(f"{name:<24} {seconds:8.1f} CPU s {wall:8.1f} s {speed:8.2f} MB/CPU s   index/text {size(folder) / n_bytes:.2f}   exit {code}", flush=True)

    space = work / "workspace"
    subprocess.run([misl, "init", space], check=True, stdout=subprocess.DEVNULL)
    row("misl ingest", *cpu([misl, "-C", space, "-q", "ingest", text]), space / "index")
    again = cpu([misl, "-C", space, "-q", "ingest"])
    print(f"{'unchanged second run':<24} {again[0]:8.1f} CPU s {again[1]:8.1f} s   exit {again[2]}")
    repair = cpu([misl, "-C", space, "-q", "repair"])
    print(f"{'rebuild from kept texts':<24} {repair[0]:8.1f} CPU s {repair[1]:8.1f} s   exit {repair[2]}")
    alone = work / "tantivy"
    row("tantivy alone", *cpu([tantivy_alone, "--bench", text, alone]), alone)
    skip = args.skip.split(",")
    if shutil.which("omindex") and "omindex" not in skip:
        row("Xapian omindex", *cpu(["omindex", "--db", work / "omega", "--url", "/", "--mime-type", "md:text/plain", text]), work / "omega")
    else:
        print("NOT RUN: omindex")
    if shutil.which("recollindex") and "recoll" not in skip:
        conf = work / "recoll"
        conf.mkdir()
        (conf / "recoll.conf").write_text(f"topdirs = {text}\nidxflushmb = 100\nthrQSizes = -1 -1 -1\n")
        (conf / "mimemap").write_text(".md = text/plain\n")
        row("Recoll", *cpu(["recollindex", "-c", conf, "-z"]), conf)
    else:
        print("NOT RUN: recollindex")
    base = rows[0][3]
    for name, *_, in rows[1:]:
        other = next(r for r in rows if r[0] == name)[3]
        print(f"misl is {base / other:.2f} x {name} in MB a CPU second")
    subprocess.run([queries, "--bench", space, str(args.queries)], check=True)
    cold = [cpu([misl, "-C", space, "search", word])[:2] for word in ("minister", "\"court order\"", "surveillance warrant")]
    print("cold search, whole process: " + ", ".join(f"{c * 1000:.0f} ms CPU" for c, _ in cold))


if __name__ == "__main__":
    main()
