"""Run by the interpreter that has Radicale, with its configuration as the only argument: serves until the process that
began it is gone. Imports nothing of ours.
"""

import os
import runpy
import sys
import threading
import time


def leave_with(parent: int) -> None:
    """End the process once `parent` is no longer its parent."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


def main() -> None:
    """Serve."""
    threading.Thread(target=leave_with, args=(os.getppid(),), daemon=True).start()
    sys.argv = ["radicale", "--config", sys.argv[1]]
    runpy.run_module("radicale", run_name="__main__")


if __name__ == "__main__":
    main()
