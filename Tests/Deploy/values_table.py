"""The table of values in the chart's README, made from the comments in values.yaml.

    values_table.py           says whether the README is up to date: exits with 1 where it is not
    values_table.py --write   writes the table anew
"""

import json
import pathlib
import re
import sys

import yaml

CHART = pathlib.Path(__file__).resolve().parents[2] / "Helm/dragoman"
BEGIN, END = "<!-- values -->", "<!-- /values -->"


def comments(text):
    """(path, comment) of each key with a comment that begins with '# --'; the lines after it belong to it."""
    path, comment = [], []
    for line in text.splitlines():
        if match := re.fullmatch(r"\s*# -- (.*)", line):
            comment = [match[1]]
        elif comment and (match := re.fullmatch(r"\s*# (.*)", line)):
            comment.append(match[1])
        elif match := re.match(r"( *)([A-Za-z][\w]*):", line):
            path = [*path[: len(match[1]) // 2], match[2]]
            if comment:
                yield path, " ".join(comment)
            comment = []


def table():
    text = (CHART / "values.yaml").read_text()
    values = yaml.safe_load(text)
    lines = ["| key | default | |", "| --- | --- | --- |"]
    for path, comment in comments(text):
        value = values
        for key in path:
            value = value[key]
        shown = json.dumps(value, ensure_ascii=False)
        if len(shown) > 60:
            shown = "see values.yaml"
        else:
            shown = f"`{shown}`"
        lines.append(f"| `{'.'.join(path)}` | {shown} | {comment} |")
    return "\n".join(lines)


def undocumented():
    """Keys with a plain value or a list that have no comment, neither of their own nor above them."""
    text = (CHART / "values.yaml").read_text()
    known = {tuple(path) for path, _ in comments(text)}

    def walk(value, path):
        if any(path[:length] in known for length in range(1, len(path) + 1)):
            return
        if isinstance(value, dict) and value:
            for key, inner in value.items():
                yield from walk(inner, (*path, key))
        elif path:
            yield ".".join(path)

    allowed = ("podSecurityContext", "securityContext")
    return [path for path in walk(yaml.safe_load(text), ()) if not path.startswith(allowed)]


def main():
    readme = CHART / "README.md"
    old = readme.read_text()
    head, rest = old.split(BEGIN)
    new = f"{head}{BEGIN}\n{table()}\n{END}{rest.split(END)[1]}"
    if missing := undocumented():
        sys.exit("values.yaml: no '# --' comment at " + ", ".join(missing))
    if "--write" in sys.argv:
        readme.write_text(new)
    elif new != old:
        sys.exit("Helm/dragoman/README.md is not up to date: run Tests/Deploy/values_table.py --write")


if __name__ == "__main__":
    main()
