"""Map files that were supplied: which there are, what they hold, whether they are what was kept."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from trackers.errors import ForbiddenError, StoreError, UnknownNameError
from trackers.model.account import Actor
from trackers.model.outlines import Outlines, read_outlines
from trackers.model.rights import Permission
from trackers.queries.plans import region_tree
from trackers.queries.rights import rights_of
from trackers.store import Store
from trackers.store.files import is_sound, read_file


class MapFile(BaseModel):
    """One map file: the region that it shows, its content's digest, the number of its review."""

    model_config = ConfigDict(frozen=True)

    region: str
    digest: str
    number: str
    name: str
    size: int
    at: str
    by: str


def map_files(store: Store, *, by: Actor) -> list[MapFile]:
    """Every map file, by the code of its region; for whoever may see any figure. Raises ForbiddenError for others."""
    rights = rights_of(store, by)
    if not (rights.may(Permission.SEE) or rights.may(Permission.MAPS)):
        raise ForbiddenError("查看地图", reading=True)
    return kept_maps(store)


def kept_maps(store: Store) -> list[MapFile]:
    """Every map file, for an action that asks for the rights itself."""
    return [MapFile.model_validate(row) for row in store.rows("map_files")]


def map_of(store: Store, region: str) -> MapFile:
    """The map file of a region; raises UnknownNameError where it has none."""
    found = next((each for each in kept_maps(store) if each.region == region), None)
    if found is None:
        held = [region_tree(store)[each.region].name for each in kept_maps(store)]
        raise UnknownNameError("地图", region_tree(store)[region].name if region in region_tree(store) else region, held)
    return found


def outlines(store: Store, file: MapFile, *, by: Actor) -> Outlines:
    """What a map file holds; raises StoreError where it is missing or no longer what was kept."""
    map_files(store, by=by)  # asks for the rights
    if not is_sound(store.path, file.digest):
        raise StoreError(f"地图文件 {file.name}（{file.number}）不在数据库旁的文件夹里，或内容已改变。请管理员重新上传。")
    return read_outlines(read_file(store.path, file.digest), region_tree(store))


def map_faults(store: Store) -> list[str]:
    """A sentence for every map file that is missing or is no longer what was kept."""
    return [
        f"地图文件 {each.name}（{each.number}，{each.digest}）不在文件夹里，或内容已改变"
        for each in kept_maps(store)
        if not is_sound(store.path, each.digest)
    ]
