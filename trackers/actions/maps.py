"""Taking map files in, with the number of their review, and putting them away again."""

from __future__ import annotations

from datetime import datetime

from trackers.actions.audit import recorded, refusals, utc_text
from trackers.errors import FileError
from trackers.model.account import Actor
from trackers.model.outlines import MAX_BYTES, read_outlines, review_number
from trackers.model.rights import Permission
from trackers.model.signs import file_name
from trackers.queries.maps import MapFile, kept_maps, map_of
from trackers.queries.plans import region_tree
from trackers.queries.rights import require, rights_of
from trackers.store import Store
from trackers.store.files import content_digest, keep_file

LONGEST_NAME = 120


def add_map(store: Store, content: bytes, name: str, number: str, *, by: Actor, at: datetime) -> MapFile:
    """Keep a map file for the region that its outlines lie in, in the place of the one it had.

    Raises FileError for a file that is not taken or without the number of its review, ForbiddenError for anybody but an
    administrator of that region, StoreError where it cannot be written.
    """
    digest, tree = content_digest(content), region_tree(store)
    if len(content) > MAX_BYTES:
        raise FileError(f"地图文件有 {len(content) / 1024 / 1024:.1f} MB，超过 8 MB，没有收下。请用简化过的地图。")
    reviewed, found = review_number(number), read_outlines(content, tree)
    told = {
        "region": found.region, "digest": digest, "number": reviewed, "name": file_name(name)[:LONGEST_NAME] or "地图",
        "size": len(content), "at": utc_text(at), "by": by.login,
    }  # fmt: skip
    with refusals(store, "add_map", found.region, by=by, at=at):
        require(rights_of(store, by), Permission.MAPS, found.region)
    keep_file(store.path, content)  # on the disk before the row says so
    with recorded(store, "add_map", found.region, by=by, at=at) as detail:
        require(rights_of(store, by), Permission.MAPS, found.region)
        before = next((each for each in kept_maps(store) if each.region == found.region), None)
        detail["nothing"] = before is not None and (before.digest, before.number) == (digest, reviewed)
        detail.update(region=found.region, review_number=reviewed, name=told["name"], size=len(content), digest=digest)
        detail.update(outlines=len(found.codes), before=f"{before.number} {before.digest}" if before else None)
        if not detail["nothing"]:
            store.run("keep_map_file", [told])
    return map_of(store, found.region)


def remove_map(store: Store, region: str, *, by: Actor, at: datetime) -> MapFile:
    """Put the map file of a region away: it is drawn no longer. What it was stays on the record.

    Raises UnknownNameError where there is none, ForbiddenError for anybody but an administrator of the region.
    """
    with recorded(store, "remove_map", region, by=by, at=at) as detail:
        require(rights_of(store, by), Permission.MAPS, region)
        gone = map_of(store, region)
        detail.update(region=region, review_number=gone.number, name=gone.name, digest=gone.digest)
        store.run("drop_map_file", [{"region": region}])
    return gone
