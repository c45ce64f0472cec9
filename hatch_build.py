"""Compile pubkit's own messages when it is built or installed."""

from pathlib import Path
from typing import Any

import polib
from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileMessages(BuildHookInterface[BuilderConfig]):
    """Write the ``.mo`` file that gettext reads beside each ``pubkit.po``."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the files of the wheel are gathered, or an editable install is made."""
        for catalog in sorted(Path(self.root).glob("src/pubkit/locales/*/LC_MESSAGES/pubkit.po")):
            polib.pofile(str(catalog), check_for_duplicates=True).save_as_mofile(
                str(catalog.with_suffix(".mo"))
            )
