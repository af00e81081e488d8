"""Gapwise over a fleet of spreadsheets with Ray: python fleet.py FOLDER OUT

Each task runs `gapwise report` over a handful of files and merges their results into one document without ratings;
the documents are merged in a tree. As sums are exact, the portfolio is the same to the last bit however the files
were spread and in whatever order tasks ended.
"""

import argparse
import subprocess
import tempfile
import time
from pathlib import Path

import ray

FILES_A_TASK = 50
DOCUMENTS_A_MERGE = 16


def gapwise(program, *args):
    """Runs the program; a batch with files that cannot be read goes on (exit code 2) and says so on standard error."""
    done = subprocess.run([program, *args], capture_output=True, text=True)
    return done.returncode, done.stderr


def merged(program, documents, date):
    """One document of several, as bytes."""
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for place, document in enumerate(documents):
            name = Path(folder) / f"{place}.json"
            name.write_bytes(document)
            names.append(str(name))
        code, told = gapwise(
            program, "merge", *names, "--no-ratings", "--format", "json", "--date", date, "-o", folder, "--quiet"
        )
        if code != 0:
            raise RuntimeError(told)
        return (Path(folder) / "portfolio.json").read_bytes()


@ray.remote
def read(program, root, files, date):
    """Reads some files; gives their merged document and what was said about those that could not be read."""
    with tempfile.TemporaryDirectory() as folder:
        # The relative folders go into the result, so they must be those below the root.
        shard = Path(folder) / "in"
        for file in files:
            link = shard / Path(file).relative_to(root)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(file)
        _, told = gapwise(
            program, "report", str(shard), "--format", "json", "--no-ratings", "--date", date, "--jobs", "1",
            "--no-config", "-o", f"{folder}/out", "--quiet",
        )
        documents = [path.read_bytes() for path in sorted(Path(folder, "out").rglob("*.json"))]
        return (merged(program, documents, date) if documents else None), told


@ray.remote
def join(program, date, *documents):
    """Merges documents of earlier tasks."""
    made = [document for document in documents if document]
    return merged(program, made, date) if made else None


def portfolio(program, root, date, files_a_task=FILES_A_TASK):
    """The portfolio over all workbooks below a folder, as bytes, and what was said on the way."""
    root = Path(root).resolve()
    files = [str(path) for path in sorted(root.rglob("*.xlsx")) if not path.name.startswith("~$")]
    shards = [files[start : start + files_a_task] for start in range(0, len(files), files_a_task)]
    two = read.options(num_returns=2)
    parts = [two.remote(program, str(root), shard, date) for shard in shards]
    told = [said for said in ray.get([part[1] for part in parts]) if said]
    level = [part[0] for part in parts]
    while len(level) > 1:
        groups = [level[start : start + DOCUMENTS_A_MERGE] for start in range(0, len(level), DOCUMENTS_A_MERGE)]
        level = [join.remote(program, date, *group) for group in groups]
    return ray.get(level[0]), told, len(files)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("out", help="file for the portfolio's JSON; gapwise merge makes page and paper of it")
    parser.add_argument("--gapwise", default="gapwise", help="the program")
    parser.add_argument("--date", default=time.strftime("%Y-%m-%d"))
    parser.add_argument("--files-a-task", type=int, default=FILES_A_TASK)
    args = parser.parse_args()
    ray.init(logging_level="ERROR", include_dashboard=False)
    start = time.time()
    document, told, count = portfolio(args.gapwise, args.folder, args.date, args.files_a_task)
    print("".join(told), end="")
    if document is None:
        raise SystemExit("no workbook could be read")
    Path(args.out).write_bytes(document)
    print(f"{count} files, {time.time() - start:.1f} s, {len(document)} bytes")
