"""Processes of their own that need not import anything first: forked from one that has."""

import multiprocessing
from collections.abc import Callable

FROM = multiprocessing.get_context("forkserver")
FROM.set_forkserver_preload(["tests.forum.mailing.worker", "tests.forum.moving.killed"])


def forked(work: Callable[..., None], *told: object) -> int:
    """Do this, a function of a module, in a process of its own; return how that ended, as subprocess does."""
    process = FROM.Process(target=work, args=told)
    process.start()
    process.join()
    code = process.exitcode
    process.close()
    assert code is not None
    return code
