"""The job that carries an import out."""

from shuniu.foundation.clock import now
from shuniu.foundation.imports.carrying import run_import
from shuniu.foundation.jobs.declaring import task


@task("imports.carry_out", attempts=3)
def carry_out(*, run_id: int) -> None:
    """Write every row, or none. Run again after a dead worker, it starts from the beginning."""
    run_import(run_id=run_id, now=now())
