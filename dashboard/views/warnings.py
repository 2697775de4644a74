from dashboard import components

components.heading("滞后预警")
