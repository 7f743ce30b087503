"""Run as a program of its own: a document's JSON comes in, its PDF goes out.

typst keeps some 90 MB of what it has read for the next document, and gives none of it back. In a
process that ends with the document no web worker grows by it (`papers.typesetting`). It is given no
environment, and so neither the database's address nor the site's secret.
"""

from __future__ import annotations

import json
import sys

import typst


def main() -> int:
    """0 with the PDF on standard output, or 1 with what is wrong on standard error."""
    job = json.load(sys.stdin)
    data = json.dumps(job.pop("data"), ensure_ascii=False)
    try:
        made, warnings = typst.compile_with_warnings(**job, sys_inputs={"data": data})
    except typst.TypstError as fault:
        faults = [str(fault)]
    else:
        faults = [warning.message for warning in warnings]
    if faults:
        sys.stderr.write("; ".join(faults))
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
