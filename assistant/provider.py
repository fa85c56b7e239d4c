"""The model an administrator may configure. Nothing leaves the machine without one.

Environment: `MEKIKI_MODEL` ("openai:gpt-5", any provider of LangChain's `init_chat_model`),
`MEKIKI_MODEL_URL` (another address), `MEKIKI_MODEL_KEY_ENV` (the name of the variable that
holds the key), `MEKIKI_MODEL_TIMEOUT` (seconds without a sign of life, 20).
"""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from core import UsageError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


class Provider(BaseModel):
    """A configured model."""

    model_config = ConfigDict(frozen=True)

    name: str
    url: str | None = None
    key_env: str | None = None
    timeout: float = 20.0

    @classmethod
    def configured(cls, environ: Mapping[str, str] | None = None) -> "Provider | None":
        """What the environment asks for, if anything.

        >>> Provider.configured({"MEKIKI_MODEL": "openai:gpt-5"}).name
        'openai:gpt-5'
        """
        said = os.environ if environ is None else environ
        if not said.get("MEKIKI_MODEL"):
            return None
        try:
            timeout = float(said.get("MEKIKI_MODEL_TIMEOUT") or 20)
        except ValueError:
            raise UsageError.of("assistant.provider.bad-model-timeout") from None
        return cls(
            name=said["MEKIKI_MODEL"],
            url=said.get("MEKIKI_MODEL_URL") or None,
            key_env=said.get("MEKIKI_MODEL_KEY_ENV") or None,
            timeout=timeout,
        )

    def open(self) -> "BaseChatModel":
        """The chat model itself; the key is read here and kept nowhere of ours.

        Raises:
            UsageError: the provider's own package, an extra of this program, is not installed.
        """
        from langchain.chat_models import init_chat_model

        options: dict[str, Any] = {"timeout": self.timeout, "max_retries": 0}
        if self.url:
            options["base_url"] = self.url
        if self.key_env:
            options["api_key"] = os.environ.get(self.key_env, "")
        try:
            model: BaseChatModel = init_chat_model(self.name, **options)
        except ImportError:
            raise UsageError.of("assistant.provider.extra_missing", model=self.name) from None
        return model
