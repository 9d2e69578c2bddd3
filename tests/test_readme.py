"""What the README and the lock files say is true."""

import re
import tomllib
from pathlib import Path

import pytest

from forum.__main__ import cli
from forum.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
CI = (ROOT / ".ci/run").read_text()
MAKEFILE = (ROOT / "Makefile").read_text()


def documented_settings() -> dict[str, str]:
    rows = re.findall(r"^\| `([A-Z_]+)` \| (?:`([^`]*)`)? ?\| .+ \|$", README, re.MULTILINE)
    return dict(rows)


def test_every_setting_is_documented_with_its_default() -> None:
    real = {
        str(field.validation_alias): "" if field.default in (None, "") else str(field.default)
        for field in Settings.model_fields.values()
    }

    assert documented_settings() == real


def test_every_command_is_documented() -> None:
    known = {
        (command.name or command.callback.__name__) for command in cli.registered_commands if command.callback
    }

    groups = {group.name for group in cli.registered_groups}
    assert set(re.findall(r"^\| `waypost ([\w-]+)", README, re.MULTILINE)) == known | groups


def test_every_command_for_models_is_named() -> None:
    [group] = [group for group in cli.registered_groups if group.name == "model"]
    assert group.typer_instance is not None
    known = {
        command.callback.__name__ for command in group.typer_instance.registered_commands if command.callback
    }

    assert set(re.findall(r"`waypost model ([a-z]+)[ `]", README)) == known - {"fetch"}
    assert "fetch" in README


def test_the_procfile_starts_what_the_readme_says() -> None:
    lines = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())

    assert lines == {"release": "waypost migrate", "web": "waypost web", "worker": "waypost work"}


def test_the_samples_for_several_processes_name_the_same_ports() -> None:
    deploy = ROOT / "docs/deploy"
    started = set(
        re.findall(r"WAYPOST_PORT=(\d+) waypost web$", (deploy / "Procfile").read_text(), re.MULTILINE)
    )

    assert len(started) > 1
    for sample in ("nginx.conf", "Caddyfile"):
        assert set(re.findall(r"127\.0\.0\.1:(\d+)", (deploy / sample).read_text())) == started, sample
    assert set(re.findall(r"waypost-web@(\d+)", (deploy / "waypost-web@.service").read_text())) == started


def test_the_sample_for_nginx_passes_websockets_and_addresses_on_and_logs_nobody() -> None:
    sample = (ROOT / "docs/deploy/nginx.conf").read_text()

    passing = sample.count("proxy_pass http://waypost;")
    assert passing == sample.count("location ") > 1
    for header in (
        "Host $host",
        "Upgrade $http_upgrade",
        "X-Forwarded-For $remote_addr",
        "X-Forwarded-Proto $scheme",
    ):
        assert sample.count(f"proxy_set_header {header};") == passing
    assert sample.count("access_log off;") == len(re.findall(r"^server \{", sample, re.MULTILINE))


def test_ci_runs_what_the_readme_says() -> None:
    for command in ("make check", "make test", "make test-detoxify"):
        assert f"`{command}`" in README or f"\n{command}\n" in README
        assert re.search(rf"^{command}$", CI, re.MULTILINE)


def test_every_link_of_the_documents_leads_somewhere() -> None:
    for page in [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt", "requirements-detoxify.txt"])
def test_lock_files_carry_hashes_and_no_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text()
    pins = re.findall(r"^[A-Za-z0-9_.-]+(?:\[[a-z,]+\])?==", text, re.MULTILINE)

    assert "http" not in text.replace("httptools", "").replace("httpcore", "").replace("httpx", "")
    assert len(re.findall(r"^\S.*\\\n    --hash=sha256:", text, re.MULTILINE)) == len(pins) > 20


def test_every_direct_dependency_is_explained() -> None:
    explained = (ROOT / "ARCHITECTURE.md").read_text()
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = [told["project"]["dependencies"], *told["project"]["optional-dependencies"].values()]
    declared = {
        re.split(r"[^A-Za-z0-9_-]", one)[0]
        for group in [*groups, *told["dependency-groups"].values()]
        for one in group
        if isinstance(one, str)
    }
    tools = {"mypy", "ruff", "setuptools", "types-bleach", "types-python-dateutil"}

    assert len(declared) > 40
    assert {name for name in declared if name not in explained} <= tools
