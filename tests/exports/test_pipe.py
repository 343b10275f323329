"""The thread between the database and the response."""

from threading import Event, active_count
from typing import IO

import pytest

from exports.pipe import CHUNK_BYTES, Pipe


def test_everything_written_comes_out_in_chunks() -> None:
    def produce(file: IO[bytes]) -> None:
        for number in range(5000):
            file.write(b"%d," % number)
        file.write(b"x" * (3 * CHUNK_BYTES))

    chunks = list(Pipe(produce, interrupt=lambda: None))

    assert b"".join(chunks) == b"".join(b"%d," % number for number in range(5000)) + b"x" * (3 * CHUNK_BYTES)
    assert max(map(len, chunks)) <= CHUNK_BYTES


def test_what_breaks_the_writer_breaks_the_reader() -> None:
    def produce(file: IO[bytes]) -> None:
        file.write(b"x" * CHUNK_BYTES * 2)
        raise OSError("gone")

    seen: list[bytes] = []
    with pytest.raises(OSError, match="gone"):
        seen.extend(Pipe(produce, interrupt=lambda: None))


def test_closing_ends_a_writer_that_nobody_reads() -> None:
    threads = active_count()
    interrupted = Event()

    def produce(file: IO[bytes]) -> None:
        while not interrupted.is_set():
            file.write(b"x" * CHUNK_BYTES)

    pipe = Pipe(produce, interrupt=interrupted.set)
    next(iter(pipe))
    pipe.close()
    pipe.close()

    assert active_count() == threads


def test_a_pipe_never_read_has_no_thread() -> None:
    threads = active_count()
    pipe = Pipe(lambda file: None, interrupt=lambda: None)

    pipe.close()

    assert active_count() == threads


def test_waiting_can_be_given_up() -> None:
    released = Event()

    def leave() -> None:
        raise ConnectionAbortedError

    def produce(_file: IO[bytes]) -> None:
        released.wait(60)

    pipe = Pipe(produce, interrupt=released.set, while_waiting=leave)

    with pytest.raises(ConnectionAbortedError):
        list(pipe)
    pipe.close()
    assert released.is_set()
