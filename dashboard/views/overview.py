from dashboard import components

components.heading("总览")
