from dashboard import components

components.heading("区域")
