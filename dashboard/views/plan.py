from dashboard import components

components.heading("规划")
