from functools import partial

import streamlit as st

from dashboard import components, loaders, session
from dashboard.views import _region_rows, _region_series

chosen = session.choice()
components.heading("区域")
placed = components.judged_places()
code = components.picker("地区（可输入名称查找）", placed.labels, key="region")
components.breadcrumbs(placed, code)
rows, below = loaders.region_rows(chosen.plan, chosen.day, code), placed.children(code)
loaders.once("region summary", (chosen.plan.id, chosen.day, code), partial(_region_rows.summary, placed, rows, code))

if below:
    st.subheader("下级地区", anchor=False)
    components.tile_grid(placed, code, here=True)

parts = {"rows": "各项指标", "series": "一项指标的走势"} | ({"compare": "下级地区对照"} if below else {})
part = components.parts(parts, key="part", first="series" if "indicator" in st.query_params else None)
if part == "rows":
    _region_rows.draw(rows, code)
elif part == "series":
    _region_series.draw(rows)
else:
    components.heat_table(placed, code)
