"""Renders a project on a Dask cluster of two worker processes that lives as long as this.

``python -m benchmarks.speed.cluster PROJECT``
"""

import subprocess
import sys

from distributed import LocalCluster

from benchmarks.speed.staging import own_command


def main() -> None:
    """Start the cluster, render, and end it."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="") as cluster:  # type: ignore[no-untyped-call]
        command = own_command("render", "--quiet", "--cluster", cluster.scheduler_address)
        subprocess.run(command, cwd=sys.argv[1], check=True)  # noqa: S603


if __name__ == "__main__":
    main()
