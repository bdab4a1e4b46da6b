"""gunicorn's threaded worker, except that it stops listening as soon as it is told to stop."""

from gunicorn.workers.gthread import ThreadWorker


class DrainingWorker(ThreadWorker):
    """Ends what is in flight, and refuses what is new instead of letting it wait for nothing.

    gunicorn's own keeps its copy of the listening socket until the last request has ended: the
    system goes on accepting connections meanwhile, and resets them all at the end.
    """

    def set_accept_enabled(self, enabled: bool | None) -> None:
        """Start or stop taking connections; a worker that is ending closes its sockets."""
        super().set_accept_enabled(enabled)
        if not self.alive:
            # Only this worker's copy: the master has closed its own if it is ending too, and
            # needs it if it only replaces this worker.
            for listener in self.sockets:
                listener.close()
