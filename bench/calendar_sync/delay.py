"""A relay that lets everything arrive later: `python -m bench.calendar_sync.delay PORT SERVER_PORT SECONDS`.

Each direction takes SECONDS, whatever its amount: the distance of a server, not the width of the line.
"""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from tests.processes import free_port


@contextmanager
def delayed(port: int, *, round_trip_seconds: float) -> Iterator[int]:
    """Run a relay to `port` in a process of its own; yield its port."""
    own = free_port()
    command = [sys.executable, "-m", "bench.calendar_sync.delay", str(own), str(port), str(round_trip_seconds / 2)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603
    try:
        assert process.stdout is not None
        process.stdout.readline()
        yield own
    finally:
        process.kill()
        process.communicate()


async def _relay(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, server_port: int, seconds: float
) -> None:
    there_reader, there_writer = await asyncio.open_connection("127.0.0.1", server_port)
    await asyncio.gather(_pass(reader, there_writer, seconds), _pass(there_reader, writer, seconds))


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float) -> None:
    waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def receive() -> None:
        while True:
            try:
                part = await reader.read(65536)
            except ConnectionError:
                part = b""
            waiting.put_nowait((time.monotonic() + seconds, part))
            if not part:
                return

    receiving = asyncio.create_task(receive())
    while True:
        at, part = await waiting.get()
        await asyncio.sleep(max(0.0, at - time.monotonic()))
        if not part:
            break
        writer.write(part)
    await receiving
    writer.close()


async def _main(port: int, server_port: int, seconds: float) -> None:
    serve = partial(_relay, server_port=server_port, seconds=seconds)
    listener = await asyncio.start_server(serve, "127.0.0.1", port)
    sys.stdout.write("listening\n")
    sys.stdout.flush()
    await listener.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
