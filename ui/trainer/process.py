"""A worker as the server sees it: a thread that waits for jobs, and a process that does them."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Protocol

from ui.trainer.messages import Failed, Job, Message, Stopped, receive, send

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "ui.trainer.worker")
# The arrays are too small to be shared between cores.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class Jobs(Protocol):
    """Where a worker has its jobs from: see ui.trainer.pool."""

    def take(self, wait: float) -> Job | None:
        """The next one, or None."""

    def hear(self, line: str, message: Message) -> None:
        """What comes of it."""

    def ends(self, line: str, died: bool = False) -> None:
        """It ends, or the worker does."""

    def goes(self, worker: Worker) -> None:
        """The worker takes no more."""


class Worker:
    """Does jobs until there was none for `idle` seconds."""

    def __init__(self, jobs: Jobs, idle: float) -> None:
        self._jobs, self._idle = jobs, idle
        self._process: subprocess.Popen[bytes] | None = None
        Thread(target=self._work, name="trainer", daemon=True).start()

    def kill(self) -> None:
        """End the process at once: nothing of it has to be saved."""
        if self._process is not None:
            self._process.kill()

    def _work(self) -> None:
        with suppress(OSError):  # then the first job is told so
            self._started()
        while job := self._jobs.take(self._idle):
            try:
                self._do(job)
            except (OSError, EOFError, pickle.UnpicklingError):
                self._end()
                self._jobs.ends(job.line, died=True)
            else:
                self._jobs.ends(job.line)
        self._end()
        self._jobs.goes(self)

    def _do(self, job: Job) -> None:
        process = self._started()
        assert process.stdin and process.stdout
        send(process.stdin, job)
        while True:
            message = receive(process.stdout)
            self._jobs.hear(job.line, message)
            if isinstance(message, Stopped | Failed):
                return

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603  # this very program
                COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=ROOT,
                env=os.environ | ONE_THREAD,
            )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()  # closes the pipes, and leaves no zombie
