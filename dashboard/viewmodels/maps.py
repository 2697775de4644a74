"""账号 · 地图: a map file in one line."""

from __future__ import annotations

from trackers.model.region import RegionTree
from trackers.model.wording import moment_text
from trackers.queries.maps import MapFile


def told(file: MapFile, tree: RegionTree) -> str:
    """阜新市　审图号 辽S（2023）12号　fuxin.json（12 KB）　2024-05-20 16:05 由 admin 装入."""
    name = tree.path_name(file.region)
    size = f"{max(1, round(file.size / 1024))} KB"
    return f"{name}　审图号 {file.number}　{file.name}（{size}）　{moment_text(file.at)} 由 {file.by} 装入"
