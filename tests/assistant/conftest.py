from collections.abc import Iterator

import pytest

from assistant import Assistant, Provider
from tests.assistant.paper_desk import PaperDesk
from tests.assistant.stand_in import StandIn, serve

LONG = 280.0
"""Seconds after which a thread counts as hanging, however busy the machine is."""


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MEKIKI_MODEL", "MEKIKI_MODEL_URL", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("STAND_IN_KEY", "not-a-key")


@pytest.fixture
def desk() -> PaperDesk:
    return PaperDesk()


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    with serve() as server:
        yield server


@pytest.fixture
def provider(stand_in: StandIn) -> Provider:
    return Provider(name="openai:stand-in", url=stand_in.url, key_env="STAND_IN_KEY", timeout=LONG)


@pytest.fixture(params=["offline", "openai:stand-in"])
def assistant(request: pytest.FixtureRequest, desk: PaperDesk) -> Assistant:
    """The same conversation, offline and through a provider."""
    chosen = None if request.param == "offline" else request.getfixturevalue("provider")
    return Assistant(desk, provider=chosen)
