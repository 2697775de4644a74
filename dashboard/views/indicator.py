import streamlit as st

from dashboard import components, session
from dashboard.viewmodels import choices, words
from dashboard.views import _indicator_about, _indicator_regions

chosen = session.choice()
plan = chosen.plan
components.heading("指标")
placed = components.judged_places()
id = components.picker("指标（可输入名称查找）", choices.indicator_labels(plan), key="indicator")
one = plan.indicator(id)
rows = placed.indicator_rows(id)
home, below = rows.query("region == @chosen.home"), rows.query("region != @chosen.home")
for record in home.to_dict("records"):
    components.sentence(record)

levels = choices.level_words(below["region_level"])
parts = {"series": "走势"} if len(home) else {}
parts |= {"order": "排名", "spread": "分布", "facts": "明细"} if levels else {}
part = components.parts(parts | {"about": "目标与来源"}, key="part")

if part == "about":
    _indicator_about.draw(one, rows)
elif part == "series":
    for record in home.to_dict("records"):
        st.subheader(f"{words.escaped(record['region_name'])}的走势", anchor=False)
        components.series(record, key="series")
else:
    level = components.level_choice(levels)
    shown = below.query("region_level == @level").reset_index(drop=True)
    if part == "order":
        _indicator_regions.order(one, shown, placed)
    elif part == "spread":
        _indicator_regions.spread(one, shown)
    else:
        _indicator_regions.facts(one, shown)
