"""Commands over map files: map add, list, remove."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trackers.actions.maps import add_map, remove_map
from trackers.cli.app import AsJson, Db, app, cli_actor, now, opened, print_json, print_table
from trackers.errors import FileError
from trackers.model.wording import moment_text
from trackers.queries.maps import map_files
from trackers.queries.plans import region_tree

maps = typer.Typer(help="地图：装入经审核的地区轮廓、列出、移除。", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(maps, name="map")


@maps.command()
def add(
    file: Annotated[Path, typer.Argument(help="GeoJSON 文件，经纬度坐标，属性 adcode、code 或 name 写明地区。")],
    number: Annotated[str, typer.Option("--number", help="审图号，如 GS（2022）1873号。")] = "",
    db: Db = None,
) -> None:
    """装入一份经审核的地图；同一地区原来的地图由它代替。没有审图号、对不上地区的不收。

    例：python -m trackers map add liaoning.json --number 辽S（2023）12号
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise FileError(f"不能读 {file}：{error.strerror}。") from error
    with opened(db) as store:
        kept = add_map(store, content, file.name, number, by=cli_actor(), at=now())
        name = region_tree(store)[kept.region].name
    typer.echo(f"已装入{name}的地图，审图号 {kept.number}。")


@maps.command("list")
def listed(as_json: AsJson = False, db: Db = None) -> None:
    """列出地图：地区、审图号、文件、何时由谁装入。

    例：python -m trackers map list
    """
    with opened(db) as store:
        tree, kept = region_tree(store), map_files(store, by=cli_actor())
    if as_json:
        print_json([each.model_dump() for each in kept])
        return
    rows = [[tree[m.region].name, m.number, m.name, f"{m.size / 1024:.0f} KB", moment_text(m.at), m.by] for m in kept]
    print_table(["地区", "审图号", "文件", "大小", "装入时间", "装入人"], rows)


@maps.command()
def remove(region: Annotated[str, typer.Argument(help="地图的地区：代码或名称。")], db: Db = None) -> None:
    """移除一个地区的地图，不再按轮廓显示；操作记录里留有它的审图号。

    例：python -m trackers map remove 辽宁省
    """
    with opened(db) as store:
        gone = remove_map(store, region_tree(store).resolve(region).code, by=cli_actor(), at=now())
    typer.echo(f"已移除地图 {gone.name}，审图号 {gone.number}。")
