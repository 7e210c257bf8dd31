"""Settings for all tests: deterministic Hypothesis, and no skipped test where everything must run.

`pytest` draws the same examples every time. `pytest --hypothesis-seed=N` explores from the seed N instead,
and the header names it; `--hypothesis-profile=exploring` alone picks a new seed and prints that.

A test that needs a tool which is not installed calls `pytest.skip` with its name. With PROOFCHECK_CI=1 in the
environment every skip, whatever its form, is a failure.
"""

import os
import secrets
from collections.abc import Generator

import pytest
from hypothesis import settings

settings.register_profile("deterministic", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("exploring", derandomize=False, deadline=None, print_blob=True)
settings.load_profile("deterministic")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    # Hypothesis's own plugin reads both options after this; alone, it would ignore a seed under derandomize.
    if config.option.hypothesis_seed is not None and config.option.hypothesis_profile is None:
        config.option.hypothesis_profile = "exploring"
    if config.option.hypothesis_profile == "exploring" and config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = str(secrets.randbits(32))
    if os.environ.get("PROOFCHECK_CI") == "1":
        config.pluginmanager.register(NothingIsSkipped())


def pytest_report_header(config: pytest.Config) -> str:
    if config.option.hypothesis_seed is None:
        return "examples: the same every time (explore with --hypothesis-seed=N)"
    return f"examples: explored from --hypothesis-seed={config.option.hypothesis_seed}"


class NothingIsSkipped:
    """A plugin of its own, since the hooks of this file see only what lies beside it, not the doctests."""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        fail_if_skipped(report)
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        report = yield
        fail_if_skipped(report)
        return report


def fail_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid}: nothing may be skipped with PROOFCHECK_CI=1, but: {reason}"
