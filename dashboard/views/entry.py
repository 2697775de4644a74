from dashboard import components

components.heading("填报")
