from io import StringIO

from django.core.management.base import OutputWrapper

from demo.progress import Progress


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def tell(stream: StringIO) -> str:
    """Report two stages and an end."""
    progress = Progress(OutputWrapper(stream), "Salon")
    progress.report("schema", 0, 0)
    progress.report("customers", 0, 4000)
    progress.report("customers", 2000, 4000)
    progress.finish("done")
    return stream.getvalue()


def test_plain_lines_where_nobody_watches() -> None:
    assert tell(StringIO()) == "Salon: creating its schema\nSalon: storing 4,000 customers\nSalon: done\n"


def test_one_line_that_rewrites_itself_on_a_terminal() -> None:
    assert tell(Terminal()) == (
        "\r\x1b[2KSalon: creating its schema …"
        "\r\x1b[2KSalon: storing 4,000 customers …"
        "\r\x1b[2KSalon: storing 4,000 customers · 50% …"
        "\r\x1b[2KSalon: done\n"
    )
