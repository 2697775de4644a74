from functools import partial

import streamlit as st

from dashboard import components, loaders, session
from dashboard.viewmodels import choices, indicator, words
from dashboard.views import _indicator_about, _indicator_regions

chosen = session.choice()
plan = chosen.plan
components.heading("指标")
placed = components.judged_places()
id = components.picker("指标（可输入名称查找）", choices.indicator_labels(plan), key="indicator")
one = plan.indicator(id)
about = plan.id, chosen.day, id, chosen.home
rows, home, below, levels = loaders.made("indicator", about, partial(indicator.parted, placed, id, chosen.home))
for record in home:
    components.sentence(record)

parts = {"series": "走势"} if home else {}
parts |= {"order": "排名", "spread": "分布", "facts": "明细"} if levels else {}
part = components.parts(parts | {"about": "目标与来源"}, key="part")

if part == "about":
    _indicator_about.draw(one, rows)
elif part == "series":
    for record in home:
        st.subheader(f"{words.escaped(record['region_name'])}的走势", anchor=False)
        components.series(record, key="series")
else:
    level = components.level_choice(levels)
    shown = below[level]
    if part == "order":
        _indicator_regions.order(one, shown, placed)
    elif part == "spread":
        _indicator_regions.spread(one, shown)
    else:
        _indicator_regions.facts(one, shown)
