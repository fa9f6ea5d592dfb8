"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import uuid


def write_whole(path: str, content: str | bytes) -> None:
    """Writes a file, text as UTF-8, and the folders above it; a reader finds the old file or the new one.

    Raises:
      OSError: that is not possible; the old file, if any, is as it was.
    """
    temporary = os.path.join(os.path.dirname(path), f'.{os.path.basename(path)}.{uuid.uuid4().hex}')
    os.makedirs(os.path.dirname(path) or '.', exist_ok=True)
    try:
        with open(temporary, 'wb') as file:
            file.write(content.encode('utf-8') if isinstance(content, str) else content)
        os.replace(temporary, path)
    finally:
        if os.path.exists(temporary):
            os.remove(temporary)
