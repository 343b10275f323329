"""The account PostgreSQL runs as.

PostgreSQL refuses to run as root. Where this process is root, the programs run as the owner of the data
folder or, for a new one, as "postgres" or "nobody"; no permission above our own folders is ever changed. If
that account cannot reach the programs or DATA_DIR (a checkout below /root, say), `setpriv` gives it the one
capability to pass closed doors, CAP_DAC_OVERRIDE. The cost: such a server may write to any file, as its root
starter may.
"""

import os
import shutil
import sys
from dataclasses import replace

from config.embedded_postgres.cluster import Cluster
from config.embedded_postgres.errors import EmbeddedPostgresError
from config.embedded_postgres.programs import Programs, find_programs

if sys.platform != "win32":
    import pwd

UNPRIVILEGED_ACCOUNTS = ("postgres", "nobody")


def programs_for(cluster: Cluster) -> Programs:
    """Find the wheel's programs and the account they will run as. DATA_DIR must exist.

    Raises EmbeddedPostgresError where the wheel is missing, does not run here, or cannot be reached.
    """
    bin_path = find_programs()
    if os.geteuid() != 0:
        return Programs(bin_path=bin_path, uid=os.geteuid(), gid=os.getegid(), as_root=False)
    uid, gid = _unprivileged_account(cluster)
    programs = Programs(bin_path=bin_path, uid=uid, gid=gid, as_root=True)
    folders = (cluster.home, cluster.socket_path.parent)
    if programs.reach(*folders):
        return programs
    overriding = replace(programs, setpriv=_setpriv(uid, gid))
    if overriding.setpriv and overriding.reach(*folders):
        return overriding
    raise EmbeddedPostgresError(
        f"PostgreSQL refuses to run as root, and the account {account_name(uid)} cannot reach {cluster.home} "
        f"or {bin_path}, not even through setpriv (of util-linux; it needs CAP_DAC_OVERRIDE). Run as a "
        f"normal user, or move the project and DATA_DIR to where any account may enter, or set DATABASE_URL."
    )


def account_name(uid: int) -> str:
    """The name of account `uid`, or its number where it has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _unprivileged_account(cluster: Cluster) -> tuple[int, int]:
    """The data folder's owner, so that what a normal user made stays theirs; else an account of no rights."""
    if cluster.data_path.exists():
        owner = cluster.data_path.stat()
        if owner.st_uid != 0:
            return owner.st_uid, owner.st_gid
    for name in UNPRIVILEGED_ACCOUNTS:
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return account.pw_uid, account.pw_gid
    raise EmbeddedPostgresError(
        "PostgreSQL refuses to run as root, and there is no account named postgres or nobody to run it as. "
        "Run as a normal user, or set DATABASE_URL."
    )


def _setpriv(uid: int, gid: int) -> tuple[str, ...]:
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return ()
    capability = "-all,+dac_override"
    return (
        setpriv,
        f"--reuid={uid}",
        f"--regid={gid}",
        "--clear-groups",
        f"--inh-caps={capability}",
        f"--ambient-caps={capability}",
        "--securebits=+no_setuid_fixup",  # else access(2), which initdb asks first, disregards the capability
        "--",
    )
