"""A thread that writes into one end, and the bytes that come out at the other, with little in between."""

import io
from collections.abc import Callable, Iterator
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import IO, Any, cast

CHUNK_BYTES = 64 * 1024
CHUNKS_BETWEEN = 16
PATIENCE_SECONDS = 0.5


class _Inlet(io.RawIOBase):
    """The raw file behind the writer's buffer: takes a chunk at a time."""

    def __init__(self, put: Callable[[bytes], None]) -> None:
        super().__init__()
        self._put = put

    def writable(self) -> bool:
        """Tell that this can be written to."""
        return True

    def write(self, data: Any, /) -> int:
        """Take as much as makes a chunk and say how much that was."""
        chunk = bytes(memoryview(data)[:CHUNK_BYTES])
        self._put(chunk)
        return len(chunk)


class Pipe:
    """Runs `produce(file)` in a thread as soon as somebody reads, and hands out what it writes to `file`.

    `interrupt` makes `produce` fail soon; it is called, again and again, when the reader leaves before the end.
    `while_waiting` is called twice a second while there is nothing to read; what it raises ends the reading.
    """

    def __init__(
        self,
        produce: Callable[[IO[bytes]], None],
        *,
        interrupt: Callable[[], None],
        while_waiting: Callable[[], None] = lambda: None,
    ) -> None:
        self._produce = produce
        self._interrupt = interrupt
        self._while_waiting = while_waiting
        self._queue: Queue[bytes | BaseException | None] = Queue(CHUNKS_BETWEEN)
        self._closed = Event()
        self._thread = Thread(target=self._run, name="export", daemon=True)

    def __iter__(self) -> Iterator[bytes]:
        """Yield the chunks. Raises what `produce` raised."""
        self._thread.start()
        while True:
            item = self._next()
            if item is None:
                self._thread.join()
                return
            if isinstance(item, BaseException):
                raise item
            yield item

    def close(self) -> None:
        """End the thread, wherever it is, and wait until it has ended."""
        self._closed.set()
        while self._thread.is_alive():
            self._interrupt()
            self._thread.join(timeout=PATIENCE_SECONDS / 5)

    def _next(self) -> bytes | BaseException | None:
        while True:
            try:
                return self._queue.get(timeout=PATIENCE_SECONDS)
            except Empty:
                self._while_waiting()

    def _put(self, item: bytes | BaseException | None) -> None:
        """Wait for room; once nobody reads, forget the item. Raising instead would leave COPY half-way."""
        while not self._closed.is_set():
            try:
                self._queue.put(item, timeout=PATIENCE_SECONDS)
            except Full:
                continue
            return

    def _run(self) -> None:
        file = io.BufferedWriter(_Inlet(self._put), buffer_size=CHUNK_BYTES)
        try:
            self._produce(cast("IO[bytes]", file))
            file.flush()
        except BaseException as error:  # noqa: BLE001  # carried over to the reader's thread
            self._put(error)
        else:
            self._put(None)
