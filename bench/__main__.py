"""`python -m bench NAME`: run one benchmark. SIZE=small (the default) or full."""

import os
import sys
from importlib import import_module


def main() -> int:
    """Run the benchmark named on the command line; 0 when every figure reaches its target."""
    names = sys.argv[1:]
    if len(names) != 1 or not names[0].isidentifier():
        sys.stderr.write("usage: SIZE=small|full python -m bench exports\n")
        return 2
    size = os.environ.get("SIZE", "small")
    if size not in {"small", "full"}:
        sys.stderr.write(f"SIZE={size} is neither small nor full\n")
        return 2
    return 0 if import_module(f"bench.{names[0]}").run(size) else 1


if __name__ == "__main__":
    sys.exit(main())
