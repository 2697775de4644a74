from dashboard import components

components.heading("指标")
