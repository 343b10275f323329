"""A mail server in a folder: MAIL_FOLDER/hold, while it exists, keeps messages from being accepted."""

import os
import time
from collections.abc import Sequence
from pathlib import Path

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Writes `begun` when a message comes and `accepted-…` when it is taken."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Take the messages once nothing holds them."""
        folder = Path(os.environ["MAIL_FOLDER"])
        for message in email_messages:
            (folder / "begun").touch()
            while (folder / "hold").exists():
                time.sleep(0.02)
            (folder / f"accepted-{time.time_ns()}").write_text(str(message.body))
        return len(email_messages)
